package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.RefundState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the refunds of payments from outside. Bound to one transaction; not thread-safe. A refund changes only under
 * the lock of its order's row, so that is the lock to take.
 */
public interface RefundStore {
    /** Adds refunds that are due. Their ids come back in the same order. */
    List<RefundId> insert(List<RefundDraft> drafts);

    /** The refund with this id, as of now. */
    Optional<Refund> find(RefundId id);

    /** The refund of this method under this reference, as of now. */
    Optional<Refund> find(String method, String reference);

    /** The refunds of this payment, in the order of their ids. Final while its order's row is locked. */
    List<Refund> of(PaymentId payment);

    /** Writes the progress of this refund, whose order's row is locked. */
    void write(Refund refund);

    /**
     * Refunds, the latest begun first.
     *
     * @param order only those of this order; null for all
     * @param state only those in this state; null for all
     * @param below only those whose number is below this
     */
    List<Refund> list(@Nullable OrderId order, @Nullable RefundState state, long below, int limit);
}
