/** How many units there are, how many are promised to pending orders, and why the number on hand changed. */
@NullMarked
package io.github.embeddedcommerce.stock;

import org.jspecify.annotations.NullMarked;
