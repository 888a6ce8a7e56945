package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.event.HistoryEntry.Cancelled;
import io.github.embeddedcommerce.event.HistoryEntry.Expired;
import io.github.embeddedcommerce.event.HistoryEntry.Paid;
import io.github.embeddedcommerce.event.HistoryEntry.Placed;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that happened to an order, as it was when it was read. Immutable. Balance changes and events that were purged are
 * not in it, nor are the balance changes of an owner who was removed.
 *
 * @param order the order as it is
 * @param entries what happened, the earliest first; of one moment, the step of the order before what came with it
 */
public record OrderHistory(Order order, List<HistoryEntry> entries) {
    /** Copies the entries. */
    public OrderHistory {
        entries = List.copyOf(entries);
    }

    /** The steps of the order and what came with them, put in order; of one moment, the latter as it is given. */
    public static OrderHistory of(Order order, List<HistoryEntry> besides) {
        List<HistoryEntry> entries = new ArrayList<>();
        entries.add(new Placed(order.placedAt(), order.total()));
        Instant paidAt = order.paidAt();
        if (paidAt != null) {
            entries.add(new Paid(paidAt, order.finalAmount()));
        }
        Instant closedAt = order.closedAt();
        if (closedAt != null) {
            entries.add(order.status() == OrderStatus.EXPIRED ? new Expired(closedAt) : new Cancelled(closedAt));
        }
        entries.addAll(besides);
        entries.sort(Comparator.comparing(HistoryEntry::at)); // stable
        return new OrderHistory(order, entries);
    }
}
