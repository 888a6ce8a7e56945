package io.github.embeddedcommerce.payment;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of a refund of a payment from outside. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record RefundId(long value) implements Comparable<RefundId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public RefundId {
        Validation.range(value, "refundId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(RefundId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
