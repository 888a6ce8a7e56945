package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps events until they are delivered, and a while longer, in the transaction it was handed out in. */
public interface EventStore {
    /** Adds events, to be delivered once the transaction has committed. */
    void append(List<OrderEvent> events);

    /**
     * Waiting events whose turn came at this instant or earlier, the longest waiting first, unlocked. An event whose
     * order has an earlier one that is neither delivered nor discarded is not among them, and nothing but delivering or
     * discarding that one changes this.
     *
     * @param after only events that come after this one in that order; null to begin with the first
     */
    List<Delivery> due(Instant now, @Nullable Delivery after, int limit);

    /**
     * Leases those of these events that are still due and that nobody else is at; until the lease runs out, nobody else
     * is handed them.
     *
     * @return them as they were before, {@link Delivery#abandoned} if an earlier lease ran out
     */
    List<Delivery> claim(List<Delivery> due, Instant now, Lease lease);

    /**
     * Writes what became of leased events, and ends the lease.
     *
     * @return those that nobody else has claimed in the meantime; the others are left as they are
     */
    List<Delivery> settle(List<Delivery> outcomes, Lease lease);

    /**
     * Events that are set aside, longest first, unlocked.
     *
     * @param after only events that come after this one in that order; null to begin with the first
     */
    List<Delivery> setAside(@Nullable Place after, int limit);

    /** Locks the events of these orders that are set aside: at most one each. */
    List<Delivery> lockSetAside(Collection<OrderId> orders);

    /** Writes these events as they now are; their rows are locked. */
    void write(List<Delivery> deliveries);

    /**
     * Removes events that were delivered or discarded before this instant, oldest first, of each order from its first
     * on, and passing over the orders that somebody else has locked. Each order remembers how many it has lost.
     *
     * @return how many were removed; 0 if there is nothing more to do
     */
    int purgeSettled(Instant before, int limit);

    /**
     * A place in the list of events that are set aside: behind this one.
     *
     * @param at when it was set aside
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
