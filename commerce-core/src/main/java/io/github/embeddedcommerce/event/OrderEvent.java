package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Objects;

/**
 * What happened to an order, written in the transaction in which it happened: one event for each change of its status,
 * and for what its money and its goods went through besides. Immutable.
 *
 * <p>Delivery is at least once: a sink drops duplicates by {@link #id}. The events of one order arrive in the order of
 * their numbers; those of different orders in any order.
 *
 * @param order the order; the key to partition by on an ordered message broker
 * @param number the number of this event among those of its order, from 1
 * @param type what happened
 * @param user the order's owner
 * @param at when
 * @param subject the number of the payment, refund or return it is about; 0 if it is about the order itself
 */
public record OrderEvent(OrderId order, int number, Type type, UserId user, Instant at, long subject) {
    /** @throws IllegalArgumentException if the number is impossible, which means a bug or a damaged database */
    public OrderEvent {
        if (number < 1 || subject < 0 || (subject == 0) != type.isOfStatus()) {
            throw new IllegalArgumentException(
                    "order " + order + " cannot have an event " + number + ", " + type + " of " + subject);
        }
    }

    /** An event of an order's status, which is about the order itself. */
    public OrderEvent(OrderId order, int number, Type type, UserId user, Instant at) {
        this(order, number, type, user, at, 0);
    }

    /** What can happen to an order. */
    public enum Type {
        /** It was paid. */
        PAID,
        /** It was cancelled; if it had been paid, also refunded. */
        CANCELLED,
        /** It was not paid in time. */
        EXPIRED,
        /** Money came from outside that the order could not take: it is to be refunded, or closed by the host. */
        PAYMENT_UNAPPLIED,
        /** Money is to be refunded outside. */
        REFUND_DUE,
        /** Some of its units were given back. */
        RETURNED;

        /** Whether it is a change of the order's status. */
        public boolean isOfStatus() {
            return this == PAID || this == CANCELLED || this == EXPIRED;
        }
    }

    /** The id of the event, unique in the shop and the same on each delivery: {@code <order>-<number>}. */
    public String id() {
        return order + "-" + number;
    }

    /**
     * The event of the latest change of this order's status.
     *
     * @param number its number among the events of the order
     */
    public static OrderEvent of(Order order, int number) {
        Type type = switch (order.status()) {
            case PAID -> Type.PAID;
            case CANCELLED -> Type.CANCELLED;
            case EXPIRED -> Type.EXPIRED;
            case PENDING -> throw new IllegalArgumentException("placing an order is not an event");
        };
        Instant at = Objects.requireNonNull(type == Type.PAID ? order.paidAt() : order.closedAt());
        return new OrderEvent(order.id(), number, type, order.user(), at);
    }
}
