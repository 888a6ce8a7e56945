package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of a return. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record ReturnId(long value) implements Comparable<ReturnId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public ReturnId {
        Validation.range(value, "returnId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(ReturnId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
