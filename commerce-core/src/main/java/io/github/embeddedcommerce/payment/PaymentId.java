package io.github.embeddedcommerce.payment;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of a payment from outside. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record PaymentId(long value) implements Comparable<PaymentId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public PaymentId {
        Validation.range(value, "paymentId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(PaymentId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
