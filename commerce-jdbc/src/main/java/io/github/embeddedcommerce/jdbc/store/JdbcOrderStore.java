package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.ORDER;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.OrderedItem;
import io.github.embeddedcommerce.order.PaidAmounts;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.store.OrderDraft;
import io.github.embeddedcommerce.store.OrderPlace;
import io.github.embeddedcommerce.store.OrderStore;
import io.github.embeddedcommerce.store.StoredOrder;
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

    private static final String PROGRESS = """
            select o.id, o.user_id, o.status, o.placed_at, o.pay_by, o.expires_at, o.paid_at, o.closed_at, o.discount,
              o.user_coupon_id, o.from_balance, o.from_outside, o.under_way, o.given_back, o.refunded_to_balance,
              o.balance_parts, o.events, o.returned_at""";

    private static final String COLUMNS = PROGRESS + """
            , l.number, l.option_id, l.sku, l.product_id, l.product_name, l.unit_price, l.quantity,
              l.returned
            """;

    private static final String FIND = COLUMNS + """
            from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
            where o.id in (?)
            order by o.id, l.number
            """;

    private final SqlSession session;
    private final RowLocks locks;
    private final OrderLabelSql labels;

    JdbcOrderStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
        this.labels = new OrderLabelSql(session);
    }

    @Override
    public List<Optional<OrderId>> insert(List<OrderDraft> drafts) {
        List<Optional<OrderId>> ids = new NewOrderRows(session).insert(drafts);
        Map<OrderId, OrderLabels> labelled = new LinkedHashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            OrderLabels placed = drafts.get(i).labels();
            ids.get(i).ifPresent(id -> labelled.put(id, placed));
        }
        labels.insert(labelled);
        return ids;
    }

    @Override
    public Map<OrderId, Order> find(Collection<OrderId> ids) {
        return byId(session.query(this::line, FIND, ids), StoredOrder::order);
    }

    @Override
    public List<Order> after(long id, int limit) {
        return orders(session.query(this::line, COLUMNS + """
                from (
                  select * from <commerce>orders
                  where id > ?
                  order by id
                  fetch first ? rows only) o
                join <commerce>order_lines l on l.order_id = o.id
                order by o.id, l.number
                """, id, limit));
    }

    /** All that is read of an order besides its own row changes only under the lock of that row. */
    @Override
    @SuppressWarnings("unchecked") // each select has its mapper
    public Map<OrderId, StoredOrder> lock(Collection<OrderId> ids) {
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
        return byId((List<Line>) results.get(1), Function.identity());
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
    public List<StoredOrder> lockPending(List<Order> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        Map<OrderId, Order> known = orders.stream().collect(toMap(Order::id, Function.identity()));
        return locks
                .take(
                        ORDER,
                        known.keySet(),
                        () -> session.query(
                                this::head,
                                PROGRESS + " from <commerce>orders o where o.id in (?) order by o.id"
                                        + " for update skip locked",
                                known.keySet()))
                .stream()
                .filter(head -> head.progress.status() == OrderStatus.PENDING)
                .map(head -> head.with(requireNonNull(known.get(head.order)).lines()))
                .toList();
    }

    @Override
    public List<Order> list(OrderQuery query, @Nullable OrderPlace after, int limit) {
        OrderListSql list = new OrderListSql(query, after, limit);
        String text = list.text(COLUMNS);
        return orders(session.query(this::line, text, list.parameters()));
    }

    @Override
    public Map<OrderId, OrderLabels> labels(Collection<OrderId> ids) {
        return labels.find(ids);
    }

    @Override
    public Map<String, OrderId> holders(Collection<String> uniqueReferences) {
        return labels.holders(uniqueReferences);
    }

    @Override
    public void label(OrderId order, OrderLabels changed) {
        labels.replace(order, changed);
    }

    @Override
    public boolean hasPayable(UserId user, Instant now) {
        return session.query(row -> row.getLong(1), """
                        select count(*) from <commerce>orders
                        where user_id = ? and status = 'PENDING' and (expires_at > ? or from_balance > 0)
                        """, user, now).get(0) > 0;
    }

    @Override
    public void write(List<StoredOrder> orders) {
        session.updateLater("orders", """
                update <commerce>orders
                set status = ?, discount = ?, user_coupon_id = ?, expires_at = ?, paid_at = ?, returned_at = ?, closed_at = ?,
                  from_balance = ?, from_outside = ?, under_way = ?, given_back = ?, refunded_to_balance = ?,
                  balance_parts = ?, events = ?
                where id = ?
                """, rows(orders, JdbcOrderStore::columns));
    }

    private static @Nullable Object[] columns(StoredOrder stored) {
        Order order = stored.order();
        PaidAmounts paid = order.paid();
        return new Object[] {
            order.status(),
            order.discount().amount(),
            order.discount().coupon(),
            order.expiresAt(),
            order.paidAt(),
            order.returnedAt(),
            order.closedAt(),
            paid.fromBalance(),
            paid.fromOutside(),
            paid.underWay(),
            paid.givenBack(),
            paid.refundedToBalance(),
            stored.balanceParts(),
            stored.events(),
            order.id()
        };
    }

    /** An order without its lines. */
    private record Head(OrderId order, UserId user, OrderProgress progress, int balanceParts, int events) {
        StoredOrder with(List<OrderLine> lines) {
            return new StoredOrder(new Order(order, user, lines, progress), events, balanceParts);
        }
    }

    private Head head(ResultSet row) throws SQLException {
        RowReader columns = session.rows();
        Times times = new Times(
                columns.instant(row, 4),
                columns.instant(row, 5),
                columns.instant(row, 6),
                columns.instantOrNull(row, 7),
                columns.instantOrNull(row, 18),
                columns.instantOrNull(row, 8));
        Long coupon = RowReader.longOrNull(row, 10);
        Discount discount = new Discount(columns.money(row, 9), coupon == null ? null : new UserCouponId(coupon));
        PaidAmounts paid = new PaidAmounts(
                columns.money(row, 11),
                columns.money(row, 12),
                columns.money(row, 13),
                columns.money(row, 14),
                columns.money(row, 15));
        return new Head(
                new OrderId(row.getLong(1)),
                new UserId(row.getString(2)),
                new OrderProgress(OrderStatus.valueOf(row.getString(3)), times, discount, paid),
                row.getInt(16),
                row.getInt(17));
    }

    /** One line of an order, with what it has in common with the other lines of that order. */
    private record Line(Head head, OrderLine line) {}

    private Line line(ResultSet row) throws SQLException {
        OrderedItem item = new OrderedItem(
                new OptionId(row.getLong(20)), row.getString(21), new ProductId(row.getLong(22)), row.getString(23));
        return new Line(
                head(row),
                new OrderLine(row.getInt(19), item, session.rows().money(row, 24), row.getLong(25), row.getLong(26)));
    }

    private static <T> Map<OrderId, T> byId(List<Line> lines, Function<StoredOrder, T> part) {
        return stored(lines).stream().collect(toMap(stored -> stored.order().id(), part));
    }

    private static List<Order> orders(List<Line> rows) {
        return stored(rows).stream().map(StoredOrder::order).toList();
    }

    /** Puts each order together from its rows, one a line, in the order in which they come. */
    private static List<StoredOrder> stored(List<Line> rows) {
        Map<OrderId, List<Line>> orders = new LinkedHashMap<>();
        rows.forEach(row ->
                orders.computeIfAbsent(row.head.order, id -> new ArrayList<>(1)).add(row));
        return orders.values().stream()
                .map(lines ->
                        lines.get(0).head.with(lines.stream().map(Line::line).toList()))
                .toList();
    }
}
