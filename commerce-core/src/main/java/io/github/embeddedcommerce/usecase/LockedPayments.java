package io.github.embeddedcommerce.usecase;

import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.store.Stores;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The payments of orders whose rows a transaction has locked, and what becomes of them. Not thread-safe. */
final class LockedPayments {
    private final SortedMap<PaymentId, Payment> payments = new TreeMap<>();
    private final SortedSet<PaymentId> changed = new TreeSet<>();

    private LockedPayments(List<Payment> payments) {
        payments.forEach(payment -> this.payments.put(payment.id(), payment));
    }

    /** Reads the payments of these orders, whose rows are locked. */
    static LockedPayments read(Collection<OrderId> orders, Stores stores) {
        return new LockedPayments(
                orders.isEmpty() ? List.of() : stores.payments().of(orders));
    }

    /** The payment as it is by now. */
    Payment require(PaymentId id) {
        return requireNonNull(payments.get(id));
    }

    /** The payments of this order, the latest begun last. */
    List<Payment> of(OrderId order) {
        return payments.values().stream()
                .filter(payment -> payment.order().equals(order))
                .toList();
    }

    /** The payment has changed. */
    void put(Payment payment) {
        payments.put(payment.id(), payment);
        changed.add(payment.id());
    }

    void write(Stores stores) {
        stores.payments().write(changed.stream().map(this::require).toList());
    }
}
