/** Carts: what users intend to order. */
@NullMarked
package io.github.embeddedcommerce.cart;

import org.jspecify.annotations.NullMarked;
