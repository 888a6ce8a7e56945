package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.IDEMPOTENCY_KEY;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.IdempotencyStore;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in SQL. */
final class JdbiIdempotencyStore implements IdempotencyStore {
    interface Sql {
        /**
         * Waits for a transaction that has inserted the same key and not ended; then either changes nothing or fails.
         */
        @SqlUpdate("""
                insert into <commerce>idempotency_keys
                  (user_id, idempotency_key, use_case, fingerprint, used_at, coupon_returned)
                select :user, :key, :useCase, :fingerprint, :now, false
                from (select 1 as one) x
                where not exists (
                  select 1 from <commerce>idempotency_keys where user_id = :user and idempotency_key = :key)
                <unless_there>
                """)
        int claim(@BindMethods IdempotentCall request, Instant now);

        @SqlQuery("select * from <commerce>idempotency_keys where user_id = :user and idempotency_key = :key")
        Optional<Answered> find(UserId user, IdempotencyKey key);

        @SqlUpdate("""
                update <commerce>idempotency_keys
                set order_id = :order, change_number = :changeNumber, balance_after = :balance,
                  coupon_returned = :couponReturned, used_at = :at
                where user_id = :user and idempotency_key = :key
                """)
        int keep(UserId user, IdempotencyKey key, @BindMethods StoredResult outcome);

        @SqlUpdate("delete from <commerce>idempotency_keys where user_id = :user and idempotency_key = :key")
        int release(UserId user, IdempotencyKey key);

        @SqlQuery("""
                select idempotency_key from <commerce>idempotency_keys where user_id = :user
                order by id
                for update
                """)
        List<IdempotencyKey> lockAll(UserId user);

        @SqlUpdate("""
                delete from <commerce>idempotency_keys where user_id = :user and idempotency_key in (<keys>)
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
        jdbi.registerRowMapper(Answered.class, (row, context) -> new Answered(request(row), outcome(row, columns)));
    }

    /** If the key that was in the way is gone by the time it is looked at, it can be taken. */
    @Override
    public Optional<Answered> claim(IdempotentCall request, Instant now) {
        List<String> rows = List.of(request.user() + " " + request.key());
        while (locks.take(IDEMPOTENCY_KEY, rows, () -> sql.claim(request, now)) == 0) {
            Optional<Answered> first = sql.find(request.user(), request.key());
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    @Override
    public void keep(IdempotentCall request, StoredResult outcome) {
        UpdateCounts.all(sql.keep(request.user(), request.key(), outcome), 1, "idempotency_keys");
    }

    @Override
    public void release(IdempotentCall request) {
        UpdateCounts.all(sql.release(request.user(), request.key()), 1, "idempotency_keys");
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

    private static IdempotentCall request(ResultSet row) throws SQLException {
        return new IdempotentCall(
                new UserId(row.getString("user_id")),
                new IdempotencyKey(row.getString("idempotency_key")),
                row.getString("use_case"),
                row.getString("fingerprint"));
    }

    private static StoredResult outcome(ResultSet row, RowReader columns) throws SQLException {
        Long order = longOrNull(row, "order_id");
        return new StoredResult(
                order == null ? null : new OrderId(order),
                longOrNull(row, "change_number"),
                columns.moneyOrNull(row, "balance_after"),
                row.getBoolean("coupon_returned"),
                columns.instant(row, "used_at"));
    }

    private static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
