package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.transaction.LockOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the shop's SQL on the connection of one transaction, in as few round trips as the database allows: selects that
 * belong together are sent at once, and writes wait until something is read or the transaction is about to end, and are
 * then sent at once. Not thread-safe.
 */
final class SqlSession {
    /** Beyond this, many statements with the same words are cheaper as a batch than sent at once. */
    static final int MOST_AT_ONCE = 100;

    /** The most rows in a batch, and values in a list, so that neither a driver nor a statement grows without end. */
    private static final int MOST_IN_ONE = 1_000;

    private static final int ALL = 0;

    private final Connection connection;
    private final ShopSql shop;
    private final RowLocks locks;
    private final List<Write> waiting = new ArrayList<>();

    SqlSession(Connection connection, ShopSql shop, RowLocks locks) {
        this.connection = connection;
        this.shop = shop;
        this.locks = locks;
    }

    /** Makes a value of the current row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** A select and its parameters. */
    static final class Query<T> {
        private final RowMapper<T> mapper;
        private final String sql;
        private final @Nullable Object[] parameters;

        Query(RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
            this.mapper = mapper;
            this.sql = sql;
            this.parameters = parameters;
        }
    }

    /** A statement for each of these rows of parameters, and what is to be made sure of when it has been executed. */
    private record Write(
            String sql,
            List<@Nullable Object[]> rows,
            @Nullable String changesOneIn,
            @Nullable Lock lock) {
        /** How many statements it is where several are sent at once. */
        int statements() {
            return ShopSql.takesRows(sql) ? 1 : rows.size();
        }
    }

    /** The rows that a write waits for. */
    private record Lock(LockOrder resource, Collection<?> ids) {}

    RowReader rows() {
        return shop.rows();
    }

    /** Whether {@link #insertReturning} goes here. */
    boolean returnsInserted() {
        return shop.returnsInserted();
    }

    /** Whether the database is in this process, so that statements that are sent at once save nothing. */
    boolean isEmbedded() {
        return shop.isEmbedded();
    }

    @SuppressWarnings("unchecked") // the select has this mapper
    <T> List<T> query(RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
        Query<T> query = new Query<>(mapper, sql, parameters);
        return waiting.isEmpty()
                ? alone(query)
                : (List<T>) queryAll(List.of(query)).get(0);
    }

    /**
     * The same for the first rows. How many is no part of the statement: a limit would have a planner read a whole
     * table in the hope of finding enough at its begin.
     */
    <T> List<T> queryFirst(int most, RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
        flush();
        return alone(new Query<>(mapper, sql, parameters), most);
    }

    /** The same for a list of any length, in its order: read a part at a time if it is long. */
    <T> List<T> queryInParts(RowMapper<T> mapper, String sql, Collection<?> values) {
        if (values.size() <= MOST_IN_ONE) {
            return query(mapper, sql, values);
        }
        List<T> all = new ArrayList<>(values.size());
        parts(List.copyOf(values)).forEach(part -> all.addAll(query(mapper, sql, part)));
        return all;
    }

    private static <V> List<List<V>> parts(List<V> values) {
        List<List<V>> parts = new ArrayList<>();
        for (int from = 0; from < values.size(); from += MOST_IN_ONE) {
            parts.add(values.subList(from, Math.min(values.size(), from + MOST_IN_ONE)));
        }
        return parts;
    }

    private <T> List<T> alone(Query<T> query) {
        return alone(query, ALL);
    }

    private <T> List<T> alone(Query<T> query, int most) {
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

    /** Executes the writes that wait and these selects, in this order, in one round trip where the database allows. */
    List<List<?>> queryAll(List<Query<?>> queries) {
        if (canSendTogether()) {
            List<Write> writes = taken();
            return holding(locksOf(writes), () -> together(writes, queries));
        }
        flush();
        List<List<?>> results = new ArrayList<>();
        queries.forEach(query -> results.add(alone(query)));
        return results;
    }

    private static <T> List<T> read(ResultSet rows, RowMapper<T> mapper) throws SQLException {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
            values.add(mapper.map(rows));
        }
        return values;
    }

    /** Executes a statement now, and says how many rows it changed. */
    int update(String sql, @Nullable Object... parameters) {
        return updateEach(sql, Collections.singletonList(parameters))[0];
    }

    /** Executes a statement for each of these rows of parameters now, and says how many rows each changed. */
    int[] updateEach(String sql, List<@Nullable Object[]> rows) {
        flush();
        return batch(new Write(sql, rows, null, null));
    }

    /**
     * Executes an insert for each of these rows of parameters, sometime before the transaction ends; one insert for all
     * of them where statements are sent at once and the rows are values.
     */
    void insertLater(String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            waiting.add(new Write(sql, rows, null, null));
        }
    }

    /** Executes an update for each of these rows of parameters sometime; each must change exactly one row. */
    void updateLater(String table, String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            waiting.add(new Write(sql, rows, table, null));
        }
    }

    /** The same for an update that waits for rows that somebody else may have locked. */
    void lockLater(LockOrder resource, Collection<?> ids, String table, String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            waiting.add(new Write(sql, rows, table, new Lock(resource, ids)));
        }
    }

    /**
     * Executes an insert for each of these rows of parameters now.
     *
     * @return the generated id of each, in the same order; empty where nothing was inserted
     */
    List<Optional<Long>> insert(String sql, List<@Nullable Object[]> rows) {
        flush();
        String text = shop.text(sql);
        if (rows.size() > 1 && !shop.takesBatch(text) && shop.sendsTogether(connection)) {
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

    /** Executes an insert of rows that are selected now, and reads what it has to return of them, in any order. */
    @SuppressWarnings("unchecked") // the rows have this mapper
    <T> List<T> insertReturning(RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
        flush();
        return (List<T>) together(List.of(), List.of(new Query<>(mapper, sql, parameters)))
                .get(0);
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

    /** Sends the writes that wait. */
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        boolean isOne = waiting.size() == 1 && waiting.get(0).rows.size() == 1;
        boolean together = !isOne && canSendTogether();
        List<Write> writes = taken();
        if (together) {
            holding(locksOf(writes), () -> together(writes, List.of()));
            return;
        }
        for (Write write : writes) {
            Lock lock = write.lock;
            check(write, lock == null ? batch(write) : locks.take(lock.resource, lock.ids, () -> batch(write)));
        }
    }

    /** Sends the writes that wait, and the last query with them. */
    void end(LastQuery last) {
        String query = last.after(!waiting.isEmpty());
        if (query.isEmpty()) {
            flush();
        } else {
            queryAll(List.of(new Query<>(row -> "", query)));
        }
    }

    private boolean canSendTogether() {
        int rows = 0;
        int statements = 0;
        for (Write write : waiting) {
            rows += write.rows.size();
            statements += write.statements();
        }
        return statements <= MOST_AT_ONCE && rows <= MOST_IN_ONE && shop.sendsTogether(connection);
    }

    private List<Write> taken() {
        List<Write> writes = List.copyOf(waiting);
        waiting.clear();
        return writes;
    }

    private static List<Lock> locksOf(List<Write> writes) {
        return writes.stream().map(Write::lock).filter(Objects::nonNull).toList();
    }

    private <T> T holding(List<Lock> taken, Supplier<T> statement) {
        Supplier<T> watched = statement;
        for (int i = taken.size() - 1; i >= 0; i--) {
            Lock lock = taken.get(i);
            Supplier<T> inner = watched;
            watched = () -> locks.take(lock.resource, lock.ids, inner);
        }
        return watched.get();
    }

    private List<List<?>> together(List<Write> writes, List<Query<?>> queries) {
        List<String> texts = new ArrayList<>();
        writes.forEach(write -> texts.addAll(shop.texts(write.sql, write.rows)));
        queries.forEach(query -> texts.add(shop.text(query.sql, query.parameters)));
        return run(String.join("; ", texts), statement -> {
            int place = 1;
            for (Write write : writes) {
                for (Object[] row : write.rows) {
                    place = shop.bind(statement, place, row);
                }
            }
            for (Query<?> query : queries) {
                place = shop.bind(statement, place, query.parameters);
            }
            statement.execute();
            return results(statement, writes, queries);
        });
    }

    private static List<List<?>> results(PreparedStatement statement, List<Write> writes, List<Query<?>> queries)
            throws SQLException {
        for (Write write : writes) {
            int[] changed = new int[write.statements()];
            for (int i = 0; i < changed.length; i++) {
                changed[i] = statement.getUpdateCount();
                statement.getMoreResults();
            }
            check(write, changed);
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

    private static void check(Write write, int[] changed) {
        if (write.changesOneIn != null) {
            UpdateCounts.each(changed, write.changesOneIn);
        }
    }

    private int[] batch(Write write) {
        String text = shop.text(write.sql, write.rows.get(0));
        return run(text, statement -> executed(statement, text, write.rows));
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
