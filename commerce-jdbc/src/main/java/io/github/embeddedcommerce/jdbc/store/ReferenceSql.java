package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.reference.Reference;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The host's references on the rows of a table in SQL.
 *
 * @param table products or product_options
 */
record ReferenceSql(SqlSession session, String table) {
    /** A unique reference and what has it. */
    private record Holder<I>(String reference, I id) {}

    <I> Map<String, I> holders(Collection<String> uniqueReferences, LongFunction<I> id) {
        return session
                .query(
                        row -> new Holder<>(row.getString(1), id.apply(row.getLong(2))),
                        "select reference, id from <commerce>" + table
                                + " where reference in (?) and reference_once = 1",
                        uniqueReferences)
                .stream()
                .collect(toMap(Holder::reference, Holder::id));
    }

    /** In the order of the references: two who write the same ones would otherwise wait for each other in a circle. */
    void write(Map<?, Reference> references) {
        List<@Nullable Object[]> inOrder = rows(
                references.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.comparing(Reference::text)))
                        .toList(),
                entry -> columns(entry.getKey(), entry.getValue()));
        session.updateInOrderLater(
                table, "update <commerce>" + table + " set reference = ?, reference_once = ? where id = ?", inOrder);
    }

    private static @Nullable Object[] columns(Object id, Reference reference) {
        return new Object[] {
            reference.isNone() ? null : reference.text(), reference.isUnique() ? Integer.valueOf(1) : null, id
        };
    }
}
