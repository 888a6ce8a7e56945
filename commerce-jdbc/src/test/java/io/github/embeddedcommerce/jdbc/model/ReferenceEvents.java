package io.github.embeddedcommerce.jdbc.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The events of the reference. */
final class ReferenceEvents {
    private final ReferenceShop shop;
    private final TreeMap<Long, List<String>> byOrder = new TreeMap<>();

    ReferenceEvents(ReferenceShop shop) {
        this.shop = shop;
    }

    /** The order has become what it is. */
    void append(ReferenceOrders.Placed order) {
        List<String> events = byOrder.computeIfAbsent(order.id, first -> new ArrayList<>());
        events.add(Told.of(order.id, events.size() + 1, order.status, order.user, shop.now));
    }

    void write(Map<String, Collection<String>> books) {
        books.put("""
                select order_id, number, type, user_id, happened_at from <commerce>order_events
                order by order_id, number
                """, byOrder.values().stream().flatMap(List::stream).toList());
    }
}
