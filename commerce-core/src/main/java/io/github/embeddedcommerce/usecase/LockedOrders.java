package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The orders that a transaction has locked, and what becomes of them. Not thread-safe. */
final class LockedOrders {
    private final Map<OrderId, Order> orders;
    private final Map<OrderId, Order> changed = new LinkedHashMap<>();

    private LockedOrders(Map<OrderId, Order> orders) {
        this.orders = new HashMap<>(orders);
    }

    static LockedOrders lock(Set<OrderId> ids, Stores stores) {
        return new LockedOrders(ids.isEmpty() ? Map.of() : stores.orders().lock(ids));
    }

    /** Those that these hold for. */
    Collection<Order> where(Predicate<Order> condition) {
        return orders.values().stream().filter(condition).toList();
    }

    /** The order as the requests before this one left it (ORDER_NOT_FOUND, UNAUTHORIZED_ORDER_ACCESS). */
    Order require(OrderId id, UserId user) {
        Order order = orders.get(id);
        if (order == null) {
            throw Order.notFound(id);
        }
        order.requireOwner(user);
        return order;
    }

    /** The order has made a step. */
    void put(Order order) {
        orders.put(order.id(), order);
        changed.put(order.id(), order);
    }

    /** Writes the orders that have changed, each with its event. */
    void write(Stores stores) {
        stores.orders().write(List.copyOf(changed.values()));
        stores.events().append(changed.values().stream().map(OrderEvent::of).toList());
    }
}
