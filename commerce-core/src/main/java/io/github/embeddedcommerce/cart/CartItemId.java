package io.github.embeddedcommerce.cart;

import io.github.embeddedcommerce.error.Validation;

/**
 * The id of a cart item. Immutable; ordered by value.
 *
 * @param value at least 1, assigned by the shop
 */
public record CartItemId(long value) implements Comparable<CartItemId> {
    /** Refuses a number below 1 (VALIDATION_ERROR). */
    public CartItemId {
        Validation.range(value, "cartItemId", 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(CartItemId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
