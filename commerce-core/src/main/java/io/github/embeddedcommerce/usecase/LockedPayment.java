package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.store.Stores;
import java.util.Set;

/**
 * A payment from outside as a transaction found it under the lock of its order, and what becomes of them: whoever comes
 * second finds what the first has done. Not thread-safe.
 *
 * @param payments all payments of the order
 */
record LockedPayment(Payment payment, Order order, LockedPayments payments, LockedOrders orders) {
    /**
     * Locks the order of this payment (PAYMENT_NOT_FOUND), which is read first, without a lock, since it never changes.
     */
    static LockedPayment lock(PaymentId id, Stores stores) {
        OrderId order = stores.payments().find(Set.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> Payment.notFound(id))
                .order();
        LockedOrders orders = LockedOrders.lock(Set.of(order), stores);
        LockedPayments payments = LockedPayments.read(Set.of(order), stores);
        return new LockedPayment(payments.require(id), orders.require(order), payments, orders);
    }

    /** Refuses a reference that belongs to another payment of the same method (PAYMENT_MISMATCH). */
    void requireFree(String reference, Stores stores) {
        if (payment.reference() == null) {
            stores.payments().find(payment.method(), reference).ifPresent(other -> {
                throw payment.referenceTaken(reference, other.id());
            });
        }
    }

    /** Writes the payment as it is after, and whatever else has changed of the order and its payments. */
    void write(Payment after, Stores stores) {
        payments.put(after);
        payments.write(stores);
        orders.write(stores);
    }
}
