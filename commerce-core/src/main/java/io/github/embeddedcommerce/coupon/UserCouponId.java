package io.github.embeddedcommerce.coupon;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of an issued coupon. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record UserCouponId(long value) implements Comparable<UserCouponId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public UserCouponId {
        Validation.range(value, "userCouponId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(UserCouponId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
