package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The events of the reference, on their way out. */
final class ReferenceEvents {
    /** What the sink says that does not take an event. */
    static final String FAILURE = "out of paper";

    private final ReferenceShop shop;
    private final TreeMap<Long, List<Event>> byOrder = new TreeMap<>();

    ReferenceEvents(ReferenceShop shop) {
        this.shop = shop;
    }

    private static final class Event {
        final long order;
        final String facts;
        String status = "WAITING";
        Instant at;
        Instant lastTry = Instant.MIN;
        int tries;
        String error = "";

        Event(ReferenceOrders.Placed order, String type, long subject, Instant now) {
            this.order = order.id;
            int number = ++order.events;
            this.facts = Told.of(order.id, number, type, order.user, now, subject);
            this.at = now;
        }

        boolean is(String wanted) {
            return status.equals(wanted);
        }

        boolean isSettled() {
            return is("DELIVERED") || is("DISCARDED");
        }

        void become(String next, Instant now) {
            status = next;
            at = now;
        }

        String told() {
            return Told.of(facts, status, is("WAITING") && tries > 0 ? null : at, tries, error);
        }
    }

    /** The order has become what it is. */
    void append(ReferenceOrders.Placed order) {
        append(order, order.status, 0);
    }

    /** Something has happened to a payment of the order. Which id a refund has is the shop's affair. */
    void append(ReferenceOrders.Placed order, String type, long subject) {
        byOrder.computeIfAbsent(order.id, first -> new ArrayList<>()).add(new Event(order, type, subject, shop.now));
    }

    /**
     * Delivers what is due: of each order the first event that is not settled, and if that is taken the next.
     *
     * @param tries how often an event is tried before it becomes a dead letter
     * @param fails whether the sink does not take an event of this order
     * @return what the run did, and what the sink was handed, in the order of the order numbers
     */
    String deliver(int tries, Predicate<Long> fails) {
        long delivered = 0;
        long failed = 0;
        long deadLetters = 0;
        List<String> handed = new ArrayList<>();
        for (List<Event> events : byOrder.values()) {
            for (Event event : events) {
                boolean rests = event.lastTry.equals(shop.now);
                if (!event.isSettled() && (event.is("DEAD") || rests)) {
                    break;
                }
                if (event.isSettled()) {
                    continue;
                }
                if (event.tries >= tries) {
                    event.become("DEAD", shop.now);
                    deadLetters++;
                    break;
                }
                handed.add(event.facts);
                event.tries++;
                if (!fails.test(event.order)) {
                    event.become("DELIVERED", shop.now);
                    delivered++;
                    continue;
                }
                event.error = "java.io.IOException: " + FAILURE;
                if (event.tries >= tries) {
                    event.become("DEAD", shop.now);
                    deadLetters++;
                } else {
                    event.lastTry = shop.now;
                    failed++;
                }
                break;
            }
        }
        return Told.of(delivered, failed, deadLetters, handed);
    }

    private Stream<Event> deadLetters() {
        return byOrder.values().stream().flatMap(List::stream).filter(event -> event.is("DEAD"));
    }

    /** The longest so first. */
    List<String> listDeadLetters() {
        return deadLetters()
                .sorted(Comparator.comparing((Event event) -> event.at).thenComparing(event -> event.order))
                .map(Event::told)
                .toList();
    }

    String retry(long order) {
        return retried(deadLetter(order)).told();
    }

    String retryAll() {
        List<Event> all = deadLetters().toList();
        all.forEach(this::retried);
        return String.valueOf(all.size());
    }

    private Event retried(Event event) {
        event.become("WAITING", shop.now);
        event.lastTry = Instant.MIN;
        event.tries = 0;
        return event;
    }

    String discard(long order) {
        Event event = deadLetter(order);
        event.become("DISCARDED", shop.now);
        return event.told();
    }

    boolean hasDeadLetter(long order) {
        return deadLetters().anyMatch(event -> event.order == order);
    }

    private Event deadLetter(long order) {
        Refused.unless(shop.orders.all.get(order), ORDER_NOT_FOUND);
        return deadLetters()
                .filter(event -> event.order == order)
                .findFirst()
                .orElseThrow(() -> new Refused(INVALID_ORDER_STATUS));
    }

    /** How many events that were settled before this instant are removed. */
    long purge(Instant before) {
        long purged = 0;
        for (List<Event> events : byOrder.values()) {
            while (!events.isEmpty()
                    && events.get(0).isSettled()
                    && events.get(0).at.isBefore(before)) {
                events.remove(0);
                purged++;
            }
        }
        return purged;
    }

    void write(Map<String, Collection<String>> books) {
        books.put(
                """
                select order_id, number, type, user_id, happened_at,
                  case when type = 'REFUND_DUE' then 0 else subject end, status,
                  case when status = 'WAITING' and tries > 0 then null else status_at end, tries, error
                from <commerce>order_events
                order by order_id, number
                """,
                byOrder.values().stream().flatMap(List::stream).map(Event::told).toList());
    }
}
