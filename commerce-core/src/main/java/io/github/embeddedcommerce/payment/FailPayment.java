package io.github.embeddedcommerce.payment;

import io.github.embeddedcommerce.error.Validation;
import org.jspecify.annotations.Nullable;

/**
 * The word of the provider, or of the host, that no money will come of a payment. Immutable.
 *
 * @param payment which payment
 * @param reason why, up to 255 characters, may be empty
 * @param reference the provider's name for it, 1 to 255 characters; null if there is none
 */
public record FailPayment(
        PaymentId payment, String reason, @Nullable String reference) {
    /** Refuses a missing payment, and texts that are too long (VALIDATION_ERROR). */
    public FailPayment {
        Validation.required(payment, "payment");
        Validation.text(reason, "reason", 0, Payment.MAX_NOTE);
        if (reference != null) {
            Validation.text(reference, "reference", 1, Payment.MAX_REFERENCE);
        }
    }

    /** This payment, for no particular reason. */
    public static FailPayment of(PaymentId payment) {
        return new FailPayment(payment, "", null);
    }

    /** The same for this reason. */
    public FailPayment withReason(String why) {
        return new FailPayment(payment, why, reference);
    }

    /** The same under this reference of the provider's. */
    public FailPayment withReference(String known) {
        return new FailPayment(payment, reason, Validation.required(known, "reference"));
    }
}
