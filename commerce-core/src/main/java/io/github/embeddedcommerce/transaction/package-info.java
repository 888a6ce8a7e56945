/**
 * How use cases get at the data: one {@link Transactions transaction} each, READ COMMITTED, with the {@link Stores} in
 * it, and rows locked in the one order of {@link Resource}.
 */
@NullMarked
package io.github.embeddedcommerce.transaction;

import org.jspecify.annotations.NullMarked;
