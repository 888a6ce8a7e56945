package io.github.embeddedcommerce.product;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of a product. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record ProductId(long value) implements Comparable<ProductId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public ProductId {
        Validation.range(value, "productId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(ProductId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
