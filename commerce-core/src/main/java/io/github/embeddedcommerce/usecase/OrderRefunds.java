package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.Collection;
import org.joda.money.Money;

/**
 * Gives money of paid orders back to where it came from: to the balance of the owner. A transaction locks with it all
 * that refunds of its orders need, and may refund an order several times. Not thread-safe.
 */
final class OrderRefunds {
    private final LockedOrders orders;
    private final LockedBalances balances;

    private OrderRefunds(LockedOrders orders, LockedBalances balances) {
        this.orders = orders;
        this.balances = balances;
    }

    /** Locks what refunds of these paid orders need, which are among the locked ones: their owners. */
    static OrderRefunds lock(LockedOrders orders, Collection<Order> paid, Stores stores) {
        var owners = paid.stream().map(Order::user).collect(toSet());
        return new OrderRefunds(orders, LockedBalances.lock(owners, stores));
    }

    /** Refuses an order whose owner was removed (USER_NOT_FOUND). */
    void requireOwner(Order order) {
        balances.require(order.user());
    }

    /**
     * Refunds this much of an order, which says so from then on. Refuses what would take the balance above its limit
     * (VALIDATION_ERROR), and has then changed nothing.
     *
     * @param amount 0 or more, at most what the order was paid and has not been refunded
     */
    void refund(OrderId id, Money amount, Instant at) {
        if (!amount.isZero()) {
            orders.changeBalance(id, amount, balances, at);
            orders.put(OrderTransitions.refundedToBalance(orders.require(id), amount));
        }
    }

    void write(Stores stores) {
        balances.write(stores);
    }
}
