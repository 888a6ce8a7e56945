package io.github.embeddedcommerce.page;

import io.github.embeddedcommerce.error.Validation;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted. Immutable.
 *
 * @param size at most so many entries, 1 to {@value #MAX_SIZE}
 * @param after the place to go on from; null for the first page
 */
public record PageRequest(int size, @Nullable Cursor after) {
    /** The most entries a page can have. */
    public static final int MAX_SIZE = 1_000;

    /** How many entries a page has unless the host says otherwise. */
    public static final int DEFAULT_SIZE = 20;

    /** Refuses a size out of its bounds (VALIDATION_ERROR). */
    public PageRequest {
        Validation.range(size, "size", 1, MAX_SIZE);
    }

    /** The first page, of {@value #DEFAULT_SIZE} entries. */
    public static PageRequest first() {
        return new PageRequest(DEFAULT_SIZE, null);
    }

    /** The first page, of this many entries. */
    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }

    /** The page that goes on from this place; the first one if it is null. */
    public PageRequest after(@Nullable Cursor cursor) {
        return new PageRequest(size, cursor);
    }

    /**
     * Below which number this page begins, of the list of this name that goes from the highest number down. Refuses a
     * cursor of another list (VALIDATION_ERROR).
     */
    public long below(String list) {
        return after == null ? Long.MAX_VALUE : after.keys(list, 1).get(0);
    }
}
