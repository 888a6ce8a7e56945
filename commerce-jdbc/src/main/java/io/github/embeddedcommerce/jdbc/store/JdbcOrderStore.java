package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.ORDER;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.OrderedItem;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.store.OrderDraft;
import io.github.embeddedcommerce.store.OrderStore;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Orders in SQL. An order is read as one row a line. Lists are ordered by all columns of an index, those that are the
 * same in every row included, for H2 to see that it fits.
 */
final class JdbcOrderStore implements OrderStore {
    private static final Instant BEFORE_ALL = Instant.EPOCH;

    private static final String COLUMNS = """
            select o.id, o.user_id, o.status, o.placed_at, o.expires_at, o.paid_at, o.closed_at, o.discount,
              o.user_coupon_id, l.number, l.option_id, l.sku, l.product_id, l.product_name, l.unit_price, l.quantity
            """;

    private static final String FIND = COLUMNS + """
            from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
            where o.id in (?)
            order by o.id, l.number
            """;

    private final SqlSession session;
    private final RowLocks locks;

    JdbcOrderStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
    }

    /** The select from the users makes it write nothing for a user who is not there. */
    @Override
    public List<Optional<OrderId>> insert(List<OrderDraft> drafts) {
        List<Optional<OrderId>> ids = session
                .insert("""
                        insert into <commerce>orders (user_id, status, total, discount, placed_at, expires_at)
                        select u.id, 'PENDING', ?, 0, ?, ? from <commerce>users u where u.id = ?
                        """, rows(drafts, draft ->
                        new Object[] {draft.total(), draft.placedAt(), draft.expiresAt(), draft.user()}))
                .stream()
                .map(id -> id.map(OrderId::new))
                .toList();
        for (int i = 0; i < drafts.size(); i++) {
            List<OrderLine> lines = drafts.get(i).lines();
            ids.get(i).ifPresent(id -> insertLines(id, lines));
        }
        return ids;
    }

    private void insertLines(OrderId order, List<OrderLine> lines) {
        session.insertLater("""
                insert into <commerce>order_lines
                  (order_id, number, option_id, sku, product_id, product_name, unit_price, quantity)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """, rows(lines, line -> new Object[] {
            order,
            line.number(),
            line.item().option(),
            line.item().sku(),
            line.item().product(),
            line.item().productName(),
            line.unitPrice(),
            line.quantity()
        }));
    }

    @Override
    public Map<OrderId, Order> find(Collection<OrderId> ids) {
        return byId(session.query(this::line, FIND, ids));
    }

    /** All that is read of an order besides its own row is written with it once and for all. */
    @Override
    @SuppressWarnings("unchecked") // each select has its mapper
    public Map<OrderId, Order> lock(Collection<OrderId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<List<?>> results = locks.take(
                ORDER,
                ids,
                () -> session.queryAll(List.of(
                        new Query<>(
                                row -> row.getLong(1),
                                "select id from <commerce>orders where id in (?) order by id for update",
                                ids),
                        new Query<>(this::line, FIND, ids))));
        return byId((List<Line>) results.get(1));
    }

    @Override
    public List<Order> overdue(Instant now, @Nullable Order after, int limit) {
        return orders(session.query(this::line, COLUMNS + """
                from (
                  select * from <commerce>orders
                  where status = 'PENDING' and expires_at <= ?
                    and expires_at >= ? and (expires_at > ? or id > ?)
                  order by status, expires_at, id
                  fetch first ? rows only) o
                join <commerce>order_lines l on l.order_id = o.id
                order by o.expires_at, o.id, l.number
                """, now, from(after), from(after), fromId(after), limit));
    }

    /** Counted and not asked to exist: PostgreSQL would look for it in the lines of all orders there ever were. */
    @Override
    public List<Order> overdueHolding(Set<OptionId> options, Instant now, @Nullable Order after, int limit) {
        return orders(
                session.query(this::line, COLUMNS + """
                from (
                  select * from <commerce>orders held
                  where status = 'PENDING' and expires_at <= ?
                    and expires_at >= ? and (expires_at > ? or id > ?)
                    and (select count(*) from <commerce>order_lines h
                      where h.order_id = held.id and h.option_id in (?)) > 0
                  order by status, expires_at, id
                  fetch first ? rows only) o
                join <commerce>order_lines l on l.order_id = o.id
                order by o.expires_at, o.id, l.number
                """, now, from(after), from(after), fromId(after), options, limit));
    }

    private static Instant from(@Nullable Order after) {
        return after == null ? BEFORE_ALL : after.expiresAt();
    }

    private static long fromId(@Nullable Order after) {
        return after == null ? 0 : after.id().value();
    }

    /**
     * By their ids and nothing else: were the status asked for, InnoDB could look through an index that has it, and
     * lock for a moment what others then pass over.
     */
    @Override
    public Set<OrderId> lockPending(Collection<OrderId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return locks
                .take(
                        ORDER,
                        ids,
                        () -> session.query(
                                row -> new Locked(new OrderId(row.getLong(1)), OrderStatus.valueOf(row.getString(2))),
                                "select id, status from <commerce>orders where id in (?) order by id"
                                        + " for update skip locked",
                                ids))
                .stream()
                .filter(locked -> locked.status() == OrderStatus.PENDING)
                .map(Locked::id)
                .collect(toSet());
    }

    /** An order that is locked, and where it stands. */
    private record Locked(OrderId id, OrderStatus status) {}

    @Override
    public List<Order> list(UserId user, @Nullable OrderStatus status, long below, int limit) {
        return orders(status == null ? list(user, below, limit) : listWith(status, user, below, limit));
    }

    private List<Line> list(UserId user, long below, int limit) {
        return session.query(this::line, COLUMNS + """
                from (
                  select * from <commerce>orders
                  where user_id = ? and id < ?
                  order by user_id desc, id desc
                  fetch first ? rows only) o
                join <commerce>order_lines l on l.order_id = o.id
                order by o.id desc, l.number
                """, user, below, limit);
    }

    private List<Line> listWith(OrderStatus status, UserId user, long below, int limit) {
        return session.query(this::line, COLUMNS + """
                from (
                  select * from <commerce>orders
                  where user_id = ? and status = ? and id < ?
                  order by user_id desc, status desc, id desc
                  fetch first ? rows only) o
                join <commerce>order_lines l on l.order_id = o.id
                order by o.id desc, l.number
                """, user, status, below, limit);
    }

    @Override
    public boolean hasPayable(UserId user, Instant now) {
        return session.query(row -> row.getLong(1), """
                        select count(*) from <commerce>orders
                        where user_id = ? and status = 'PENDING' and expires_at > ?
                        """, user, now).get(0) > 0;
    }

    @Override
    public void write(List<Order> orders) {
        session.updateLater("orders", """
                update <commerce>orders
                set status = ?, discount = ?, user_coupon_id = ?, paid_at = ?, closed_at = ?
                where id = ?
                """, rows(orders, order -> new Object[] {
            order.status(),
            order.discount().amount(),
            order.discount().coupon(),
            order.paidAt(),
            order.closedAt(),
            order.id()
        }));
    }

    /** One line of an order, with what it has in common with the other lines of that order. */
    private record Line(OrderId order, UserId user, OrderProgress progress, OrderLine line) {}

    private Line line(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        Times times = new Times(
                columns.instant(row, 4),
                columns.instant(row, 5),
                columns.instantOrNull(row, 6),
                columns.instantOrNull(row, 7));
        Long coupon = RowReader.longOrNull(row, 9);
        Discount discount = new Discount(columns.money(row, 8), coupon == null ? null : new UserCouponId(coupon));
        OrderedItem item = new OrderedItem(
                new OptionId(row.getLong(11)), row.getString(12), new ProductId(row.getLong(13)), row.getString(14));
        return new Line(
                new OrderId(row.getLong(1)),
                new UserId(row.getString(2)),
                new OrderProgress(OrderStatus.valueOf(row.getString(3)), times, discount),
                new OrderLine(row.getInt(10), item, columns.money(row, 15), row.getLong(16)));
    }

    private static Map<OrderId, Order> byId(List<Line> lines) {
        return orders(lines).stream().collect(toMap(Order::id, Function.identity()));
    }

    /** Puts each order together from its rows, one a line, in the order in which they come. */
    private static List<Order> orders(List<Line> rows) {
        Map<OrderId, List<Line>> orders = new LinkedHashMap<>();
        rows.forEach(row ->
                orders.computeIfAbsent(row.order, id -> new ArrayList<>(1)).add(row));
        return orders.values().stream()
                .map(lines -> new Order(
                        lines.get(0).order,
                        lines.get(0).user,
                        lines.stream().map(Line::line).toList(),
                        lines.get(0).progress))
                .toList();
    }
}
