/** From a request to a paid, cancelled or expired order. */
@NullMarked
package io.github.embeddedcommerce.order;

import org.jspecify.annotations.NullMarked;
