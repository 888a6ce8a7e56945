package io.github.embeddedcommerce.product;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of a product option. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record OptionId(long value) implements Comparable<OptionId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public OptionId {
        Validation.range(value, "optionId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(OptionId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
