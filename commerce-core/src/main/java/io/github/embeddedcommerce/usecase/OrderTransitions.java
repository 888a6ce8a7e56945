package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.store.OrderDraft;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an order from one state to the next, each to a new record, as {@link OrderStatus} allows them. Times of
 * one order never run backwards, even if the clock does: no transition is earlier than the previous one.
 */
public final class OrderTransitions {
    private OrderTransitions() {}

    /** The order of this draft, PENDING, now that it has an id. */
    public static Order placed(OrderDraft draft, OrderId id) {
        Times times = new Times(draft.placedAt(), draft.expiresAt(), null, null);
        OrderProgress progress = new OrderProgress(OrderStatus.PENDING, times, Discount.none(draft.total()));
        return new Order(id, draft.user(), draft.lines(), progress);
    }

    /** When the next step of this order happens, if it does now. What depends on the time of the step rests on this. */
    static Instant timeOfNext(Order order, Instant now) {
        Instant paidAt = order.paidAt();
        return TimeOrder.notBefore(paidAt == null ? order.placedAt() : paidAt, now);
    }

    /** The order, PAID. */
    public static Order paid(Order order, Discount discount, Instant now) {
        return step(order, OrderStatus.PAID, discount, timeOfNext(order, now), null);
    }

    /** The order, CANCELLED. */
    public static Order cancelled(Order order, Instant now) {
        return closed(order, OrderStatus.CANCELLED, now);
    }

    /** The order, EXPIRED. */
    public static Order expired(Order order, Instant now) {
        return closed(order, OrderStatus.EXPIRED, now);
    }

    /** The order as it was when it was placed. */
    static Order asPlaced(Order order) {
        Times then = new Times(order.placedAt(), order.expiresAt(), null, null);
        Discount none = Discount.none(order.total());
        return new Order(order.id(), order.user(), order.lines(), new OrderProgress(OrderStatus.PENDING, then, none));
    }

    /** The order as it was when it was paid. */
    static Order asPaid(Order order) {
        Times then = new Times(order.placedAt(), order.expiresAt(), Objects.requireNonNull(order.paidAt()), null);
        OrderProgress progress = new OrderProgress(OrderStatus.PAID, then, order.discount());
        return new Order(order.id(), order.user(), order.lines(), progress);
    }

    private static Order closed(Order order, OrderStatus end, Instant now) {
        return step(order, end, order.discount(), order.paidAt(), timeOfNext(order, now));
    }

    private static Order step(
            Order order, OrderStatus next, Discount discount, @Nullable Instant paidAt, @Nullable Instant closedAt) {
        if (!order.status().next().contains(next)) {
            throw new IllegalStateException("an order cannot go from " + order.status() + " to " + next);
        }
        Times times = new Times(order.placedAt(), order.expiresAt(), paidAt, closedAt);
        return new Order(order.id(), order.user(), order.lines(), new OrderProgress(next, times, discount));
    }
}
