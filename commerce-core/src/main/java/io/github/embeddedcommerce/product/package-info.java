/** What is for sale: products and their options. */
@NullMarked
package io.github.embeddedcommerce.product;

import org.jspecify.annotations.NullMarked;
