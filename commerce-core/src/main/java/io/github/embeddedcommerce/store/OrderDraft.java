package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * An order that is about to be placed: all of it but its id. Immutable.
 *
 * @param user who orders
 * @param lines at least one
 * @param placedAt now
 * @param expiresAt until when it can be paid
 * @param labels the host's reference and note
 */
public record OrderDraft(UserId user, List<OrderLine> lines, Instant placedAt, Instant expiresAt, OrderLabels labels) {
    /** Copies the lines. */
    public OrderDraft {
        lines = List.copyOf(lines);
    }

    /** A draft without a reference or note. */
    public OrderDraft(UserId user, List<OrderLine> lines, Instant placedAt, Instant expiresAt) {
        this(user, lines, placedAt, expiresAt, OrderLabels.none());
    }

    /** The sum of the lines. */
    public Money total() {
        return Order.total(lines);
    }
}
