package io.github.embeddedcommerce.coupon;

/** Whether an issued coupon is of use to its user. Follows from its use and the time, and is not kept anywhere. */
public enum CouponStatus {
    /** It has not been used and has not expired; its first valid time may still be ahead. */
    AVAILABLE,
    /** An order was paid with it. */
    USED,
    /** It was not used in time. */
    EXPIRED
}
