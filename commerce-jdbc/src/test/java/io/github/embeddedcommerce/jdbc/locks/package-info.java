/** Concurrent calls: locks, deadlocks and storms. */
@NullMarked
package io.github.embeddedcommerce.jdbc.locks;

import org.jspecify.annotations.NullMarked;
