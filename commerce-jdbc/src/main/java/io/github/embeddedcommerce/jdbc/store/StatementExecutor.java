package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import io.github.embeddedcommerce.jdbc.store.SqlSession.RowMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Executes statements of the shop on one connection, each when it is told to: one, a batch, or several at once. */
final class StatementExecutor {
    /** The most rows in a batch, and values in a list, so that neither a driver nor a statement grows without end. */
    static final int MOST_IN_ONE = 1_000;

    /** No limit on the rows of a query. */
    static final int ALL = 0;

    private final Connection connection;
    private final ShopSql shop;

    StatementExecutor(Connection connection, ShopSql shop) {
        this.connection = connection;
        this.shop = shop;
    }

    /**
     * A statement for each of these rows of parameters, each of which may have to change some rows of a table.
     *
     * @param table null if any number may be changed
     * @param changes how many rows each row of parameters has to change
     * @param arrays the one statement that does it for all of them; null where there is none
     */
    record Write(
            String sql,
            List<@Nullable Object[]> rows,
            @Nullable String table,
            int changes,
            @Nullable ArrayStatement arrays) {
        /** How many statements it is where several are sent at once. */
        int statements() {
            return arrays != null || ShopSql.takesRows(sql) ? 1 : rows.size();
        }

        /** Makes sure that each row of parameters changed as many rows as it must. */
        void check(int[] changed) {
            if (table != null && arrays != null) {
                UpdateCounts.all(IntStream.of(changed).sum(), rows.size() * changes, table);
            } else if (table != null) {
                for (int count : changed) {
                    UpdateCounts.all(count, changes, table);
                }
            }
        }
    }

    /**
     * A write whose rows may be written in any order, and each have to change one row of this table, if one is named.
     */
    Write inAnyOrder(String sql, List<@Nullable Object[]> rows, @Nullable String table) {
        return new Write(sql, rows, table, 1, rows.size() > MOST_IN_ONE ? null : shop.arrays(sql, rows));
    }

    /** Whether several statements can be sent at once on this connection. */
    boolean sendsTogether() {
        return shop.sendsTogether(connection);
    }

    /** Executes a query, and reads so many rows of it at most. */
    <T> List<T> query(Query<T> query, int most) {
        String text = shop.text(query.sql, query.parameters);
        return run(text, statement -> {
            if (most != ALL) {
                statement.setMaxRows(most);
            }
            shop.bind(statement, 1, query.parameters);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, query.mapper);
            }
        });
    }

    private static <T> List<T> read(ResultSet rows, RowMapper<T> mapper) throws SQLException {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
            values.add(mapper.map(rows));
        }
        return values;
    }

    /** Executes a statement for each of the rows of parameters, and says how many rows each changed. */
    int[] write(Write write) {
        ArrayStatement arrays = write.arrays();
        if (arrays != null) {
            return run(shop.text(write.sql(), arrays), statement -> {
                arrays.bind(statement, connection, 1);
                return new int[] {statement.executeUpdate()};
            });
        }
        String text = shop.text(write.sql(), write.rows().get(0));
        return run(text, statement -> executed(statement, text, write.rows()));
    }

    private int[] executed(PreparedStatement statement, String text, List<@Nullable Object[]> rows)
            throws SQLException {
        if (rows.size() == 1 || !shop.takesBatch(text)) {
            int[] counts = new int[rows.size()];
            for (int i = 0; i < counts.length; i++) {
                shop.bind(statement, 1, rows.get(i));
                counts[i] = statement.executeUpdate();
            }
            return counts;
        }
        IntStream.Builder counts = IntStream.builder();
        for (List<@Nullable Object[]> part : parts(rows)) {
            for (Object[] row : part) {
                shop.bind(statement, 1, row);
                statement.addBatch();
            }
            for (int count : statement.executeBatch()) {
                counts.add(count);
            }
        }
        return counts.build().toArray();
    }

    /**
     * Executes an insert for each of these rows of parameters.
     *
     * @return the generated id of each, in the same order; empty where nothing was inserted
     */
    List<Optional<Long>> insert(String sql, List<@Nullable Object[]> rows) {
        String text = shop.text(sql);
        if (rows.size() > 1 && !shop.takesBatch(text) && sendsTogether()) {
            List<Optional<Long>> ids = new ArrayList<>(rows.size());
            parts(rows).forEach(part -> ids.addAll(insertTogether(text, part)));
            return ids;
        }
        try (PreparedStatement statement = connection.prepareStatement(text, new String[] {"id"})) {
            List<Optional<Long>> ids = new ArrayList<>(rows.size());
            if (shop.takesBatch(text)) {
                for (List<@Nullable Object[]> part : parts(rows)) {
                    ids.addAll(generated(statement, executed(statement, text, part)));
                }
                return ids;
            }
            for (Object[] row : rows) {
                ids.addAll(generated(statement, executed(statement, text, Collections.singletonList(row))));
            }
            return ids;
        } catch (SQLException failure) {
            throw new StatementFailed(text, failure);
        }
    }

    private static List<Optional<Long>> generated(PreparedStatement statement, int[] counts) throws SQLException {
        List<Optional<Long>> ids = new ArrayList<>(counts.length);
        try (ResultSet keys = statement.getGeneratedKeys()) {
            for (int count : counts) {
                ids.add(count != 0 && keys.next() ? Optional.of(keys.getLong(1)) : Optional.empty());
            }
        }
        return ids;
    }

    /** Where the driver takes no batch: after each insert the session is asked for the id that it was given. */
    private List<Optional<Long>> insertTogether(String text, List<@Nullable Object[]> rows) {
        String both = text + "; select last_insert_id()";
        return run(String.join("; ", Collections.nCopies(rows.size(), both)), statement -> {
            int place = 1;
            for (Object[] row : rows) {
                place = shop.bind(statement, place, row);
            }
            statement.execute();
            List<Optional<Long>> ids = new ArrayList<>(rows.size());
            for (int i = 0; i < rows.size(); i++) {
                int inserted = statement.getUpdateCount();
                statement.getMoreResults();
                try (ResultSet last = statement.getResultSet()) {
                    last.next();
                    ids.add(inserted == 0 ? Optional.empty() : Optional.of(last.getLong(1)));
                }
                statement.getMoreResults();
            }
            return ids;
        });
    }

    /** Executes these writes and then these queries in one round trip. */
    List<List<?>> together(List<Write> writes, List<Query<?>> queries) {
        List<String> texts = new ArrayList<>();
        for (Write write : writes) {
            ArrayStatement arrays = write.arrays();
            if (arrays == null) {
                texts.addAll(shop.texts(write.sql(), write.rows()));
            } else {
                texts.add(shop.text(write.sql(), arrays));
            }
        }
        queries.forEach(query -> texts.add(shop.text(query.sql, query.parameters)));
        return run(String.join("; ", texts), statement -> {
            int place = 1;
            for (Write write : writes) {
                place = bind(statement, place, write);
            }
            for (Query<?> query : queries) {
                place = shop.bind(statement, place, query.parameters);
            }
            statement.execute();
            return results(statement, writes, queries);
        });
    }

    private int bind(PreparedStatement statement, int from, Write write) throws SQLException {
        ArrayStatement arrays = write.arrays();
        if (arrays != null) {
            return arrays.bind(statement, connection, from);
        }
        int place = from;
        for (Object[] row : write.rows()) {
            place = shop.bind(statement, place, row);
        }
        return place;
    }

    private static List<List<?>> results(PreparedStatement statement, List<Write> writes, List<Query<?>> queries)
            throws SQLException {
        for (Write write : writes) {
            int[] changed = new int[write.statements()];
            for (int i = 0; i < changed.length; i++) {
                changed[i] = statement.getUpdateCount();
                statement.getMoreResults();
            }
            write.check(changed);
        }
        List<List<?>> results = new ArrayList<>();
        for (Query<?> query : queries) {
            try (ResultSet rows = statement.getResultSet()) {
                results.add(read(rows, query.mapper));
            }
            statement.getMoreResults();
        }
        return results;
    }

    /** Splits a list that is too long for one statement. */
    static <V> List<List<V>> parts(List<V> values) {
        List<List<V>> parts = new ArrayList<>();
        for (int from = 0; from < values.size(); from += MOST_IN_ONE) {
            parts.add(values.subList(from, Math.min(values.size(), from + MOST_IN_ONE)));
        }
        return parts;
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String text, Work<T> work) {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            return work.on(statement);
        } catch (SQLException failure) {
            throw new StatementFailed(text, failure);
        }
    }
}
