/** What users mean to order. */
@NullMarked
package io.github.embeddedcommerce.cart;

import org.jspecify.annotations.NullMarked;
