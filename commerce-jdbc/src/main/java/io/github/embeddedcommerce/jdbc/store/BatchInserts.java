package io.github.embeddedcommerce.jdbc.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.BatchResultBearing;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Inserts of many rows in one batch, of which some may find that they have nothing to insert. */
record BatchInserts(Handle handle) {
    /**
     * Executes an insert for each of these values, whose methods are bound.
     *
     * @return the generated id of each, in the same order; empty where nothing was inserted
     */
    <V, I> List<Optional<I>> idsOfEach(String insert, List<V> values, LongFunction<I> id) {
        try (PreparedBatch batch = handle.prepareBatch(insert)) {
            values.forEach(value -> batch.bindMethods(value).add());
            BatchResultBearing result = batch.executePreparedBatch("id");
            Iterator<Long> generated =
                    result.map((row, context) -> row.getLong(1)).list().iterator();
            List<Optional<I>> ids = new ArrayList<>();
            for (int count : result.modifiedRowCounts()) {
                ids.add(count == 0 ? Optional.empty() : Optional.of(id.apply(generated.next())));
            }
            return ids;
        }
    }
}
