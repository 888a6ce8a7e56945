package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.EVENT;
import static io.github.embeddedcommerce.transaction.LockOrder.ORDER;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.Delivery.Status;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.EventStore;
import io.github.embeddedcommerce.store.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events as the port wants them; their SQL is in {@link EventSql}. */
final class JdbiEventStore implements EventStore {
    private static final Place BEFORE_ALL = new Place(Instant.EPOCH, new OrderId(1), 0);
    private static final Comparator<EventSql.Leased> BY_ORDER = Comparator.comparing(
                    (EventSql.Leased leased) -> leased.delivery().event().order())
            .thenComparing(leased -> leased.delivery().event().number());

    private final StoreConnection connection;
    private final SqlSession session;
    private final RowLocks locks;
    private @Nullable EventSql sql;

    JdbiEventStore(StoreConnection connection, SqlSession session, RowLocks locks) {
        this.connection = connection;
        this.session = session;
        this.locks = locks;
    }

    private EventSql sql() {
        session.flush();
        if (sql == null) {
            sql = connection.jdbi().attach(EventSql.class);
        }
        return sql;
    }

    @Override
    public void append(List<OrderEvent> events) {
        session.insertLater("""
                insert into <commerce>order_events
                  (order_id, number, type, subject, user_id, happened_at, status, status_at, tries, error)
                values (?, ?, ?, ?, ?, ?, 'WAITING', ?, 0, '')
                """, rows(events, event -> new Object[] {
            event.order(), event.number(), event.type(), event.subject(), event.user(), event.at(), event.at()
        }));
    }

    /** At most one event of an order is due, so the time and the order make a place in the list. */
    @Override
    public List<Delivery> due(Instant now, @Nullable Delivery after, int limit) {
        return after == null
                ? sql().due(now, Instant.EPOCH, 0, limit)
                : sql().due(now, after.at(), after.event().order().value(), limit);
    }

    @Override
    public List<Delivery> lockDue(List<Delivery> due, Instant now) {
        if (due.isEmpty()) {
            return List.of();
        }
        Set<OrderEvent> wanted = due.stream().map(Delivery::event).collect(toSet());
        return locks.take(EVENT, orders(due), () -> sql().lockFree(orders(due))).stream()
                .filter(delivery -> wanted.contains(delivery.event()))
                .filter(delivery ->
                        delivery.status() == Status.WAITING && !delivery.at().isAfter(now))
                .toList();
    }

    @Override
    public void lease(List<Delivery> deliveries, Lease lease) {
        if (!deliveries.isEmpty()) {
            UpdateCounts.each(sql().lease(deliveries, lease), "order_events");
        }
    }

    /** In one statement, sorted: two hosts that both believe to hold the same events take turns at them. */
    @Override
    public List<Delivery> settle(List<Delivery> outcomes, @Nullable Delivery next, Lease lease) {
        Stream<EventSql.Leased> handedOver = Stream.ofNullable(next).map(one -> EventSql.Leased.still(one, lease));
        List<EventSql.Leased> sorted = Stream.concat(outcomes.stream().map(EventSql.Leased::ended), handedOver)
                .sorted(BY_ORDER)
                .toList();
        List<Delivery> deliveries =
                sorted.stream().map(EventSql.Leased::delivery).toList();
        if (deliveries.isEmpty()) {
            return List.of();
        }
        int[] written = locks.take(EVENT, orders(deliveries), () -> sql().settle(sorted, lease));
        List<Delivery> settled = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            if (written[i] == 1) {
                settled.add(deliveries.get(i));
            }
        }
        return settled;
    }

    @Override
    public List<Delivery> deadLetters(@Nullable Place after, int limit) {
        return sql().deadLetters(after == null ? BEFORE_ALL : after, limit);
    }

    @Override
    public List<Delivery> of(OrderId order) {
        return sql().of(order);
    }

    @Override
    public List<Delivery> lockDeadLetters(Collection<OrderId> orders) {
        return orders.isEmpty()
                ? List.of()
                : locks.take(EVENT, orders, () -> sql().lock(orders)).stream()
                        .filter(delivery -> delivery.status() == Status.DEAD)
                        .toList();
    }

    @Override
    public void write(List<Delivery> deliveries) {
        if (!deliveries.isEmpty()) {
            UpdateCounts.each(sql().write(deliveries), "order_events");
        }
    }

    @Override
    public int purgeSettled(Instant before, int limit) {
        List<EventSql.First> found = new ArrayList<>(sql().firstSettled(Status.DELIVERED, before, limit));
        if (found.size() < limit) {
            found.addAll(sql().firstSettled(Status.DISCARDED, before, limit - found.size()));
        }
        if (found.isEmpty()) {
            return 0;
        }
        List<OrderId> orders =
                found.stream().map(EventSql.First::order).sorted().toList();
        List<EventSql.First> first = locks.take(ORDER, orders, () -> sql().lockFirst(orders)).stream()
                .filter(Set.copyOf(found)::contains)
                .toList();
        if (!first.isEmpty()) {
            UpdateCounts.each(sql().countPurged(first), "orders");
            UpdateCounts.each(locks.take(EVENT, orders, () -> sql().remove(first)), "order_events");
        }
        return first.size();
    }

    private static List<OrderId> orders(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.event().order()).toList();
    }
}
