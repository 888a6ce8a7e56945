package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.IDEMPOTENCY_KEY;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.store.IdempotencyStore;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in SQL. */
final class JdbiIdempotencyStore implements IdempotencyStore {
    interface Sql {
        /**
         * Waits for a transaction that has inserted the same key and not ended; then either changes nothing or fails.
         */
        @SqlBatch("""
                insert into <commerce>idempotency_keys
                  (owner, idempotency_key, use_case, fingerprint, used_at)
                select :call.owner, :call.key, :call.useCase, :call.fingerprint, :now
                from (select 1 as one) x
                where not exists (
                  select 1 from <commerce>idempotency_keys where owner = :call.owner and idempotency_key = :call.key)
                <unless_there>
                """)
        int[] claim(@BindMethods("call") Collection<IdempotentCall> call, @Bind("now") Instant now);

        @SqlQuery("""
                select * from <commerce>idempotency_keys
                where owner in (<owners>) and idempotency_key in (<keys>) and result_id is not null
                """)
        List<StoredCall> find(@BindList Collection<String> owners, @BindList Collection<IdempotencyKey> keys);

        @SqlBatch("""
                update <commerce>idempotency_keys
                set result_id = :result.id, result_value = :value, result_second_value = :secondValue,
                  used_at = :result.at
                where owner = :call.owner and idempotency_key = :call.key
                """)
        int[] store(@BindMethods List<ResultRow> results);

        @SqlBatch("delete from <commerce>idempotency_keys where owner = :owner and idempotency_key = :key")
        int[] release(@BindMethods Collection<IdempotentCall> calls);

        @SqlQuery("""
                select idempotency_key from <commerce>idempotency_keys where owner = :user
                order by id
                for update
                """)
        List<IdempotencyKey> lockAll(UserId user);

        @SqlUpdate("""
                delete from <commerce>idempotency_keys where owner = :user and idempotency_key in (<keys>)
                """)
        int remove(UserId user, @BindList Collection<IdempotencyKey> keys);

        @SqlQuery("""
                select id from <commerce>idempotency_keys where used_at < :before
                order by used_at, id
                fetch first :limit rows only
                """)
        List<Long> oldest(Instant before, int limit);

        @SqlQuery("""
                select id from <commerce>idempotency_keys where id in (<ids>) order by id for update skip locked
                """)
        List<Long> lock(@BindList Collection<Long> ids);

        @SqlUpdate("delete from <commerce>idempotency_keys where id in (<ids>)")
        int delete(@BindList Collection<Long> ids);
    }

    private final Sql sql;
    private final RowLocks locks;

    JdbiIdempotencyStore(Handle handle, RowLocks locks) {
        this.sql = handle.attach(Sql.class);
        this.locks = locks;
    }

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(IdempotencyKey.class, (row, context) -> new IdempotencyKey(row.getString(1)));
        jdbi.registerRowMapper(StoredCall.class, (row, context) -> new StoredCall(call(row), result(row, columns)));
    }

    /** A call with its result, one column a value. */
    public record ResultRow(IdempotentCall call, StoredResult result) {
        public @Nullable Long value() {
            return result.values().isEmpty() ? null : result.values().get(0);
        }

        public @Nullable Long secondValue() {
            return result.values().size() < StoredResult.MAX_VALUES
                    ? null
                    : result.values().get(1);
        }
    }

    /** If a key that was in the way is gone by the time it is looked at, it can be claimed. */
    @Override
    public Map<IdempotentCall, StoredCall> claim(SortedSet<IdempotentCall> calls, Instant now) {
        Map<IdempotentCall, StoredCall> earlier = new HashMap<>();
        List<IdempotentCall> unclaimed = List.copyOf(calls);
        while (!unclaimed.isEmpty()) {
            unclaimed = claim(unclaimed, now, earlier);
        }
        return earlier;
    }

    /** Returns those whose key was in the way and is gone. A driver may not know how many rows each insert wrote. */
    private List<IdempotentCall> claim(
            List<IdempotentCall> calls, Instant now, Map<IdempotentCall, StoredCall> earlier) {
        List<String> rows =
                calls.stream().map(call -> call.owner() + " " + call.key()).toList();
        int[] inserted = locks.take(IDEMPOTENCY_KEY, rows, () -> sql.claim(calls, now));
        List<IdempotentCall> unsure = new ArrayList<>();
        List<IdempotentCall> refused = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] != 1) {
                unsure.add(calls.get(i));
            }
            if (inserted[i] == 0) {
                refused.add(calls.get(i));
            }
        }
        List<StoredCall> found = unsure.isEmpty() ? List.of() : find(unsure);
        unsure.forEach(call -> found.stream()
                .filter(stored -> stored.call().hasKeyOf(call))
                .forEach(stored -> earlier.put(call, stored)));
        refused.removeAll(earlier.keySet());
        return refused;
    }

    private List<StoredCall> find(List<IdempotentCall> calls) {
        return sql.find(
                calls.stream().map(IdempotentCall::owner).toList(),
                calls.stream().map(IdempotentCall::key).toList());
    }

    @Override
    public void store(List<StoredCall> calls) {
        if (!calls.isEmpty()) {
            List<ResultRow> rows = calls.stream()
                    .map(call -> new ResultRow(call.call(), call.result()))
                    .toList();
            UpdateCounts.each(sql.store(rows), "idempotency_keys");
        }
    }

    @Override
    public void release(Collection<IdempotentCall> calls) {
        if (!calls.isEmpty()) {
            UpdateCounts.each(sql.release(calls), "idempotency_keys");
        }
    }

    @Override
    public List<IdempotencyKey> lockAll(UserId user) {
        return locks.take(IDEMPOTENCY_KEY, List.of(user + " *"), () -> sql.lockAll(user));
    }

    @Override
    public void remove(UserId user, Collection<IdempotencyKey> keys) {
        if (!keys.isEmpty()) {
            UpdateCounts.all(sql.remove(user, keys), keys.size(), "idempotency_keys");
        }
    }

    /** Looks without locking, because a lock would take every row it looks at. */
    @Override
    public int purge(Instant before, int limit) {
        List<Long> oldest = sql.oldest(before, limit);
        if (oldest.isEmpty()) {
            return 0;
        }
        List<Long> locked = locks.take(IDEMPOTENCY_KEY, oldest, () -> sql.lock(oldest));
        return locked.isEmpty() ? 0 : sql.delete(locked);
    }

    private static IdempotentCall call(ResultSet row) throws SQLException {
        return new IdempotentCall(
                row.getString("owner"),
                new IdempotencyKey(row.getString("idempotency_key")),
                row.getString("use_case"),
                row.getString("fingerprint"));
    }

    private static StoredResult result(ResultSet row, RowReader columns) throws SQLException {
        List<Long> values = Stream.of(longOrNull(row, "result_value"), longOrNull(row, "result_second_value"))
                .flatMap(Stream::ofNullable)
                .toList();
        return new StoredResult(row.getLong("result_id"), values, columns.instant(row, "used_at"));
    }

    private static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
