package io.github.embeddedcommerce.page;

import io.github.embeddedcommerce.error.Validation;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list to return. Immutable.
 *
 * @param size the largest number of entries, 1 to {@value #MAX_SIZE}
 * @param after the cursor to continue from; null for the first page
 */
public record PageRequest(int size, @Nullable Cursor after) {
    /** The largest page. */
    public static final int MAX_SIZE = 1_000;

    /** The default number of entries. */
    public static final int DEFAULT_SIZE = 20;

    /** Refuses a size out of range (VALIDATION_ERROR). */
    public PageRequest {
        Validation.range(size, "size", 1, MAX_SIZE);
    }

    /** The first page, with at most {@value #DEFAULT_SIZE} entries. */
    public static PageRequest first() {
        return new PageRequest(DEFAULT_SIZE, null);
    }

    /** The first page, with at most this many entries. */
    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }

    /** The page after this cursor; the first page if it is null. */
    public PageRequest after(@Nullable Cursor cursor) {
        return new PageRequest(size, cursor);
    }

    /**
     * The number below which this page begins, in the list of this name, which is sorted by number, highest first.
     * Refuses a cursor of another list (VALIDATION_ERROR).
     */
    public long below(String list) {
        return after == null ? Long.MAX_VALUE : after.keys(list, 1).get(0);
    }
}
