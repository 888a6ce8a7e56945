package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.store.EventStore.Place;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * DeadLetters that could not be delivered, for somebody to look at. An event is set aside after its last try; until it
 * is retried or discarded, the later events of its order wait. Thread-safe.
 */
public final class DeadLetters {
    private static final String SET_ASIDE = "events-set-aside";
    private static final long LAST_MICROS = micros(Instant.parse("9999-12-31T00:00:00Z"));
    private static final int RETRY_CHUNK = 1_000;

    private final UseCaseContext context;

    DeadLetters(UseCaseContext context) {
        this.context = context;
    }

    /**
     * The events that are set aside, each with its error, the longest so first. At most one an order.
     *
     * @throws CommerceException VALIDATION_ERROR if the cursor is not one of this list
     */
    public Page<Delivery> list(PageRequest page) {
        Place after = place(required(page, "page").after());
        return context.transactions().run("deadLetters.list", stores -> {
            List<Delivery> found = stores.events().setAside(after, page.size() + 1);
            return Page.of(found, page.size(), DeadLetters::cursor);
        });
    }

    /**
     * Has the event of this order that is set aside tried anew, as if it had never been.
     *
     * @return the event, waiting, due now
     * @throws CommerceException ORDER_NOT_FOUND, INVALID_ORDER_STATUS if no event of the order is set aside
     */
    public Delivery retry(OrderId order) {
        Instant now = context.now();
        return change("deadLetters.retry", order, setAside -> setAside.retried(now));
    }

    /**
     * Has every event that is set aside tried anew, a chunk a transaction.
     *
     * @return how many there were
     */
    public long retryAll() {
        Instant now = context.now();
        Place from = null;
        long retried = 0;
        while (true) {
            Place after = from;
            List<Delivery> chunk =
                    context.transactions().run("deadLetters.retryAll", stores -> retry(after, now, stores));
            retried += chunk.size();
            if (chunk.size() < RETRY_CHUNK) {
                return retried;
            }
            from = Place.behind(chunk.get(chunk.size() - 1));
        }
    }

    /** The events of the next chunk, as they were. Somebody else may have been at them, and is then ahead of us. */
    private static List<Delivery> retry(@Nullable Place after, Instant now, Stores stores) {
        List<Delivery> chunk = stores.events().setAside(after, RETRY_CHUNK).stream()
                .takeWhile(delivery -> !delivery.at().isAfter(now))
                .toList();
        if (!chunk.isEmpty()) {
            List<OrderId> orders =
                    chunk.stream().map(delivery -> delivery.event().order()).toList();
            stores.events()
                    .write(stores.events().lockSetAside(orders).stream()
                            .map(delivery -> delivery.retried(now))
                            .toList());
        }
        return chunk;
    }

    /**
     * Gives up the event of this order that is set aside: it will not be delivered, and the later events of the order
     * go on without it.
     *
     * @return the event, discarded
     * @throws CommerceException ORDER_NOT_FOUND, INVALID_ORDER_STATUS if no event of the order is set aside
     */
    public Delivery discard(OrderId order) {
        Instant now = context.now();
        return change("deadLetters.discard", order, setAside -> setAside.discarded(now));
    }

    private Delivery change(String useCase, OrderId order, UnaryOperator<Delivery> change) {
        required(order, "order");
        return context.transactions().run(useCase, stores -> {
            if (stores.orders().find(Set.of(order)).isEmpty()) {
                throw Order.notFound(order);
            }
            Delivery changed = stores.events().lockSetAside(Set.of(order)).stream()
                    .findFirst()
                    .map(change)
                    .orElseThrow(() -> nothingSetAside(order));
            stores.events().write(List.of(changed));
            return changed;
        });
    }

    private static CommerceException nothingSetAside(OrderId order) {
        return new CommerceException(
                ErrorCode.INVALID_ORDER_STATUS,
                "order " + order + " has no event that is set aside: listSetAside shows those that have",
                Map.of("order", order.value()));
    }

    private static Cursor cursor(Delivery delivery) {
        return Cursor.behind(
                SET_ASIDE,
                List.of(micros(delivery.at()), delivery.event().order().value(), (long)
                        delivery.event().number()));
    }

    private static @Nullable Place place(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        List<Long> keys = cursor.keys(SET_ASIDE, 3);
        long micros = Validation.range(keys.get(0), "cursor", 0, LAST_MICROS);
        return new Place(
                Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                new OrderId(keys.get(1)),
                keys.get(2).intValue());
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
