/** Hosts on every node of a cluster that somebody has: run by {@code -Pcluster}, see docs/clusters.md. */
@NullMarked
package io.github.embeddedcommerce.jdbc.cluster;

import org.jspecify.annotations.NullMarked;
