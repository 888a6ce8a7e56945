package io.github.embeddedcommerce.coupon;

import java.util.OptionalLong;

/**
 * A coupon and how many of it were issued and used, as it was when it was read. Immutable.
 *
 * @param coupon the coupon
 * @param issued how many users have it, used or not; counted, also for an unlimited coupon. Unused coupons of removed
 *     users do not count
 * @param used how many of these are spent on an order now; one that was given back does not count
 */
public record CouponCounts(Coupon coupon, long issued, long used) {
    /** How many can still be issued; empty for an unlimited coupon. */
    public OptionalLong left() {
        return coupon.remaining();
    }
}
