package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * What a cancellation came to. Immutable.
 *
 * @param order the order, cancelled
 * @param refunded what was put back into its owner's balance: the final amount of an order that was paid, else 0
 * @param couponReturned whether its owner can use the coupon again that it was paid with
 */
public record Cancellation(Order order, Money refunded, boolean couponReturned) {
    /** Of this order, which is cancelled: refunded if it was paid. */
    public static Cancellation of(Order cancelled, boolean couponReturned) {
        boolean wasPaid = cancelled.paidAt() != null;
        Money nothing = Money.zero(cancelled.total().getCurrencyUnit());
        return new Cancellation(cancelled, wasPaid ? cancelled.finalAmount() : nothing, couponReturned);
    }
}
