/** What the network between clients and servers promises. */
@NullMarked
package io.github.embeddedcommerce.examples.benchmark.database;

import org.jspecify.annotations.NullMarked;
