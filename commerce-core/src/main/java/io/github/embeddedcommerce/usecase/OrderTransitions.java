package io.github.embeddedcommerce.usecase;

import static java.util.Objects.requireNonNullElse;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PaidAmounts;
import io.github.embeddedcommerce.order.ReturnItem;
import io.github.embeddedcommerce.store.OrderDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        Times times = new Times(draft.placedAt(), draft.expiresAt(), draft.expiresAt(), null, null, null);
        Money total = draft.total();
        OrderProgress progress =
                new OrderProgress(OrderStatus.PENDING, times, Discount.none(total), PaidAmounts.none(total));
        return new Order(id, draft.user(), draft.lines(), progress);
    }

    /** When the next step of this order happens, if it does now. What depends on the time of the step rests on this. */
    static Instant timeOfNext(Order order, Instant now) {
        Instant paidAt = requireNonNullElse(order.paidAt(), order.placedAt());
        return TimeOrder.notBefore(requireNonNullElse(order.returnedAt(), paidAt), now);
    }

    /** The order, PAID: what was not covered yet is taken from the balance. */
    public static Order paid(Order order, Discount discount, Instant now) {
        Money open = order.total().minus(discount.amount()).minus(order.paid().covered());
        PaidAmounts paid = order.paid().withFromBalance(open);
        return step(
                order, new OrderProgress(OrderStatus.PAID, times(order, timeOfNext(order, now), null), discount, paid));
    }

    /** The paid order, with this amount of it refunded to the balance. */
    static Order refundedToBalance(Order order, Money amount) {
        OrderProgress before = order.progress();
        PaidAmounts paid = before.paid().withRefundedToBalance(amount);
        OrderProgress progress = new OrderProgress(before.status(), before.times(), before.discount(), paid);
        return new Order(order.id(), order.user(), order.lines(), progress);
    }

    /** The paid order, with these units given back; CANCELLED if nothing of it is kept. */
    public static Order returned(Order order, List<ReturnItem> items, Instant now) {
        Instant at = timeOfNext(order, now);
        List<OrderLine> lines = new ArrayList<>(order.lines());
        items.forEach(
                item -> lines.set(item.line() - 1, lines.get(item.line() - 1).returning(item.quantity())));
        Times times = new Times(order.placedAt(), order.payBy(), order.expiresAt(), order.paidAt(), at, null);
        OrderProgress progress = new OrderProgress(order.status(), times, order.discount(), order.paid());
        Order after = new Order(order.id(), order.user(), lines, progress);
        return after.kept().isEmpty() ? cancelled(after, at) : after;
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
        return placed(new OrderDraft(order.user(), linesAsPlaced(order), order.placedAt(), order.payBy()), order.id());
    }

    /** The order as it was when it was paid. */
    static Order asPaid(Order order) {
        Times then = new Times(
                order.placedAt(), order.payBy(), order.expiresAt(), Objects.requireNonNull(order.paidAt()), null, null);
        OrderProgress progress = new OrderProgress(
                OrderStatus.PAID, then, order.discount(), order.paid().beforeRefunds());
        return new Order(order.id(), order.user(), linesAsPlaced(order), progress);
    }

    private static List<OrderLine> linesAsPlaced(Order order) {
        return order.lines().stream().map(OrderLine::asPlaced).toList();
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
                : step(order, new OrderProgress(end, times, order.discount(), paid));
    }

    private static Times times(Order order, @Nullable Instant paidAt, @Nullable Instant closedAt) {
        return new Times(order.placedAt(), order.payBy(), order.expiresAt(), paidAt, order.returnedAt(), closedAt);
    }

    private static Order step(Order order, OrderProgress next) {
        if (!order.status().next().contains(next.status())) {
            throw new IllegalStateException("an order cannot go from " + order.status() + " to " + next.status());
        }
        return new Order(order.id(), order.user(), order.lines(), next);
    }
}
