package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of an order. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record OrderId(long value) implements Comparable<OrderId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public OrderId {
        Validation.range(value, "orderId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(OrderId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
