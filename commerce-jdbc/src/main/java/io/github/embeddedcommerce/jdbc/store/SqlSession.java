package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.StatementExecutor.ALL;
import static io.github.embeddedcommerce.jdbc.store.StatementExecutor.MOST_IN_ONE;

import io.github.embeddedcommerce.jdbc.store.StatementExecutor.Write;
import io.github.embeddedcommerce.transaction.LockOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the shop's SQL on the connection of one transaction, in as few round trips as the database allows: selects that
 * belong together are sent at once, and writes wait until something is read or the transaction is about to end, and are
 * then sent at once. Not thread-safe.
 */
final class SqlSession {
    /** Beyond this, many statements with the same words are cheaper as a batch than sent at once. */
    static final int MOST_AT_ONCE = 100;

    private final StatementExecutor executor;
    private final ShopSql shop;
    private final RowLocks locks;
    private final List<WaitingWrite> waiting = new ArrayList<>();

    SqlSession(Connection connection, ShopSql shop, RowLocks locks) {
        this.executor = new StatementExecutor(connection, shop);
        this.shop = shop;
        this.locks = locks;
    }

    /** Makes a value of the current row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** A select and its parameters. */
    static final class Query<T> {
        final RowMapper<T> mapper;
        final String sql;
        final @Nullable Object[] parameters;

        Query(RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
            this.mapper = mapper;
            this.sql = sql;
            this.parameters = parameters;
        }
    }

    /** A write that has not been sent, and the rows that it may have to wait for. */
    private record WaitingWrite(Write write, @Nullable Lock lock) {}

    private record Lock(LockOrder resource, Collection<?> ids) {}

    RowReader rows() {
        return shop.rows();
    }

    /** Whether {@link #insertReturning} goes here. */
    boolean returnsInserted() {
        return shop.returnsInserted();
    }

    /** Whether an insert of rows that are selected keeps the next id of their table to itself until it ends. */
    boolean keepsNextId() {
        return shop.keepsNextId();
    }

    /** Whether the database is in this process, so that statements that are sent at once save nothing. */
    boolean isEmbedded() {
        return shop.isEmbedded();
    }

    /** See {@link io.github.embeddedcommerce.jdbc.dialect.Dialect#trustsStatistics}. */
    boolean trustsStatistics() {
        return shop.trustsStatistics();
    }

    @SuppressWarnings("unchecked") // the select has this mapper
    <T> List<T> query(RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
        Query<T> query = new Query<>(mapper, sql, parameters);
        return waiting.isEmpty()
                ? executor.query(query, ALL)
                : (List<T>) queryAll(List.of(query)).get(0);
    }

    /**
     * The same for the first rows. How many is no part of the statement: a limit would have a planner read a whole
     * table in the hope of finding enough at its begin.
     */
    <T> List<T> queryFirst(int most, RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
        flush();
        return executor.query(new Query<>(mapper, sql, parameters), most);
    }

    /** The same for a list of any length, in its order: read a part at a time if it is long. */
    <T> List<T> queryInParts(RowMapper<T> mapper, String sql, Collection<?> values) {
        if (values.size() <= MOST_IN_ONE) {
            return query(mapper, sql, values);
        }
        List<T> all = new ArrayList<>(values.size());
        StatementExecutor.parts(List.copyOf(values)).forEach(part -> all.addAll(query(mapper, sql, part)));
        return all;
    }

    /** Executes the writes that wait and these selects, in this order, in one round trip where the database allows. */
    List<List<?>> queryAll(List<Query<?>> queries) {
        if (canSendTogether()) {
            return sendWaiting(queries);
        }
        flush();
        List<List<?>> results = new ArrayList<>();
        queries.forEach(query -> results.add(executor.query(query, ALL)));
        return results;
    }

    /** Executes a statement now, and says how many rows it changed. */
    int update(String sql, @Nullable Object... parameters) {
        return updateEach(sql, Collections.singletonList(parameters))[0];
    }

    /** Executes a statement for each of these rows of parameters now, and says how many rows each changed. */
    int[] updateEach(String sql, List<@Nullable Object[]> rows) {
        flush();
        return executor.write(new Write(sql, rows, null, 0, null));
    }

    /**
     * Executes an insert for each of these rows of parameters, sometime before the transaction ends; one insert for all
     * of them where statements are sent at once and the rows are values.
     */
    void insertLater(String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            waiting.add(new WaitingWrite(executor.inAnyOrder(sql, rows, null), null));
        }
    }

    /**
     * Executes an update for each of these rows of parameters sometime, in any order; each must change exactly one row,
     * which is locked.
     */
    void updateLater(String table, String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            waiting.add(new WaitingWrite(executor.inAnyOrder(sql, rows, table), null));
        }
    }

    /** Executes one statement sometime, which must change so many rows, all of them locked. */
    void updateAllLater(String table, int changes, String sql, @Nullable Object... parameters) {
        waiting.add(
                new WaitingWrite(new Write(sql, Collections.singletonList(parameters), table, changes, null), null));
    }

    /**
     * The same as {@link #updateLater}, one row after the other in this order: others may write the same keys of a
     * unique index.
     */
    void updateInOrderLater(String table, String sql, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            waiting.add(new WaitingWrite(new Write(sql, rows, table, 1, null), null));
        }
    }

    /**
     * The same for rows that somebody else may have locked: one row after the other in this order, unless they are held
     * already.
     */
    void lockLater(
            LockOrder resource,
            Collection<?> ids,
            boolean held,
            String table,
            String sql,
            List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            Write write = held ? executor.inAnyOrder(sql, rows, table) : new Write(sql, rows, table, 1, null);
            waiting.add(new WaitingWrite(write, new Lock(resource, ids)));
        }
    }

    /**
     * Executes an insert for each of these rows of parameters now.
     *
     * @return the generated id of each, in the same order; empty where nothing was inserted
     */
    List<Optional<Long>> insert(String sql, List<@Nullable Object[]> rows) {
        flush();
        return executor.insert(sql, rows);
    }

    /** Executes an insert of rows that are selected now, and reads what it has to return of them, in any order. */
    @SuppressWarnings("unchecked") // the rows have this mapper
    <T> List<T> insertReturning(RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
        flush();
        return (List<T>) executor.together(List.of(), List.of(new Query<>(mapper, sql, parameters)))
                .get(0);
    }

    /** Sends the writes that wait. */
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        boolean isOne = waiting.size() == 1 && waiting.get(0).write.rows().size() == 1;
        if (!isOne && canSendTogether()) {
            sendWaiting(List.of());
            return;
        }
        for (WaitingWrite next : taken()) {
            Write write = next.write;
            write.check(holding(next.lock, () -> executor.write(write)).get());
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
        for (WaitingWrite next : waiting) {
            rows += next.write.rows().size();
            statements += next.write.statements();
        }
        return statements <= MOST_AT_ONCE && rows <= MOST_IN_ONE && executor.sendsTogether();
    }

    private List<List<?>> sendWaiting(List<Query<?>> queries) {
        List<WaitingWrite> taken = taken();
        List<Write> writes = taken.stream().map(WaitingWrite::write).toList();
        Supplier<List<List<?>>> statement = () -> executor.together(writes, queries);
        for (int i = taken.size() - 1; i >= 0; i--) {
            statement = holding(taken.get(i).lock, statement);
        }
        return statement.get();
    }

    private <T> Supplier<T> holding(@Nullable Lock lock, Supplier<T> statement) {
        return lock == null ? statement : () -> locks.take(lock.resource, lock.ids, statement);
    }

    private List<WaitingWrite> taken() {
        List<WaitingWrite> writes = List.copyOf(waiting);
        waiting.clear();
        return writes;
    }
}
