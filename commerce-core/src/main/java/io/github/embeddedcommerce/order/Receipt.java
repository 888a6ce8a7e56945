package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * The result of a payment. Immutable.
 *
 * @param order the order, paid
 * @param remainingBalance the balance of the payer after the payment
 */
public record Receipt(Order order, Money remainingBalance) {
    /** The amount taken from the balance: the total less the discount and less what was paid from outside. */
    public Money paidAmount() {
        return order.paid().fromBalance();
    }
}
