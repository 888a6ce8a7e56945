package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import java.time.Instant;
import org.joda.money.Money;

/**
 * A refund that is about to begin: all of it but its id. Immutable.
 *
 * @param payment the payment it gives back
 * @param amount how much of it
 * @param at now
 */
public record RefundDraft(Payment payment, Money amount, Instant at) {
    /** The refund, now that it has an id. */
    public Refund withId(RefundId id) {
        Refund.Progress due = new Refund.Progress(null, "", at, null);
        return new Refund(id, payment.id(), payment.order(), payment.method(), amount, due);
    }
}
