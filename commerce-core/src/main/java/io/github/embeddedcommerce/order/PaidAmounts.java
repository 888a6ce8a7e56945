package io.github.embeddedcommerce.order;

import org.joda.money.Money;

/**
 * What was paid for an order, and from where. None is below zero. Immutable.
 *
 * @param fromBalance taken from its owner's balance; refunds leave it as it is
 * @param fromOutside settled payments from outside that count for the order; refunds leave it as it is
 * @param underWay payments from outside that have begun and are neither settled nor failed; 0 once the order is closed
 * @param givenBack taken from the balance and given back before the order was paid
 * @param refundedToBalance of {@code fromBalance}, what was refunded after the order was paid
 */
public record PaidAmounts(
        Money fromBalance, Money fromOutside, Money underWay, Money givenBack, Money refundedToBalance) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public PaidAmounts {
        if (fromBalance.isNegative()
                || fromOutside.isNegative()
                || underWay.isNegative()
                || givenBack.isNegative()
                || refundedToBalance.isNegative()
                || refundedToBalance.isGreaterThan(fromBalance)) {
            throw new IllegalArgumentException("an order cannot be paid " + fromBalance + " from the balance and "
                    + fromOutside + " from outside, with " + underWay + " under way, " + givenBack + " given back and "
                    + refundedToBalance + " refunded to the balance");
        }
    }

    /** Nothing, in the currency of this amount. */
    public static PaidAmounts none(Money total) {
        Money zero = Money.zero(total.getCurrencyUnit());
        return new PaidAmounts(zero, zero, zero, zero, zero);
    }

    /** What is paid: from the balance and from outside. */
    public Money covered() {
        return fromBalance.plus(fromOutside);
    }

    /** With this amount taken from the balance. */
    public PaidAmounts withFromBalance(Money amount) {
        return new PaidAmounts(fromBalance.plus(amount), fromOutside, underWay, givenBack, refundedToBalance);
    }

    /** With this amount, which was taken from the balance, given back to it before the order was paid. */
    public PaidAmounts withGivenBack(Money amount) {
        return new PaidAmounts(
                fromBalance.minus(amount), fromOutside, underWay, givenBack.plus(amount), refundedToBalance);
    }

    /** With this amount refunded to the balance. */
    public PaidAmounts withRefundedToBalance(Money amount) {
        return new PaidAmounts(fromBalance, fromOutside, underWay, givenBack, refundedToBalance.plus(amount));
    }

    /** With this amount more, or less, under way. */
    public PaidAmounts withUnderWay(Money amount) {
        return new PaidAmounts(fromBalance, fromOutside, underWay.plus(amount), givenBack, refundedToBalance);
    }

    /** With this amount settled from outside. */
    public PaidAmounts withFromOutside(Money amount) {
        return new PaidAmounts(fromBalance, fromOutside.plus(amount), underWay, givenBack, refundedToBalance);
    }

    /** As the order was when it was paid. */
    public PaidAmounts beforeRefunds() {
        return new PaidAmounts(
                fromBalance, fromOutside, underWay, givenBack, refundedToBalance.minus(refundedToBalance));
    }
}
