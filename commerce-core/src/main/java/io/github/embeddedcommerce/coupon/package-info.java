/** Discounts that are issued first come, first served, and used when paying. */
@NullMarked
package io.github.embeddedcommerce.coupon;

import org.jspecify.annotations.NullMarked;
