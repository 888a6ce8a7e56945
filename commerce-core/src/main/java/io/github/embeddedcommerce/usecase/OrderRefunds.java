package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.Collection;
import org.joda.money.Money;

/**
 * Gives money of orders back to where it came from: first to where the latest payments from outside came from, by
 * refunds that are due, then to the balance of the owner. A transaction locks with it all that refunds of its orders
 * need, and may refund an order several times. Not thread-safe.
 */
final class OrderRefunds {
    private final LockedOrders orders;
    private final LockedBalances balances;
    private final OutsideRefunds outside;

    private OrderRefunds(LockedOrders orders, LockedBalances balances, OutsideRefunds outside) {
        this.orders = orders;
        this.balances = balances;
        this.outside = outside;
    }

    /**
     * Locks what refunds of these orders need, which are among the locked ones: their owners. Reads the payments from
     * outside where there are some.
     */
    static OrderRefunds lock(LockedOrders orders, Collection<Order> concerned, Stores stores) {
        var owners = concerned.stream().map(Order::user).collect(toSet());
        var fromOutside = concerned.stream()
                .filter(order -> order.paid().fromOutside().isPositive())
                .map(Order::id)
                .collect(toSet());
        return new OrderRefunds(
                orders,
                LockedBalances.lock(owners, stores),
                new OutsideRefunds(LockedPayments.read(fromOutside, stores)));
    }

    /** Refuses an order whose owner was removed (USER_NOT_FOUND). */
    void requireOwner(Order order) {
        balances.require(order.user());
    }

    /**
     * Refunds this much of a paid order, which says so from then on. Refuses what would take the balance above its
     * limit (VALIDATION_ERROR), and has then changed nothing.
     *
     * @param amount 0 or more, at most what the order was paid and has not been refunded
     */
    void refund(OrderId id, Money amount, Instant at) {
        Money toOutside = outside.refundable(orders.require(id), amount);
        Money toBalance = amount.minus(toOutside);
        if (toBalance.isPositive()) {
            orders.changeBalance(id, toBalance, balances, at);
            orders.put(OrderTransitions.refundedToBalance(orders.require(id), toBalance));
        }
        outside.begin(id, toOutside, at);
    }

    /**
     * Gives back what was paid for a pending order that is about to close. Never refused, so that a reservation ends.
     */
    void giveBack(Order closing, Instant at) {
        Money fromBalance = closing.paid().fromBalance();
        if (fromBalance.isPositive()) {
            orders.giveBack(closing.id(), fromBalance, balances, at);
        }
        outside.begin(closing.id(), closing.paid().fromOutside(), at);
    }

    /** Writes it, and adds the events to those of the orders, which are to be written next. */
    void write(Stores stores) {
        outside.write(orders, stores);
        balances.write(stores);
    }
}
