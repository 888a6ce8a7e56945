package io.github.embeddedcommerce.payment;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways in which an order was paid, or is being paid. Immutable.
 *
 * @param method {@link Payment#BALANCE}, or the method of a payment from outside
 * @param amount how much
 * @param refunded how much of it was refunded, or is due to be
 * @param state of what was taken from the balance, SETTLED
 * @param payment the payment from outside; null for the balance
 */
public record PaymentPart(
        String method,
        Money amount,
        Money refunded,
        PaymentState state,
        @Nullable PaymentId payment) {
    /** What this payment from outside is to its order. */
    public static PaymentPart of(Payment payment) {
        return new PaymentPart(
                payment.method(), payment.amount(), payment.progress().refunded(), payment.state(), payment.id());
    }

    /** What was taken from the balance for an order. */
    public static PaymentPart fromBalance(Money amount, Money refunded) {
        return new PaymentPart(Payment.BALANCE, amount, refunded, PaymentState.SETTLED, null);
    }
}
