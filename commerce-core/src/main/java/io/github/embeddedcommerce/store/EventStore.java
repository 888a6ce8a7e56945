package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outbox: events of orders and the state of their delivery, in one transaction. Not thread-safe. */
public interface EventStore {
    /** Adds events, to be delivered once the transaction has committed. */
    void append(List<OrderEvent> events);

    /**
     * Waiting events that are due at this instant, the longest due first, not locked. An event is not due while an
     * earlier event of its order is neither delivered nor discarded.
     *
     * @param after only events that come after this one in that order; null to begin with the first
     */
    List<Delivery> due(Instant now, @Nullable Delivery after, int limit);

    /** Locks those of these events that are still due, skipping locked ones; also those whose lease has expired. */
    List<Delivery> lockDue(List<Delivery> due, Instant now);

    /**
     * Leases these events, whose rows are locked, and writes their tries and errors. A leased event is not due again
     * until the lease expires.
     */
    void lease(List<Delivery> deliveries, Lease lease);

    /**
     * Writes the outcomes of leased events, which ends their lease, and one event that stays leased.
     *
     * @param next null if there is none
     * @return those that were still leased; the others, which another lease holds by now, are left as they are
     */
    List<Delivery> settle(List<Delivery> outcomes, @Nullable Delivery next, Lease lease);

    /**
     * Dead letters, the oldest first, not locked.
     *
     * @param after only events that come after this one in that order; null to begin with the first
     */
    List<Delivery> deadLetters(@Nullable Place after, int limit);

    /** The events that are kept of this order, in their order. */
    List<Delivery> of(OrderId order);

    /** Locks the dead letters of these orders: at most one each. */
    List<Delivery> lockDeadLetters(Collection<OrderId> orders);

    /** Writes these events as they now are; their rows are locked. */
    void write(List<Delivery> deliveries);

    /**
     * Removes events that were delivered or discarded before this instant, oldest first, skipping locked orders. Each
     * order counts its removed events.
     *
     * @return how many were removed; 0 if there is nothing more to do
     */
    int purgeSettled(Instant before, int limit);

    /**
     * A place in the list of dead letters: behind this one.
     *
     * @param at when it became a dead letter
     * @param order its order
     * @param number its number in that order
     */
    record Place(Instant at, OrderId order, int number) {
        /** The place behind this event. */
        public static Place behind(Delivery delivery) {
            return new Place(
                    delivery.at(), delivery.event().order(), delivery.event().number());
        }
    }
}
