package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened to an order, written in the transaction in which it happened. Every change of an order's
 * status but the first has exactly one. Immutable.
 *
 * <p>It is delivered at least once, so a sink may see it twice: {@link #id} tells. The events of one order arrive in
 * the order of their numbers; those of different orders in any order.
 *
 * @param order the order, by which a broker that keeps the order of messages should group them
 * @param number 1 for the order's first event, then counted up without a gap
 * @param type what happened
 * @param user the order's owner
 * @param at when
 */
public record OrderEvent(OrderId order, int number, Type type, UserId user, Instant at) {
    /** Refuses a number that an event cannot have: it would mean a bug or a damaged database. */
    public OrderEvent {
        if (number < 1 || number > 2) {
            throw new IllegalArgumentException("order " + order + " cannot have an event " + number);
        }
    }

    /** What can happen to an order. */
    public enum Type {
        /** It was paid. */
        PAID,
        /** It was cancelled; if it had been paid, also refunded. */
        CANCELLED,
        /** It was not paid in time. */
        EXPIRED
    }

    /** The same each time this event is delivered, and no other event's in this shop: the order, a dash, the number. */
    public String id() {
        return order + "-" + number;
    }

    /** The event of this order having just become what it is, at the time at which it did. */
    public static OrderEvent of(Order order) {
        Type type = switch (order.status()) {
            case PAID -> Type.PAID;
            case CANCELLED -> Type.CANCELLED;
            case EXPIRED -> Type.EXPIRED;
            case PENDING -> throw new IllegalArgumentException("placing an order is not an event");
        };
        boolean paidBefore = type != Type.PAID && order.paidAt() != null;
        Instant at = Objects.requireNonNull(type == Type.PAID ? order.paidAt() : order.closedAt());
        return new OrderEvent(order.id(), paidBefore ? 2 : 1, type, order.user(), at);
    }
}
