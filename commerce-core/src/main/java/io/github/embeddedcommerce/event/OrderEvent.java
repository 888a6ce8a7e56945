package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Objects;

/**
 * That an order was paid, cancelled or expired, written in the transaction in which it happened: one event for each
 * change of status. Immutable.
 *
 * <p>Delivery is at least once: a sink drops duplicates by {@link #id}. The events of one order arrive in the order of
 * their numbers; those of different orders in any order.
 *
 * @param order the order; the key to partition by on an ordered message broker
 * @param number 1 or 2: the number of this event among those of its order
 * @param type what happened
 * @param user the order's owner
 * @param at when
 */
public record OrderEvent(OrderId order, int number, Type type, UserId user, Instant at) {
    /** @throws IllegalArgumentException if the number is impossible, which means a bug or a damaged database */
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

    /** The id of the event, unique in the shop and the same on each delivery: {@code <order>-<number>}. */
    public String id() {
        return order + "-" + number;
    }

    /** The event of the latest change of this order's status. */
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
