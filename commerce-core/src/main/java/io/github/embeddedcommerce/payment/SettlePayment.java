package io.github.embeddedcommerce.payment;

import io.github.embeddedcommerce.error.Validation;
import org.joda.money.Money;

/**
 * The word of the provider that the money of a payment has come. Immutable.
 *
 * @param payment which payment
 * @param reference the provider's name for it, 1 to 255 characters, unique among the payments of the method
 * @param amount the amount that has come, more than 0
 */
public record SettlePayment(PaymentId payment, String reference, Money amount) {
    /** Refuses null, and a reference or amount out of range (VALIDATION_ERROR). */
    public SettlePayment {
        Validation.required(payment, "payment");
        Validation.text(reference, "reference", 1, Payment.MAX_REFERENCE);
        Validation.amount(amount, "amount", 1);
    }

    /** This payment under this reference over this amount. */
    public static SettlePayment of(PaymentId payment, String reference, Money amount) {
        return new SettlePayment(payment, reference, amount);
    }
}
