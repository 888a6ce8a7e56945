package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentProgress;
import io.github.embeddedcommerce.user.UserId;
import org.joda.money.Money;

/**
 * A payment that is about to begin: all of it but its id. Immutable.
 *
 * @param order the order it pays for
 * @param user the owner of the order
 * @param method how it is paid
 * @param amount how much
 * @param progress BEGUN
 */
public record PaymentDraft(OrderId order, UserId user, String method, Money amount, PaymentProgress progress) {
    /** The payment, now that it has an id. */
    public Payment withId(PaymentId id) {
        return new Payment(id, order, user, method, amount, progress);
    }
}
