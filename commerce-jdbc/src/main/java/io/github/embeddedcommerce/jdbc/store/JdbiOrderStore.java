package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.ORDER;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.jdbc.store.OrderSql.LineOfOrder;
import io.github.embeddedcommerce.jdbc.store.OrderSql.Locked;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.store.OrderDraft;
import io.github.embeddedcommerce.store.OrderStore;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Orders as the port wants them; their SQL is in {@link OrderSql}. */
final class JdbiOrderStore implements OrderStore {
    private static final Instant BEFORE_ALL = Instant.EPOCH;

    private final OrderSql sql;
    private final BatchInserts inserts;
    private final RowLocks locks;

    JdbiOrderStore(Handle handle, RowLocks locks) {
        this.inserts = new BatchInserts(handle);
        this.sql = handle.attach(OrderSql.class);
        this.locks = locks;
    }

    @Override
    public List<Optional<OrderId>> insert(List<OrderDraft> drafts) {
        List<Optional<OrderId>> ids = inserts.idsOfEach(OrderSql.INSERT, drafts, OrderId::new);
        List<LineOfOrder> lines = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            OrderDraft draft = drafts.get(i);
            ids.get(i).ifPresent(id -> draft.lines().forEach(line -> lines.add(new LineOfOrder(id, line))));
        }
        if (!lines.isEmpty()) {
            sql.insertLines(lines);
        }
        return ids;
    }

    @Override
    public Map<OrderId, Order> find(Collection<OrderId> ids) {
        return orders(sql.find(ids)).stream().collect(toMap(Order::id, Function.identity()));
    }

    @Override
    public Map<OrderId, Order> lock(Collection<OrderId> ids) {
        List<OrderId> locked = ids.isEmpty() ? List.of() : locks.take(ORDER, ids, () -> sql.lock(ids));
        if (locked.isEmpty()) {
            return Map.of();
        }
        return orders(sql.find(locked)).stream().collect(toMap(Order::id, Function.identity()));
    }

    @Override
    public List<Order> overdue(Instant now, @Nullable Order after, int limit) {
        return orders(sql.overdue(now, from(after), fromId(after), limit));
    }

    @Override
    public List<Order> overdueHolding(Set<OptionId> options, Instant now, @Nullable Order after, int limit) {
        return orders(sql.overdueHolding(options, now, from(after), fromId(after), limit));
    }

    private static Instant from(@Nullable Order after) {
        return after == null ? BEFORE_ALL : after.expiresAt();
    }

    private static long fromId(@Nullable Order after) {
        return after == null ? 0 : after.id().value();
    }

    @Override
    public Set<OrderId> lockPending(Collection<OrderId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return locks.take(ORDER, ids, () -> sql.lockFree(ids)).stream()
                .filter(locked -> locked.status() == OrderStatus.PENDING)
                .map(Locked::id)
                .collect(toSet());
    }

    @Override
    public List<Order> list(UserId user, @Nullable OrderStatus status, long below, int limit) {
        return orders(status == null ? sql.list(user, below, limit) : sql.listWith(status, user, below, limit));
    }

    @Override
    public boolean hasPayable(UserId user, Instant now) {
        return sql.countPayable(user, now) > 0;
    }

    @Override
    public void write(List<Order> orders) {
        if (!orders.isEmpty()) {
            UpdateCounts.each(sql.write(orders), "orders");
        }
    }

    /** Puts each order together from its rows, one a line, in the order in which they come. */
    private static List<Order> orders(List<OrderSql.LineRow> rows) {
        Map<OrderId, List<OrderLine>> lines = new LinkedHashMap<>();
        Map<OrderId, OrderSql.LineRow> heads = new LinkedHashMap<>();
        for (OrderSql.LineRow row : rows) {
            heads.putIfAbsent(row.id(), row);
            lines.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row.line());
        }
        return heads.values().stream()
                .map(head ->
                        new Order(head.id(), head.user(), lines.getOrDefault(head.id(), List.of()), head.progress()))
                .toList();
    }
}
