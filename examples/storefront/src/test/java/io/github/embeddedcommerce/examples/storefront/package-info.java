/** The storefront, called as its customers and its staff call it. */
@NullMarked
package io.github.embeddedcommerce.examples.storefront;

import org.jspecify.annotations.NullMarked;
