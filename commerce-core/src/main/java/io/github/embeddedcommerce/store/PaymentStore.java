package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps payments from outside. Bound to one transaction; not thread-safe. A payment changes only under the lock of its
 * order's row, so that is the lock to take.
 */
public interface PaymentStore {
    /** Adds payments that have begun. Their ids come back in the same order. */
    List<PaymentId> insert(List<PaymentDraft> drafts);

    /** The payments with these ids, as of now; an unknown id is left out. */
    List<Payment> find(Collection<PaymentId> ids);

    /** The payment of this method under this reference, as of now. */
    Optional<Payment> find(String method, String reference);

    /** All payments of these orders, in the order of their ids. Final while the orders' rows are locked. */
    List<Payment> of(Collection<OrderId> orders);

    /** Writes the progress of these payments, whose orders' rows are locked. */
    void write(List<Payment> payments);

    /**
     * The payments that the query asks for, the latest begun first.
     *
     * @param below only those whose number is below this
     */
    List<Payment> list(PaymentQuery query, long below, int limit);
}
