package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.EVENT;
import static io.github.embeddedcommerce.transaction.LockOrder.ORDER;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record InMemoryEvents(Rows rows, Journal journal) implements EventStore {
    private static final Comparator<Delivery> LONGEST_FIRST = Comparator.comparing(Delivery::at)
            .thenComparing(delivery -> delivery.event().order())
            .thenComparing(delivery -> delivery.event().number());

    @Override
    public void append(List<OrderEvent> events) {
        for (OrderEvent event : events) {
            rows.deliveries.put(event.id(), new Delivery(event, Status.WAITING, event.at(), 0, ""));
            journal.appends("event " + event.number() + " of order " + event.order());
        }
    }

    @Override
    public List<Delivery> due(Instant now, @Nullable Delivery after, int limit) {
        return waiting(now)
                .filter(delivery -> earlier(delivery).allMatch(InMemoryEvents::isSettled))
                .filter(delivery -> after == null || LONGEST_FIRST.compare(delivery, after) > 0)
                .sorted(LONGEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Delivery> claim(List<Delivery> due, Instant now, Lease lease) {
        Set<OrderEvent> wanted = due.stream().map(Delivery::event).collect(Collectors.toSet());
        List<Delivery> claimed = waiting(now)
                .filter(delivery -> wanted.contains(delivery.event()))
                .map(delivery -> rows.leases.containsKey(delivery.event().id()) ? delivery.abandoned() : delivery)
                .toList();
        lock(claimed);
        for (Delivery delivery : claimed) {
            rows.leases.put(delivery.event().id(), lease.token());
            put(new Delivery(delivery.event(), delivery.status(), lease.until(), delivery.tries(), delivery.error()));
        }
        return claimed;
    }

    @Override
    public List<Delivery> settle(List<Delivery> outcomes, Lease lease) {
        List<Delivery> ours = outcomes.stream()
                .filter(outcome ->
                        lease.token().equals(rows.leases.get(outcome.event().id())))
                .toList();
        lock(ours);
        for (Delivery outcome : ours) {
            rows.leases.remove(outcome.event().id());
            put(outcome);
        }
        return ours;
    }

    @Override
    public List<Delivery> setAside(@Nullable Place after, int limit) {
        return rows.deliveries.values().stream()
                .filter(delivery -> delivery.status() == Status.SET_ASIDE)
                .filter(delivery -> after == null || isBehind(delivery, after))
                .sorted(LONGEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Delivery> lockSetAside(Collection<OrderId> orders) {
        List<Delivery> found = setAside(null, Integer.MAX_VALUE).stream()
                .filter(delivery -> orders.contains(delivery.event().order()))
                .toList();
        lock(found);
        return found;
    }

    @Override
    public void write(List<Delivery> deliveries) {
        deliveries.forEach(this::put);
    }

    @Override
    public int purgeSettled(Instant before, int limit) {
        List<OrderEvent> gone = rows.deliveries.values().stream()
                .filter(delivery -> isSettled(delivery) && delivery.at().isBefore(before))
                .filter(delivery -> earlier(delivery).findAny().isEmpty())
                .sorted(LONGEST_FIRST)
                .limit(limit)
                .map(Delivery::event)
                .toList();
        journal.locks(ORDER, gone.stream().map(OrderEvent::order).toList());
        for (OrderEvent event : new ArrayList<>(gone)) {
            rows.deliveries.remove(event.id());
            rows.eventsPurged.merge(event.order(), 1, Integer::sum);
            journal.writesLocked(ORDER, event.order(), "purged event " + event.id());
        }
        return gone.size();
    }

    private Stream<Delivery> waiting(Instant now) {
        return rows.deliveries.values().stream()
                .filter(delivery -> delivery.status() == Status.WAITING)
                .filter(delivery -> !delivery.at().isAfter(now));
    }

    private Stream<Delivery> earlier(Delivery delivery) {
        return rows.deliveries.values().stream()
                .filter(other -> other.event().order().equals(delivery.event().order()))
                .filter(other -> other.event().number() < delivery.event().number());
    }

    private static boolean isSettled(Delivery delivery) {
        return delivery.status() == Status.DELIVERED || delivery.status() == Status.DISCARDED;
    }

    private static boolean isBehind(Delivery delivery, Place place) {
        Place own = Place.behind(delivery);
        return Comparator.comparing(Place::at)
                        .thenComparing(Place::order)
                        .thenComparing(Place::number)
                        .compare(own, place)
                > 0;
    }

    private void lock(List<Delivery> deliveries) {
        journal.locks(
                EVENT,
                deliveries.stream().map(delivery -> delivery.event().id()).toList());
    }

    private void put(Delivery delivery) {
        rows.deliveries.put(delivery.event().id(), delivery);
        journal.writesLocked(
                EVENT, delivery.event().id(), "event " + delivery.event().id());
    }
}
