package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in SQL. */
final class JdbcIdempotencyStore implements IdempotencyStore {
    private static final int MOST_IN_A_LIST = 1_000;

    private static final String INSERT = """
            insert into <commerce>idempotency_keys (owner, idempotency_key, use_case, fingerprint, used_at)
            select ?, ?, ?, ?, ?
            from (select 1 as one) x
            where not exists (
              select 1 from <commerce>idempotency_keys where owner = ? and idempotency_key = ?)
            <unless_there>
            """;

    /**
     * The same where an insert of rows that are selected keeps the table's next id to itself until it ends. This one
     * waits for its key only, where with the other all keys would wait for this one.
     */
    private static final String INSERT_VALUES = """
            /*client prepare*/ begin not atomic
              if not exists (select 1 from <commerce>idempotency_keys where owner = ? and idempotency_key = ?) then
                insert into <commerce>idempotency_keys (owner, idempotency_key, use_case, fingerprint, used_at)
                values (?, ?, ?, ?, ?);
              end if;
            end
            """;

    private final SqlSession session;
    private final RowLocks locks;

    JdbcIdempotencyStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
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
        int[] inserted = insert(calls, now);
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
        if (!unsure.isEmpty()) {
            SortedMap<IdempotentCall, StoredCall> found = new TreeMap<>(); // by owner and key
            find(unsure).forEach(stored -> found.put(stored.call(), stored));
            for (IdempotentCall call : unsure) {
                StoredCall stored = found.get(call);
                if (stored != null) {
                    earlier.put(call, stored);
                }
            }
        }
        refused.removeAll(earlier.keySet());
        return refused;
    }

    /** Waits for a transaction that has inserted the same key and not ended; then either changes nothing or fails. */
    private int[] insert(List<IdempotentCall> calls, Instant now) {
        List<String> keys =
                calls.stream().map(call -> call.owner() + " " + call.key()).toList();
        return locks.take(
                IDEMPOTENCY_KEY,
                keys,
                () -> session.keepsNextId()
                        ? session.updateEach(INSERT_VALUES, rows(calls, call -> new Object[] {
                            call.owner(), call.key(), call.owner(), call.key(), call.useCase(), call.fingerprint(), now
                        }))
                        : session.updateEach(INSERT, rows(calls, call -> new Object[] {
                            call.owner(), call.key(), call.useCase(), call.fingerprint(), now, call.owner(), call.key()
                        })));
    }

    private List<StoredCall> find(List<IdempotentCall> calls) {
        List<StoredCall> found = new ArrayList<>();
        for (int from = 0; from < calls.size(); from += MOST_IN_A_LIST) {
            found.addAll(findPart(calls.subList(from, Math.min(calls.size(), from + MOST_IN_A_LIST))));
        }
        return found;
    }

    private List<StoredCall> findPart(List<IdempotentCall> calls) {
        return session.query(
                this::storedCall,
                """
                select owner, idempotency_key, use_case, fingerprint, result_id, result_value, result_second_value,
                  used_at
                from <commerce>idempotency_keys
                where owner in (?) and idempotency_key in (?) and result_id is not null
                """,
                calls.stream().map(IdempotentCall::owner).toList(),
                calls.stream().map(IdempotentCall::key).toList());
    }

    @Override
    public void store(List<StoredCall> calls) {
        session.updateLater("idempotency_keys", """
                update <commerce>idempotency_keys
                set result_id = ?, result_value = ?, result_second_value = ?, used_at = ?
                where owner = ? and idempotency_key = ?
                """, rows(calls, stored -> new Object[] {
            stored.result().id(),
            value(stored.result(), 0),
            value(stored.result(), 1),
            stored.result().at(),
            stored.call().owner(),
            stored.call().key()
        }));
    }

    private static @Nullable Long value(StoredResult result, int index) {
        return index < result.values().size() ? result.values().get(index) : null;
    }

    @Override
    public void release(Collection<IdempotentCall> calls) {
        session.updateLater(
                "idempotency_keys",
                "delete from <commerce>idempotency_keys where owner = ? and idempotency_key = ?",
                rows(calls, call -> new Object[] {call.owner(), call.key()}));
    }

    @Override
    public List<IdempotencyKey> lockAll(UserId user) {
        return locks.take(
                IDEMPOTENCY_KEY,
                List.of(user + " *"),
                () -> session.query(row -> new IdempotencyKey(row.getString(1)), """
                        select idempotency_key from <commerce>idempotency_keys where owner = ?
                        order by id
                        for update
                        """, user));
    }

    @Override
    public void remove(UserId user, Collection<IdempotencyKey> keys) {
        session.updateLater(
                "idempotency_keys",
                "delete from <commerce>idempotency_keys where owner = ? and idempotency_key = ?",
                rows(keys, key -> new Object[] {user, key}));
    }

    /** Looks without locking, because a lock would take every row it looks at. */
    @Override
    public int purge(Instant before, int limit) {
        List<Long> oldest = session.query(row -> row.getLong(1), """
                select id from <commerce>idempotency_keys where used_at < ?
                order by used_at, id
                fetch first ? rows only
                """, before, limit);
        if (oldest.isEmpty()) {
            return 0;
        }
        List<Long> locked = locks.take(
                IDEMPOTENCY_KEY,
                oldest,
                () -> session.query(
                        row -> row.getLong(1),
                        "select id from <commerce>idempotency_keys where id in (?) order by id for update skip locked",
                        oldest));
        return locked.isEmpty() ? 0 : session.update("delete from <commerce>idempotency_keys where id in (?)", locked);
    }

    private StoredCall storedCall(ResultSet row) throws SQLException {
        IdempotentCall call = new IdempotentCall(
                row.getString(1), new IdempotencyKey(row.getString(2)), row.getString(3), row.getString(4));
        List<Long> values = Stream.of(RowReader.longOrNull(row, 6), RowReader.longOrNull(row, 7))
                .flatMap(Stream::ofNullable)
                .toList();
        return new StoredCall(
                call, new StoredResult(row.getLong(5), values, session.rows().instant(row, 8)));
    }
}
