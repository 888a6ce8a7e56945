package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderQuery.Step;
import io.github.embeddedcommerce.page.Cursor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list of orders: behind the order with this time and number. Immutable.
 *
 * @param at when it was placed or paid, whichever the list is sorted by
 * @param number its id, which breaks ties, or by which alone the list is sorted
 */
public record OrderPlace(Instant at, long number) {
    private static final long LAST_MICROS = micros(Instant.parse("9999-12-31T00:00:00Z"));

    /** The position behind this order. */
    public static Cursor cursor(OrderQuery query, Order order) {
        Instant paidAt = order.paidAt();
        Instant at = query.period().step() == Step.PAID && paidAt != null ? paidAt : order.placedAt();
        return Cursor.behind(query.listName(), List.of(micros(at), order.id().value()));
    }

    /** The position in the list of this query; null for its beginning. */
    public static @Nullable OrderPlace of(OrderQuery query, @Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        List<Long> keys = cursor.keys(query.listName(), 2);
        long micros = Validation.range(keys.get(0), "cursor", 0, LAST_MICROS);
        return new OrderPlace(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), keys.get(1));
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
