package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * The result of a cancellation. Immutable.
 *
 * @param order the order, cancelled
 * @param refunded what is refunded: the paid amount less what returns had refunded before, or 0 if the order was not
 *     paid. What was paid from the balance is back in it; what came from outside is due, as
 *     {@code payments().listRefunds} says
 * @param couponReturned whether the owner can use the coupon of the payment again
 */
public record Cancellation(Order order, Money refunded, boolean couponReturned) {
    /** The result for this order, which is cancelled: a refund if it was paid. */
    public static Cancellation of(Order cancelled, boolean couponReturned) {
        boolean wasPaid = cancelled.paidAt() != null;
        Money nothing = Money.zero(cancelled.total().getCurrencyUnit());
        return new Cancellation(cancelled, wasPaid ? rest(cancelled) : nothing, couponReturned);
    }

    private static Money rest(Order cancelled) {
        return cancelled.finalAmount().minus(cancelled.refundedByReturns());
    }
}
