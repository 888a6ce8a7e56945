package io.github.embeddedcommerce.store;

import java.time.Instant;
import java.util.List;

/**
 * Stored result of a call that was made under an idempotency key: the affected id, and values that later updates
 * overwrite. Immutable.
 *
 * @param id the number of the order, balance change, option or cart item that was written
 * @param values at most two numbers, which the use case that stored them can read
 * @param at when the call was performed
 */
public record StoredResult(long id, List<Long> values, Instant at) {
    /** The most values a result can have. */
    public static final int MAX_VALUES = 2;

    /** Copies the values. */
    public StoredResult {
        values = List.copyOf(values);
        if (values.size() > MAX_VALUES) {
            throw new IllegalArgumentException("a stored result has at most " + MAX_VALUES + " values, not " + values);
        }
    }
}
