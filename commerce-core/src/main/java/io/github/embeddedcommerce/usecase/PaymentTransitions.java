package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentProgress;
import io.github.embeddedcommerce.payment.PaymentProgress.Times;
import io.github.embeddedcommerce.payment.PaymentState;
import java.time.Instant;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a payment from one state to the next, each to a new record, as {@link PaymentState} allows them. No step
 * is earlier than the beginning.
 */
public final class PaymentTransitions {
    private PaymentTransitions() {}

    /** The payment, SETTLED under this reference. */
    public static Payment settled(Payment payment, String reference, Instant now) {
        return step(payment, PaymentState.SETTLED, reference, payment.progress().balancePart(), "", now);
    }

    /** The payment, UNAPPLIED: its money has come under this reference. */
    public static Payment unapplied(Payment payment, String reference, Instant now) {
        return step(
                payment, PaymentState.UNAPPLIED, reference, payment.progress().balancePart(), "", now);
    }

    /**
     * The payment, FAILED.
     *
     * @param reference the provider's name for it; null to leave what is known
     * @param balancePart what is still taken from the balance with it
     */
    public static Payment failed(
            Payment payment, @Nullable String reference, Money balancePart, String reason, Instant now) {
        return step(payment, PaymentState.FAILED, reference, balancePart, reason, now);
    }

    /** The payment, CLOSED. */
    public static Payment closed(Payment payment, String note, Instant now) {
        return step(
                payment,
                PaymentState.CLOSED,
                payment.reference(),
                payment.progress().balancePart(),
                note,
                now);
    }

    /** The payment with this amount more refunded. */
    static Payment refunded(Payment payment, Money amount) {
        PaymentProgress before = payment.progress();
        return with(
                payment,
                new PaymentProgress(
                        before.state(),
                        before.reference(),
                        before.times(),
                        before.balancePart(),
                        before.refunded().plus(amount),
                        before.note()));
    }

    /** The payment as it was when it began. */
    static Payment asBegun(Payment payment, boolean withReference, Money balancePart) {
        PaymentProgress now = payment.progress();
        Times then = new Times(now.times().begunAt(), now.times().heldUntil(), null);
        Money nothing = now.refunded().minus(now.refunded());
        String reference = withReference ? now.reference() : null;
        return with(payment, new PaymentProgress(PaymentState.BEGUN, reference, then, balancePart, nothing, ""));
    }

    private static Payment step(
            Payment payment,
            PaymentState next,
            @Nullable String reference,
            Money balancePart,
            String note,
            Instant now) {
        PaymentProgress before = payment.progress();
        if (!before.state().next().contains(next)) {
            throw new IllegalStateException("a payment cannot go from " + before.state() + " to " + next);
        }
        Instant begunAt = before.times().begunAt();
        Instant last =
                before.times().decidedAt() == null ? begunAt : before.times().decidedAt();
        Times times = new Times(begunAt, before.times().heldUntil(), TimeOrder.notBefore(last, now));
        String known = reference == null ? before.reference() : reference;
        return with(payment, new PaymentProgress(next, known, times, balancePart, before.refunded(), note));
    }

    private static Payment with(Payment payment, PaymentProgress progress) {
        return new Payment(payment.id(), payment.order(), payment.user(), payment.method(), payment.amount(), progress);
    }
}
