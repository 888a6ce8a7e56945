/**
 * How use cases get at the data: one {@link Transactions transaction} each, READ COMMITTED, with the
 * {@link io.github.embeddedcommerce.store.Stores} in it, and rows locked in the one order of {@link LockOrder}.
 */
@NullMarked
package io.github.embeddedcommerce.transaction;

import org.jspecify.annotations.NullMarked;
