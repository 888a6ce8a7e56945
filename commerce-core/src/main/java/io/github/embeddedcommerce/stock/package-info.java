/** Stock: the units on hand, those reserved by pending orders, and the history of changes. */
@NullMarked
package io.github.embeddedcommerce.stock;

import org.jspecify.annotations.NullMarked;
