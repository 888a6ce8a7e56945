package io.github.embeddedcommerce.bulk;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of each row of a call for many. Immutable.
 *
 * @param rows one for each row of the call, in the same order
 */
public record BulkReport<T>(List<Row<T>> rows) {
    /** The most rows a call can have: {@value}. Of products to be registered, each option counts as one. */
    public static final int MAX_ROWS = 10_000;

    /** Copies the rows. */
    public BulkReport {
        rows = List.copyOf(rows);
    }

    /** What became of one row. */
    public sealed interface Row<T> {
        /** It is written. */
        record Done<T>(T value) implements Row<T> {}

        /** It was refused, and nothing is written of it. Its field is seen from the row, not from the list. */
        record Refused<T>(CommerceException refusal) implements Row<T> {}

        /**
         * The database could not do it, and the call ended with the chunk of this row. The failure says whether the row
         * can be written all the same; of the rows of later chunks, which were not tried, nothing is.
         */
        record Failed<T>(StorageException failure) implements Row<T> {}
    }

    /** Whether every row is written. */
    public boolean isComplete() {
        return rows.stream().allMatch(row -> row instanceof Row.Done<T>);
    }

    /** What was written, in the order of the rows. */
    public List<T> values() {
        return rows.stream()
                .flatMap(row -> row instanceof Row.Done<T> done ? Stream.of(done.value()) : Stream.empty())
                .toList();
    }
}
