package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.store.UserStore;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Users and their balance history in SQL. */
public final class JdbiUserStore implements UserStore {
    interface Sql {
        /** An id that was removed and comes back finds its old orders settled. */
        @SqlUpdate("""
                insert into <commerce>users
                  (id, balance, changes, opening_number, opening_balance, opening_paid, opening_refunded, registered_at)
                select :id, 0, 0, 0, 0, o.paid, o.refunded, :registeredAt
                from (
                  select coalesce(sum(total - discount), 0) as paid,
                    coalesce(sum(case when closed_at is null then 0 else total - discount end), 0) as refunded
                  from <commerce>orders
                  where user_id = :id and paid_at is not null) o
                where not exists (select 1 from <commerce>users where id = :id)
                <unless_there>
                """)
        void insert(UserId id, Instant registeredAt);

        @SqlQuery("select * from <commerce>users where id = :id")
        Optional<User> find(UserId id);

        @SqlQuery("select * from <commerce>users where id in (<ids>) order by id for update")
        List<User> lock(@BindList Collection<UserId> ids);

        @SqlBatch("""
                update <commerce>users set balance = :after, changes = :number
                where id = :user and balance = :before and changes = :number - 1
                """)
        int[] move(@BindMethods List<BalanceChange> changes);

        @SqlBatch("""
                insert into <commerce>balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, order_id, changed_at)
                values (:user, :number, :before, :movement.amount, :after, :movement.code, :movement.note,
                  :movement.reference, :movement.orderNumber, :at)
                """)
        void record(@BindMethods List<BalanceChange> changes);

        @SqlUpdate("delete from <commerce>balance_changes where user_id = :id")
        void removeHistory(UserId id);

        @SqlUpdate("delete from <commerce>users where id = :id")
        int remove(UserId id);

        @SqlQuery("""
                select * from <commerce>balance_changes
                where user_id = :id and number < :before <filter>
                order by <index> number desc
                fetch first :limit rows only
                """)
        List<BalanceChange> history(
                UserId id,
                @BindMethods BalanceQuery query,
                @Define String filter,
                @Define String index,
                long before,
                int limit);

        @SqlQuery("select count(*) from <commerce>balance_changes where user_id = :id <filter>")
        long count(UserId id, @BindMethods BalanceQuery query, @Define String filter);
    }

    private final Sql sql;
    private final OpeningBalanceSql opening;
    private final RowLocks locks;

    public JdbiUserStore(Handle handle, RowLocks locks) {
        this.sql = handle.attach(Sql.class);
        this.opening = handle.attach(OpeningBalanceSql.class);
        this.locks = locks;
    }

    static void mapRows(Jdbi jdbi, RowReader columns) {
        OpeningBalanceSql.mapRows(jdbi, columns);
        jdbi.registerRowMapper(
                User.class,
                (row, context) -> new User(
                        new UserId(row.getString("id")),
                        columns.money(row, "balance"),
                        row.getLong("changes"),
                        columns.instant(row, "registered_at")));
        jdbi.registerRowMapper(
                BalanceChange.class,
                (row, context) -> new BalanceChange(
                        new UserId(row.getString("user_id")),
                        row.getLong("number"),
                        columns.money(row, "balance_before"),
                        new BalanceMovement(
                                columns.money(row, "amount"),
                                BalanceCode.valueOf(row.getString("code")),
                                row.getString("note"),
                                row.getString("reference")),
                        columns.instant(row, "changed_at")));
    }

    @Override
    public void insert(UserId id, Instant registeredAt) {
        sql.insert(id, registeredAt);
    }

    @Override
    public Optional<User> find(UserId id) {
        return sql.find(id);
    }

    @Override
    public Map<UserId, User> lock(Collection<UserId> ids) {
        return locks.take(USER, ids, () -> sql.lock(ids)).stream().collect(toMap(User::id, Function.identity()));
    }

    @Override
    public void write(List<BalanceChange> changes) {
        if (!changes.isEmpty()) {
            UpdateCounts.each(sql.move(changes), "users");
            sql.record(changes);
        }
    }

    @Override
    public void remove(UserId id) {
        sql.removeHistory(id);
        UpdateCounts.each(new int[] {sql.remove(id)}, "users");
    }

    @Override
    public List<BalanceChange> history(UserId id, BalanceQuery query, long before, int limit) {
        return sql.history(id, query, filter(query), index(query), before, limit);
    }

    @Override
    public long count(UserId id, BalanceQuery query) {
        return sql.count(id, query, filter(query));
    }

    @Override
    public List<BalanceChange> oldest(Instant before, @Nullable BalanceChange after, int limit) {
        return after == null
                ? opening.oldest(before, limit)
                : opening.oldestAfter(before, after.at(), after.user(), after.number(), limit);
    }

    @Override
    public Map<UserId, OpeningBalance> lockOpeningFigures(Collection<UserId> ids) {
        return locks.take(USER, ids, () -> opening.lock(ids)).stream()
                .collect(toMap(OpeningBalance::user, Function.identity()));
    }

    @Override
    public void fold(List<OpeningBalance> figures) {
        UpdateCounts.each(opening.write(figures), "users");
        opening.removeFolded(figures);
    }

    /** Only what is asked for stands in the SQL, so that an index fits. */
    private static String filter(BalanceQuery query) {
        return (query.from() == null ? "" : " and changed_at >= :from")
                + (query.to() == null ? "" : " and changed_at < :to")
                + (query.code() == null ? "" : " and code = :code")
                + (query.reference() == null ? "" : " and reference = :reference");
    }

    /**
     * What is the same in all rows and orders nothing: it shows H2 the index that has the rows in this order. None has
     * those of a time in it; then only they are read.
     */
    private static String index(BalanceQuery query) {
        if (query.reference() != null) {
            return "user_id desc, reference desc,";
        }
        if (query.code() != null) {
            return "user_id desc, code desc,";
        }
        return query.from() == null && query.to() == null ? "user_id desc," : "";
    }
}
