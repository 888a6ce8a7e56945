package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.store.UserPlace;
import io.github.embeddedcommerce.store.UserStore;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Users, their balances and their balance history in SQL. */
final class JdbcUserStore implements UserStore {
    private final SqlSession session;
    private final RowLocks locks;
    private final BalanceHistorySql history;

    JdbcUserStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
        this.history = new BalanceHistorySql(session, this::change);
    }

    /** An id that was removed and comes back finds its old orders settled. */
    @Override
    public void insert(UserId id, Instant registeredAt) {
        session.update("""
                insert into <commerce>users
                  (id, balance, changes, opening_number, opening_balance, opening_paid, opening_refunded,
                   registered_at, changed_at)
                select ?, 0, 0, 0, 0, o.paid, o.refunded, ?, ?
                from (
                  select coalesce(sum(from_balance + given_back), 0) as paid,
                    coalesce(sum(given_back + refunded_to_balance), 0) as refunded
                  from <commerce>orders
                  where user_id = ?) o
                where not exists (select 1 from <commerce>users where id = ?)
                <unless_there>
                """, id, registeredAt, registeredAt, id, id);
    }

    @Override
    public Optional<User> find(UserId id) {
        return session
                .query(
                        this::user,
                        "select id, balance, changes, registered_at, changed_at from <commerce>users where id = ?",
                        id)
                .stream()
                .findFirst();
    }

    @Override
    public List<User> after(String id, int limit) {
        return session.query(
                this::user,
                "select id, balance, changes, registered_at, changed_at from <commerce>users"
                        + " where id > ? order by id fetch first ? rows only",
                id,
                limit);
    }

    @Override
    public List<BalanceChange> changesAfter(String user, long number, int limit) {
        return session.query(this::change, BalanceHistorySql.CHANGE + """
                where user_id >= ? and (user_id > ? or number > ?)
                order by user_id, number
                fetch first ? rows only
                """, user, user, number, limit);
    }

    @Override
    public Map<UserId, User> lock(Collection<UserId> ids) {
        return locks
                .take(
                        USER,
                        ids,
                        () -> session.query(
                                this::user,
                                "select id, balance, changes, registered_at, changed_at from <commerce>users"
                                        + " where id in (?) order by id for update",
                                ids))
                .stream()
                .collect(toMap(User::id, Function.identity()));
    }

    private User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getString(1)),
                session.rows().money(row, 2),
                row.getLong(3),
                session.rows().instant(row, 4),
                session.rows().instant(row, 5));
    }

    @Override
    public void write(List<BalanceChange> changes) {
        session.updateLater("users", """
                update <commerce>users set balance = ?, changes = ?, changed_at = ?
                where balance = ? and changes = ? and id = ?
                """, rows(changes, change -> new Object[] {
            change.after(), change.number(), change.at(), change.before(), change.number() - 1, change.user()
        }));
        session.insertLater("""
                insert into <commerce>balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, order_id, part, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(changes, JdbcUserStore::columns));
    }

    private static @Nullable Object[] columns(BalanceChange change) {
        BalanceMovement movement = change.movement();
        return new Object[] {
            change.user(),
            change.number(),
            change.before(),
            movement.amount(),
            change.after(),
            movement.code(),
            movement.note(),
            movement.reference(),
            movement.orderNumber(),
            movement.part(),
            change.at()
        };
    }

    @Override
    public void remove(UserId id) {
        session.update("delete from <commerce>balance_changes where user_id = ?", id);
        session.updateLater("users", "delete from <commerce>users where id = ?", List.<Object[]>of(new Object[] {id}));
    }

    @Override
    public List<BalanceChange> history(UserId id, BalanceQuery query, long before, int limit) {
        return history.history(id, query, before, limit);
    }

    @Override
    public long count(UserId id, BalanceQuery query) {
        return history.count(id, query);
    }

    @Override
    public List<BalanceChange> changesFor(OrderId order) {
        return history.changesFor(order);
    }

    @Override
    public List<User> list(UserQuery query, @Nullable UserPlace after, int limit) {
        UserListSql list = new UserListSql();
        String text = list.text(query, after, limit);
        return session.query(this::user, text, list.parameters());
    }

    private BalanceChange change(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        return new BalanceChange(
                new UserId(row.getString(1)),
                row.getLong(2),
                columns.money(row, 3),
                new BalanceMovement(
                        columns.money(row, 4),
                        BalanceCode.valueOf(row.getString(5)),
                        row.getString(6),
                        row.getString(7),
                        row.getInt(9)),
                columns.instant(row, 8));
    }

    @Override
    public List<BalanceChange> oldest(Instant before, @Nullable BalanceChange after, int limit) {
        String order = " order by changed_at, user_id, number fetch first ? rows only";
        return after == null
                ? session.query(this::change, BalanceHistorySql.CHANGE + " where changed_at < ?" + order, before, limit)
                : session.query(
                        this::change,
                        BalanceHistorySql.CHANGE + """
                        where changed_at < ? and changed_at >= ?
                          and (changed_at > ? or user_id > ? or (user_id = ? and number > ?))
                        """ + order,
                        before,
                        after.at(),
                        after.at(),
                        after.user(),
                        after.user(),
                        after.number(),
                        limit);
    }

    @Override
    public Map<UserId, OpeningBalance> lockOpeningBalances(Collection<UserId> ids) {
        return locks.take(USER, ids, () -> session.query(this::opening, """
                        select id, opening_number, opening_balance, opening_paid, opening_refunded
                        from <commerce>users
                        where id in (?)
                        order by id
                        for update skip locked
                        """, ids)).stream()
                .collect(toMap(OpeningBalance::user, Function.identity()));
    }

    private OpeningBalance opening(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        return new OpeningBalance(
                new UserId(row.getString(1)),
                row.getLong(2),
                columns.money(row, 3),
                columns.money(row, 4),
                columns.money(row, 5));
    }

    @Override
    public void fold(List<OpeningBalance> figures) {
        session.updateLater(
                "users", """
                update <commerce>users
                set opening_number = ?, opening_balance = ?, opening_paid = ?, opening_refunded = ?
                where id = ?
                """, rows(figures, opening -> new Object[] {
                    opening.number(), opening.balance(), opening.paid(), opening.refunded(), opening.user()
                }));
        if (!figures.isEmpty()) {
            session.updateEach(
                    "delete from <commerce>balance_changes where user_id = ? and number <= ?",
                    rows(figures, opening -> new Object[] {opening.user(), opening.number()}));
        }
    }
}
