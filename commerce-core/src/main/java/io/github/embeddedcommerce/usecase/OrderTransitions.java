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

    /**
     * When what happens next to this order happens, if it does now. What depends on the time of the step rests on this.
     */
    static Instant timeOfNext(Order order, Instant now) {
        Instant paidAt = requireNonNullElse(order.paidAt(), order.placedAt());
        Instant returnedAt = requireNonNullElse(order.returnedAt(), paidAt);
        return TimeOrder.notBefore(requireNonNullElse(order.closedAt(), returnedAt), now);
    }

    /** The order, PAID: what was not covered yet is taken from the balance. */
    public static Order paid(Order order, Discount discount, Instant now) {
        requireNext(order, OrderStatus.PAID);
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

    /**
     * The order, still PENDING, with a payment from outside under way.
     *
     * @param part taken from the balance together with it
     * @param heldUntil until when it is held for the payment, if that is later than it is held already
     */
    static Order begun(Order order, Discount discount, Money part, Money amount, Instant heldUntil) {
        Instant expiresAt = heldUntil.isAfter(order.expiresAt()) ? heldUntil : order.expiresAt();
        PaidAmounts paid = order.paid().withFromBalance(part).withUnderWay(amount);
        return pending(order, expiresAt, discount, paid);
    }

    /** The order, still PENDING, with a payment from outside settled, which was under way or had failed. */
    static Order settled(Order order, Money amount, boolean wasUnderWay) {
        PaidAmounts paid = order.paid().withFromOutside(amount);
        return pending(
                order, order.expiresAt(), order.discount(), wasUnderWay ? paid.withUnderWay(amount.negated()) : paid);
    }

    /** The order, still PENDING, with a payment from outside no longer under way that it could not take. */
    static Order noLongerUnderWay(Order order, Money amount) {
        return pending(order, order.expiresAt(), order.discount(), order.paid().withUnderWay(amount.negated()));
    }

    /**
     * The order, still PENDING, after a payment from outside has failed.
     *
     * @param part given back to the balance
     * @param discount that stays
     * @param expiresAt when it expires now
     */
    static Order failed(Order order, Money amount, Money part, Discount discount, Instant expiresAt) {
        PaidAmounts paid = order.paid().withUnderWay(amount.negated()).withGivenBack(part);
        return pending(order, expiresAt, discount, paid);
    }

    private static Order pending(Order order, Instant expiresAt, Discount discount, PaidAmounts paid) {
        if (order.status() != OrderStatus.PENDING) {
            throw new IllegalStateException("an order that is " + order.status() + " takes no payment");
        }
        Times times = new Times(order.placedAt(), order.payBy(), expiresAt, null, null, null);
        return new Order(
                order.id(), order.user(), order.lines(), new OrderProgress(OrderStatus.PENDING, times, discount, paid));
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
        boolean wasPaid = order.paidAt() != null;
        PaidAmounts before = order.paid();
        PaidAmounts paid = wasPaid
                ? before
                : before.withGivenBack(before.fromBalance())
                        .withUnderWay(before.underWay().negated());
        Discount discount = wasPaid ? order.discount() : Discount.none(order.total());
        requireNext(order, end);
        Times times = times(order, order.paidAt(), timeOfNext(order, now));
        return step(order, new OrderProgress(end, times, discount, paid));
    }

    private static Times times(Order order, @Nullable Instant paidAt, @Nullable Instant closedAt) {
        return new Times(order.placedAt(), order.payBy(), order.expiresAt(), paidAt, order.returnedAt(), closedAt);
    }

    private static Order step(Order order, OrderProgress next) {
        return new Order(order.id(), order.user(), order.lines(), next);
    }

    private static void requireNext(Order order, OrderStatus next) {
        if (!order.status().next().contains(next)) {
            throw new IllegalStateException("an order cannot go from " + order.status() + " to " + next);
        }
    }
}
