package io.github.embeddedcommerce.coupon;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of a coupon. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record CouponId(long value) implements Comparable<CouponId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public CouponId {
        Validation.range(value, "couponId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(CouponId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
