package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * What a payment came to. Immutable.
 *
 * @param order the order, paid
 * @param remainingBalance what the payer has left
 */
public record Receipt(Order order, Money remainingBalance) {
    /** What was taken from the balance: the total less the discount. */
    public Money paidAmount() {
        return order.finalAmount();
    }
}
