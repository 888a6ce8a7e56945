package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose the latest orders of this process are. The library shows an order to its owner only; a call that names none, as
 * {@code GET /api/orders/{orderId}} may, is taken to come from the owner. Thread-safe.
 */
final class OrderOwners {
    private static final int KEPT = 100_000;

    private final Map<OrderId, UserId> owners = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<OrderId, UserId> eldest) {
            return size() > KEPT;
        }
    };

    synchronized Order remember(Order order) {
        owners.put(order.id(), order.user());
        return order;
    }

    synchronized Optional<UserId> of(OrderId order) {
        return Optional.ofNullable(owners.get(order));
    }
}
