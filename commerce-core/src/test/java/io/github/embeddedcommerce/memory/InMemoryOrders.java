package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.ORDER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderDraft;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.store.OrderStore;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record InMemoryOrders(Rows rows, Journal journal, Faults faults) implements OrderStore {
    private static final Comparator<Order> LONGEST_OVERDUE_FIRST =
            Comparator.comparing(Order::expiresAt).thenComparing(Order::id);

    @Override
    public Optional<Order> insert(OrderDraft draft) {
        if (!rows.users.containsKey(draft.user())) {
            return Optional.empty();
        }
        Order order = draft.numbered(new OrderId(rows.orders.size() + 1L));
        rows.orders.put(order.id(), order);
        journal.adds(ORDER, order.id(), "order " + order.id());
        return Optional.of(order);
    }

    @Override
    public Optional<Order> find(OrderId id) {
        return Optional.ofNullable(rows.orders.get(id));
    }

    @Override
    public Map<OrderId, Order> lock(Collection<OrderId> ids) {
        faults.waitForOrders(rows);
        journal.locks(ORDER, ids);
        Map<OrderId, Order> orders = new TreeMap<>(rows.orders);
        orders.keySet().retainAll(ids);
        return orders;
    }

    @Override
    public List<Order> overdue(Instant now, @Nullable Order after, int limit) {
        return overdue(now, after).limit(limit).toList();
    }

    @Override
    public List<Order> overdueHolding(Set<OptionId> options, Instant now, @Nullable Order after, int limit) {
        return overdue(now, after)
                .filter(order -> !Collections.disjoint(order.quantities().keySet(), options))
                .limit(limit)
                .toList();
    }

    @Override
    public Set<OrderId> lockPending(Collection<OrderId> ids) {
        Set<OrderId> pending = ids.stream()
                .filter(id -> !faults.lockedElsewhere().contains(id))
                .filter(id -> requireNonNull(rows.orders.get(id)).status() == OrderStatus.PENDING)
                .collect(Collectors.toSet());
        journal.locks(ORDER, pending);
        return pending;
    }

    @Override
    public List<Order> list(UserId user, @Nullable OrderStatus status, long below, int limit) {
        return rows.orders.descendingMap().values().stream()
                .filter(order -> order.user().equals(user) && (status == null || order.status() == status))
                .filter(order -> order.id().value() < below)
                .limit(limit)
                .toList();
    }

    @Override
    public boolean hasPayable(UserId user, Instant now) {
        return rows.orders.values().stream()
                .filter(order -> order.user().equals(user))
                .anyMatch(order -> order.status() == OrderStatus.PENDING && !order.isOverdue(now));
    }

    @Override
    public void write(List<Order> orders) {
        assertThat(orders.stream().map(Order::id)).doesNotHaveDuplicates();
        for (Order order : orders) {
            Order before = requireNonNull(rows.orders.get(order.id()));
            assertThat(before.status().next()).contains(order.status());
            journal.writesLocked(ORDER, order.id(), "order " + order.id());
            rows.orders.put(order.id(), order);
            faults.strike(order.id());
        }
    }

    private Stream<Order> overdue(Instant now, @Nullable Order after) {
        return rows.orders.values().stream()
                .filter(order -> order.status() == OrderStatus.PENDING && order.isOverdue(now))
                .filter(order -> after == null || LONGEST_OVERDUE_FIRST.compare(order, after) > 0)
                .sorted(LONGEST_OVERDUE_FIRST);
    }
}
