package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.store.RefundDraft;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.joda.money.Money;

/** The refunds of payments from outside that a transaction begins, each with an event. Not thread-safe. */
final class OutsideRefunds {
    private final LockedPayments payments;
    private final List<RefundDraft> drafts = new ArrayList<>();

    OutsideRefunds(LockedPayments payments) {
        this.payments = payments;
    }

    /** Of this amount, what settled payments of the order have left to refund. */
    Money refundable(Order order, Money amount) {
        Money left = settled(order.id()).stream()
                .map(Payment::refundable)
                .reduce(Money.zero(amount.getCurrencyUnit()), Money::plus);
        return least(left, amount);
    }

    /** Begins refunds of an order's settled payments, of the latest first, each up to what is left of it. */
    void begin(OrderId order, Money amount, Instant at) {
        Money left = amount;
        for (Payment payment : settled(order)) {
            Money part = least(payment.refundable(), left);
            if (part.isPositive()) {
                begin(payment, part, at);
                left = left.minus(part);
            }
        }
    }

    private List<Payment> settled(OrderId order) {
        return payments.of(order).stream()
                .filter(payment -> payment.state() == PaymentState.SETTLED)
                .sorted(Comparator.comparing(Payment::id).reversed())
                .toList();
    }

    private static Money least(Money one, Money other) {
        return one.isLessThan(other) ? one : other;
    }

    /** Begins the refund of this much of a payment. */
    void begin(Payment payment, Money amount, Instant at) {
        payments.put(PaymentTransitions.refunded(payment, amount));
        drafts.add(new RefundDraft(payment, amount, at));
    }

    /**
     * Writes the refunds and the payments, and adds the events to those of the orders, which are to be written next.
     */
    List<Refund> write(LockedOrders orders, Stores stores) {
        List<RefundId> ids = drafts.isEmpty() ? List.of() : stores.refunds().insert(drafts);
        List<Refund> begun = new ArrayList<>();
        for (RefundDraft draft : drafts) {
            Refund refund = draft.withId(ids.get(begun.size()));
            begun.add(refund);
            orders.tell(refund.order(), OrderEvent.Type.REFUND_DUE, refund.id().value(), draft.at());
        }
        payments.write(stores);
        return begun;
    }
}
