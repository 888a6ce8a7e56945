package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageException;
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
 * Events that could not be delivered. An event becomes a dead letter after its last try; until it is retried or
 * discarded, the later events of its order wait. Each use case is one transaction unless it says otherwise; a refusal
 * has written nothing. Thread-safe.
 */
public final class DeadLetters {
    private static final String LIST = "dead-letters";
    private static final long LAST_MICROS = micros(Instant.parse("9999-12-31T00:00:00Z"));
    private static final int RETRY_CHUNK = 1_000;

    private final UseCaseContext context;

    DeadLetters(UseCaseContext context) {
        this.context = context;
    }

    /**
     * Lists the dead letters, each with its error, the oldest first. An order has at most one.
     *
     * @throws CommerceException VALIDATION_ERROR if the page is null or its cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Delivery> list(PageRequest page) {
        Place after = place(required(page, "page").after());
        return context.transactions().run("deadLetters.list", stores -> {
            List<Delivery> found = stores.events().deadLetters(after, page.size() + 1);
            return Page.of(found, page.size(), DeadLetters::cursor);
        });
    }

    /**
     * Retries the dead letter of this order: it is due now, with all its tries.
     *
     * @return the event, WAITING
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException INVALID_ORDER_STATUS if the order has no dead letter
     * @throws CommerceException VALIDATION_ERROR if the order is null
     * @throws StorageException if the database could not do it
     */
    public Delivery retry(OrderId order) {
        Instant now = context.now();
        return change("deadLetters.retry", order, dead -> dead.retried(now));
    }

    /**
     * Retries all dead letters, in chunks of 1,000 with one transaction each. Those that appear in the meantime stay.
     *
     * @return how many there were
     * @throws StorageException if the database could not do it; the chunks before have been retried
     */
    public long retryAll() {
        Instant now = context.now();
        List<Delivery> chunk = retry(null, Instant.MAX, now);
        long retried = chunk.size();
        while (chunk.size() == RETRY_CHUNK) {
            Delivery last = chunk.get(chunk.size() - 1);
            Instant until = last.at().isAfter(now) ? last.at() : now;
            chunk = retry(Place.behind(last), until, now);
            retried += chunk.size();
        }
        return retried;
    }

    private List<Delivery> retry(@Nullable Place after, Instant until, Instant now) {
        return context.transactions().run("deadLetters.retryAll", stores -> retry(after, until, now, stores));
    }

    /**
     * The dead letters of the next chunk, as they were. Those that another call has retried by now are skipped. Nothing
     * in the first chunk is too late to be retried: it was there, whatever a slow clock says.
     */
    private static List<Delivery> retry(@Nullable Place after, Instant until, Instant now, Stores stores) {
        List<Delivery> chunk = stores.events().deadLetters(after, RETRY_CHUNK).stream()
                .takeWhile(delivery -> !delivery.at().isAfter(until))
                .toList();
        if (!chunk.isEmpty()) {
            List<OrderId> orders =
                    chunk.stream().map(delivery -> delivery.event().order()).toList();
            stores.events()
                    .write(stores.events().lockDeadLetters(orders).stream()
                            .map(delivery -> delivery.retried(now))
                            .toList());
        }
        return chunk;
    }

    /**
     * Discards the dead letter of this order: it will never be delivered, and the later events of the order are.
     *
     * @return the event, DISCARDED
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException INVALID_ORDER_STATUS if the order has no dead letter
     * @throws CommerceException VALIDATION_ERROR if the order is null
     * @throws StorageException if the database could not do it
     */
    public Delivery discard(OrderId order) {
        Instant now = context.now();
        return change("deadLetters.discard", order, dead -> dead.discarded(now));
    }

    private Delivery change(String useCase, OrderId order, UnaryOperator<Delivery> change) {
        required(order, "order");
        return context.transactions().run(useCase, stores -> {
            if (stores.orders().find(Set.of(order)).isEmpty()) {
                throw Order.notFound(order);
            }
            Delivery changed = stores.events().lockDeadLetters(Set.of(order)).stream()
                    .findFirst()
                    .map(change)
                    .orElseThrow(() -> noDeadLetter(order));
            stores.events().write(List.of(changed));
            return changed;
        });
    }

    private static CommerceException noDeadLetter(OrderId order) {
        return new CommerceException(
                ErrorCode.INVALID_ORDER_STATUS,
                "order " + order + " has no dead letter: list shows the orders that have one",
                Map.of("order", order.value()));
    }

    private static Cursor cursor(Delivery delivery) {
        return Cursor.behind(
                LIST, List.of(micros(delivery.at()), delivery.event().order().value(), (long)
                        delivery.event().number()));
    }

    private static @Nullable Place place(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        List<Long> keys = cursor.keys(LIST, 3);
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
