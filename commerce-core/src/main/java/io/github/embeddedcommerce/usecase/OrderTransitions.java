package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PaidAmounts;
import io.github.embeddedcommerce.store.OrderDraft;
import java.time.Instant;
import java.util.Objects;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an order from one state to the next, each to a new record, as {@link OrderStatus} allows them. Times of
 * one order never run backwards, even if the clock does: no transition is earlier than the previous one.
 */
public final class OrderTransitions {
    private OrderTransitions() {}

    /** The order of this draft, PENDING, now that it has an id. */
    public static Order placed(OrderDraft draft, OrderId id) {
        Times times = new Times(draft.placedAt(), draft.expiresAt(), draft.expiresAt(), null, null);
        Money total = draft.total();
        OrderProgress progress =
                new OrderProgress(OrderStatus.PENDING, times, Discount.none(total), PaidAmounts.none(total));
        return new Order(id, draft.user(), draft.lines(), progress);
    }

    /** When the next step of this order happens, if it does now. What depends on the time of the step rests on this. */
    static Instant timeOfNext(Order order, Instant now) {
        Instant paidAt = order.paidAt();
        return TimeOrder.notBefore(paidAt == null ? order.placedAt() : paidAt, now);
    }

    /** The order, PAID: what was not covered yet is taken from the balance. */
    public static Order paid(Order order, Discount discount, Instant now) {
        Money open = order.total().minus(discount.amount()).minus(order.paid().covered());
        PaidAmounts paid = order.paid().withFromBalance(open);
        return step(
                order, new OrderProgress(OrderStatus.PAID, times(order, timeOfNext(order, now), null), discount, paid));
    }

    /** The order, CANCELLED. If it was paid, what was taken from the balance is refunded. */
    public static Order cancelled(Order order, Instant now) {
        return closed(order, OrderStatus.CANCELLED, now);
    }

    /** The order, EXPIRED. */
    public static Order expired(Order order, Instant now) {
        return closed(order, OrderStatus.EXPIRED, now);
    }

    /** The order as it was when it was placed. */
    static Order asPlaced(Order order) {
        return placed(new OrderDraft(order.user(), order.lines(), order.placedAt(), order.payBy()), order.id());
    }

    /** The order as it was when it was paid. */
    static Order asPaid(Order order) {
        Times then = new Times(
                order.placedAt(), order.payBy(), order.expiresAt(), Objects.requireNonNull(order.paidAt()), null);
        OrderProgress progress = new OrderProgress(
                OrderStatus.PAID, then, order.discount(), order.paid().beforeRefunds());
        return new Order(order.id(), order.user(), order.lines(), progress);
    }

    /** An order that was not paid gives back what was taken for it, and its coupon. */
    private static Order closed(Order order, OrderStatus end, Instant now) {
        Times times = times(order, order.paidAt(), timeOfNext(order, now));
        PaidAmounts paid = order.paid();
        return order.paidAt() == null
                ? step(
                        order,
                        new OrderProgress(
                                end,
                                times,
                                Discount.none(order.total()),
                                paid.withGivenBack(paid.fromBalance())
                                        .withUnderWay(paid.underWay().negated())))
                : step(
                        order,
                        new OrderProgress(
                                end,
                                times,
                                order.discount(),
                                paid.withRefundedToBalance(paid.fromBalance().minus(paid.refundedToBalance()))));
    }

    private static Times times(Order order, @Nullable Instant paidAt, @Nullable Instant closedAt) {
        return new Times(order.placedAt(), order.payBy(), order.expiresAt(), paidAt, closedAt);
    }

    private static Order step(Order order, OrderProgress next) {
        if (!order.status().next().contains(next.status())) {
            throw new IllegalStateException("an order cannot go from " + order.status() + " to " + next.status());
        }
        return new Order(order.id(), order.user(), order.lines(), next);
    }
}
