package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.Set;

/** Settles the refunds of payments from outside, or notes why they failed; those stay due. Thread-safe. */
public record SettleRefunds(UseCaseContext context) {
    /** The provider has refunded it under this reference. */
    public Refund settle(RefundId id, String reference) {
        return context.transactions().run("payments.settleRefund", stores -> {
            Refund refund = lock(id, stores);
            refund.requireReference(reference);
            if (refund.state() == RefundState.SETTLED) {
                return refund;
            }
            stores.refunds().find(refund.method(), reference).ifPresent(other -> {
                throw refund.referenceTaken(reference, other.id());
            });
            Instant now = context.now();
            Refund.Progress before = refund.progress();
            Instant at = TimeOrder.notBefore(before.begunAt(), now);
            Refund settled = with(refund, new Refund.Progress(reference, before.failure(), before.begunAt(), at));
            stores.refunds().write(settled);
            closeUnapplied(refund, now, stores);
            return settled;
        });
    }

    /** The provider could not refund it. */
    public Refund fail(RefundId id, String reason) {
        return context.transactions().run("payments.failRefund", stores -> {
            Refund refund = lock(id, stores);
            if (refund.state() == RefundState.SETTLED) {
                return refund;
            }
            Refund failed = with(
                    refund, new Refund.Progress(null, reason, refund.progress().begunAt(), null));
            stores.refunds().write(failed);
            return failed;
        });
    }

    /** Reads the refund under the lock of its order, which is read first, without a lock, since it never changes. */
    private static Refund lock(RefundId id, Stores stores) {
        Refund found = stores.refunds().find(id).orElseThrow(() -> Refund.notFound(id));
        LockedOrders.lock(Set.of(found.order()), stores);
        return stores.refunds().find(id).orElseThrow();
    }

    private static void closeUnapplied(Refund refund, Instant now, Stores stores) {
        LockedPayments payments = LockedPayments.read(Set.of(refund.order()), stores);
        Payment payment = payments.require(refund.payment());
        if (payment.state() == PaymentState.UNAPPLIED) {
            payments.put(PaymentTransitions.closed(payment, "refund " + refund.id(), now));
            payments.write(stores);
        }
    }

    private static Refund with(Refund refund, Refund.Progress progress) {
        return new Refund(refund.id(), refund.payment(), refund.order(), refund.method(), refund.amount(), progress);
    }
}
