/**
 * The ports that a storage implementation fills, and the values that pass through them. For storage implementations;
 * applications use {@code JdbcCommerce}.
 */
@NullMarked
package io.github.embeddedcommerce.store;

import org.jspecify.annotations.NullMarked;
