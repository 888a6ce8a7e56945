package io.github.embeddedcommerce.coupon;

/** Whether an issued coupon can be used. Derived from its use and the time, and not stored. */
public enum CouponStatus {
    /** Not used and not expired; it may not be valid yet. */
    AVAILABLE,
    /** Used to pay an order. */
    USED,
    /** Expired without having been used. */
    EXPIRED
}
