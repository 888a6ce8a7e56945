package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;

/**
 * Settles payments from outside: the money counts for the order, which is PAID with the last part of it. If the order
 * cannot take it, the money is kept as unapplied, and an event says so. Thread-safe.
 */
public record SettlePayments(UseCaseContext context) {
    /** Settles this payment, however often and by whomever it is reported. */
    public Payment settle(SettlePayment request) {
        return context.transactions().run("payments.settle", stores -> settle(request, stores));
    }

    private Payment settle(SettlePayment request, Stores stores) {
        LockedPayment locked = LockedPayment.lock(request.payment(), stores);
        Payment payment = locked.payment();
        payment.requireSettlement(request.amount(), request.reference());
        locked.requireFree(request.reference(), stores);
        if (!payment.state().next().contains(PaymentState.SETTLED)) {
            return payment; // it was settled before
        }

        Instant now = context.now();
        StockMovements stock = new StockMovements();
        Payment settled = canTake(locked.order(), payment, now)
                ? PaymentTransitions.settled(payment, request.reference(), now)
                : PaymentTransitions.unapplied(payment, request.reference(), now);
        if (settled.state() == PaymentState.SETTLED) {
            take(locked, now, stock);
        } else {
            leave(locked, now);
        }

        locked.write(settled, stores);
        stock.write(stores);
        return settled;
    }

    /** An order has kept room for what is under way; what was reported as failed before may find none. */
    private static boolean canTake(Order order, Payment payment, Instant now) {
        boolean hasRoom =
                payment.state() == PaymentState.BEGUN || !payment.amount().isGreaterThan(order.due());
        return order.status() == OrderStatus.PENDING && !order.isOverdue(now) && hasRoom;
    }

    private static void take(LockedPayment locked, Instant now, StockMovements stock) {
        Payment payment = locked.payment();
        Order order = locked.order();
        Order after = OrderTransitions.settled(order, payment.amount(), payment.state() == PaymentState.BEGUN);
        if (after.paid().covered().equals(after.finalAmount())) {
            locked.orders().step(OrderTransitions.paid(after, after.discount(), now));
            stock.add(order.quantities(), StockMovement::confirm);
        } else {
            locked.orders().put(after);
        }
    }

    private static void leave(LockedPayment locked, Instant now) {
        Payment payment = locked.payment();
        Order order = locked.order();
        if (order.status() == OrderStatus.PENDING && payment.state() == PaymentState.BEGUN) {
            locked.orders().put(OrderTransitions.noLongerUnderWay(order, payment.amount()));
        }
        Instant at = OrderTransitions.timeOfNext(order, now);
        locked.orders()
                .tell(
                        order.id(),
                        OrderEvent.Type.PAYMENT_UNAPPLIED,
                        payment.id().value(),
                        at);
    }
}
