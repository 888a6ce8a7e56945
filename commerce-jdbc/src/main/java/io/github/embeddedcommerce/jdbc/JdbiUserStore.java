package io.github.embeddedcommerce.jdbc;

import static io.github.embeddedcommerce.transaction.Resource.USER;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserStore;
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
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Users and their balance history in SQL. */
final class JdbiUserStore implements UserStore {
    interface Sql {
        @SqlUpdate("""
                insert into <commerce>users (id, balance, changes, registered_at)
                select :id, 0, 0, :registeredAt
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
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, changed_at)
                values (:user, :number, :before, :movement.amount, :after, :movement.code, :movement.note,
                  :movement.reference, :at)
                """)
        void record(@BindMethods List<BalanceChange> changes);

        @SqlQuery("""
                select * from <commerce>balance_changes
                where user_id = :id
                order by number desc
                fetch first :limit rows only
                """)
        List<BalanceChange> history(UserId id, int limit);
    }

    private final Sql sql;
    private final RowLocks locks;

    JdbiUserStore(Handle handle, RowLocks locks) {
        this.sql = handle.attach(Sql.class);
        this.locks = locks;
    }

    static void mapRows(Jdbi jdbi, Columns columns) {
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
        Rows.each(sql.move(changes), "users");
        sql.record(changes);
    }

    @Override
    public List<BalanceChange> history(UserId id, int limit) {
        return sql.history(id, limit);
    }
}
