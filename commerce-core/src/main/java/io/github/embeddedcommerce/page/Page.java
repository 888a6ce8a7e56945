package io.github.embeddedcommerce.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. Immutable.
 *
 * @param items the entries, in the order of the list
 * @param next the cursor of the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {
    /** Copies the entries. */
    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each entry mapped. */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), next);
    }

    /**
     * The page of this size, from a query for one entry more.
     *
     * @param found up to {@code size + 1} entries
     * @param behind the position after an entry
     */
    public static <T> Page<T> of(List<T> found, int size, Function<T, Cursor> behind) {
        if (found.size() <= size) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, size);
        return new Page<>(items, behind.apply(items.get(size - 1)));
    }
}
