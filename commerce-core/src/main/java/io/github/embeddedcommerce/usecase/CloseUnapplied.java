package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.List;

/** Ends what is unapplied: by a refund that is due, or by the host's word. Thread-safe. */
public record CloseUnapplied(UseCaseContext context) {
    /** Closes this payment with this note. */
    public Payment close(PaymentId id, String note) {
        return context.transactions().run("payments.close", stores -> {
            LockedPayment locked = LockedPayment.lock(id, stores);
            Payment payment = locked.payment();
            if (payment.state() == PaymentState.CLOSED) {
                return payment;
            }
            payment.requireClosable();
            Payment closed = PaymentTransitions.closed(payment, note, context.now());
            locked.write(closed, stores);
            return closed;
        });
    }

    /** Begins the refund of this payment; if it has begun before, that is the answer. */
    public Refund refund(PaymentId id) {
        return context.transactions().run("payments.refund", stores -> refund(id, stores));
    }

    private Refund refund(PaymentId id, Stores stores) {
        LockedPayment locked = LockedPayment.lock(id, stores);
        Payment payment = locked.payment();
        boolean isUnapplied = payment.state() == PaymentState.UNAPPLIED || payment.state() == PaymentState.CLOSED;
        if (isUnapplied && payment.progress().refunded().isPositive()) {
            return stores.refunds().of(id).get(0);
        }
        if (payment.state() != PaymentState.UNAPPLIED) {
            throw payment.notUnapplied("refunded");
        }
        Instant at = OrderTransitions.timeOfNext(locked.order(), context.now());
        OutsideRefunds refunds = new OutsideRefunds(locked.payments());
        refunds.begin(payment, payment.amount(), at);
        List<Refund> begun = refunds.write(locked.orders(), stores);
        locked.orders().write(stores);
        return begun.get(0);
    }
}
