package io.github.embeddedcommerce.usecase;

import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.StoredOrder;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.joda.money.Money;

/**
 * The orders that a transaction has locked, what becomes of them, and what the world is told of it. Not thread-safe.
 */
final class LockedOrders {
    private final Map<OrderId, StoredOrder> orders = new TreeMap<>();
    private final Set<OrderId> changed = new LinkedHashSet<>();
    private final List<OrderEvent> events = new ArrayList<>();

    /** @param locked the rows of these orders are locked */
    LockedOrders(Collection<StoredOrder> locked) {
        locked.forEach(order -> orders.put(order.order().id(), order));
    }

    static LockedOrders lock(Set<OrderId> ids, Stores stores) {
        return new LockedOrders(
                ids.isEmpty() ? List.of() : stores.orders().lock(ids).values());
    }

    /** Those for which this holds, by their ids. */
    List<Order> where(Predicate<Order> condition) {
        return orders.values().stream()
                .map(StoredOrder::order)
                .filter(condition)
                .toList();
    }

    /** The order as the requests before this one left it (ORDER_NOT_FOUND, UNAUTHORIZED_ORDER_ACCESS). */
    Order require(OrderId id, UserId user) {
        Order order = require(id);
        order.requireOwner(user);
        return order;
    }

    /** The same whoever asks (ORDER_NOT_FOUND). */
    Order require(OrderId id) {
        StoredOrder stored = orders.get(id);
        if (stored == null) {
            throw Order.notFound(id);
        }
        return stored.order();
    }

    /** The order has made a step to another status, which is an event. */
    void step(Order order) {
        int number =
                changed(order.id(), stored -> stored.with(order).withEvent()).events();
        events.add(OrderEvent.of(order, number));
    }

    /** The order has changed, without an event. */
    void put(Order order) {
        changed(order.id(), stored -> stored.with(order));
    }

    /** Something has happened to a payment, refund or return of this order. */
    void tell(OrderId id, OrderEvent.Type type, long subject, Instant at) {
        StoredOrder told = changed(id, StoredOrder::withEvent);
        events.add(new OrderEvent(id, told.events(), type, told.order().user(), at, subject));
    }

    /**
     * Pays for the order from its owner's balance, or refunds to it, with one line in the balance history. Refuses what
     * {@link LockedBalances#change} refuses.
     *
     * @param amount positive for a refund, negative for a payment
     */
    BalanceChange changeBalance(OrderId id, Money amount, LockedBalances balances, Instant at) {
        BalanceCode code = amount.isPositive() ? BalanceCode.REFUND : BalanceCode.PAYMENT;
        BalanceChange change = balances.change(owner(id), movement(id, amount, code), at);
        changed(id, StoredOrder::withBalancePart);
        return change;
    }

    /**
     * Gives back what was taken from its owner's balance for the order, which is not paid; never refused.
     *
     * @param amount positive
     */
    void giveBack(OrderId id, Money amount, LockedBalances balances, Instant at) {
        balances.giveBack(owner(id), movement(id, amount, BalanceCode.REFUND), at);
        changed(id, StoredOrder::withBalancePart);
    }

    private UserId owner(OrderId id) {
        return requireNonNull(orders.get(id)).order().user();
    }

    private BalanceMovement movement(OrderId id, Money amount, BalanceCode code) {
        int part = requireNonNull(orders.get(id)).balanceParts() + 1;
        return new BalanceMovement(amount, code, "", id.toString(), part);
    }

    private StoredOrder changed(OrderId id, UnaryOperator<StoredOrder> change) {
        StoredOrder after = change.apply(requireNonNull(orders.get(id)));
        orders.put(id, after);
        changed.add(id);
        return after;
    }

    /** Writes the orders that have changed, and the events. */
    void write(Stores stores) {
        stores.orders()
                .write(changed.stream()
                        .map(id -> requireNonNull(orders.get(id)))
                        .toList());
        stores.events().append(events);
    }
}
