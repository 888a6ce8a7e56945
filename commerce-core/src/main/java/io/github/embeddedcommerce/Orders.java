package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;
import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.job.ExpireOverdueOrders;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderDraft;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.Payment;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.stock.StockMovement;
import io.github.embeddedcommerce.transaction.Stores;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.joda.money.Money;

/**
 * The story of the shop: an order is placed, and paid or cancelled. Each use case is one transaction, told in three
 * steps: lock, in the one order of {@link io.github.embeddedcommerce.transaction.Resource}; decide, all refusals before
 * the first write; write. Thread-safe.
 */
public final class Orders {
    private final Context context;
    private final ExpireOverdueOrders expiry;

    Orders(Context context, ExpireOverdueOrders expiry) {
        this.context = context;
        this.expiry = expiry;
    }

    /**
     * Places an order: reserves the stock of all its lines, or of none, until the time to pay has passed.
     *
     * <p>Where stock is short, overdue orders that hold it are expired first, in a transaction of their own, and the
     * order is tried once more; not so in a transaction of the host's.
     *
     * @return the order, PENDING
     * @throws CommerceException INSUFFICIENT_STOCK, PRODUCT_OPTION_NOT_FOUND if an option is unknown or not on sale,
     *     USER_NOT_FOUND, VALIDATION_ERROR if the request has no lines or too large a total
     */
    public Order place(PlaceOrder request) {
        PlaceOrder complete = required(request, "request").complete();
        try {
            return context.transactions().run("orders.place", stores -> place(complete, stores));
        } catch (CommerceException refusal) {
            boolean shortage = refusal.code() == ErrorCode.INSUFFICIENT_STOCK;
            if (shortage
                    && context.transactions().owned()
                    && expiry.expireHolding(complete.quantities().keySet())) {
                return context.transactions().run("orders.place", stores -> place(complete, stores));
            }
            throw refusal;
        }
    }

    private Order place(PlaceOrder request, Stores stores) {
        SortedMap<OptionId, Long> quantities = request.quantities();
        Map<OptionId, Offer> offers = stores.products().offers(quantities.keySet());
        Instant now = context.now();
        OrderDraft draft =
                request.draft(offers, now, now.plus(context.settings().timeToPay()));

        Map<OptionId, StockLevel> levels = stores.stock().lock(quantities.keySet());
        quantities.forEach(
                (option, quantity) -> requireNonNull(levels.get(option)).reserve(quantity));

        Order order = stores.orders().insert(draft).orElseThrow(request.user()::notFound);
        stores.stock().move(StockMovement.each(quantities, StockMovement::reserve));
        return order;
    }

    /**
     * Pays an order from its owner's balance: the balance goes down with a line in its history, the reserved stock is
     * sold, the order is PAID, and an event tells the outside world. If the final amount is 0, the balance stays as it
     * is.
     *
     * <p>A refused payment changes nothing: the order stays as it was, with its reservation and its time to pay.
     *
     * @return the order, PAID, and what is left of the balance
     * @throws CommerceException INSUFFICIENT_BALANCE, ALREADY_PAID, ORDER_EXPIRED, INVALID_ORDER_STATUS,
     *     UNAUTHORIZED_ORDER_ACCESS, ORDER_NOT_FOUND, USER_NOT_FOUND
     */
    public Receipt pay(Payment payment) {
        required(payment, "payment");
        return context.transactions().run("orders.pay", stores -> pay(payment, stores));
    }

    private Receipt pay(Payment payment, Stores stores) {
        Order order = lock(payment.order(), payment.user(), stores);
        Instant now = context.now();
        Order paid = order.payable(now).paid(Discount.none(order.total()), now);
        User payer = lock(payment.user(), stores);
        Optional<BalanceChange> change = debit(payer, paid, now);

        change.ifPresent(made -> stores.users().write(List.of(made)));
        stores.orders().write(List.of(paid));
        stores.events().append(List.of(OrderEvent.of(paid, now)));
        stores.stock().move(StockMovement.each(paid.quantities(), StockMovement::confirm));
        return new Receipt(paid, change.map(BalanceChange::after).orElse(payer.balance()));
    }

    /**
     * Cancels a pending order and releases its stock.
     *
     * @return the order, CANCELLED
     * @throws CommerceException ORDER_EXPIRED, INVALID_ORDER_STATUS, UNAUTHORIZED_ORDER_ACCESS, ORDER_NOT_FOUND
     */
    public Order cancel(UserId user, OrderId id) {
        required(user, "user");
        required(id, "order");
        return context.transactions().run("orders.cancel", stores -> {
            Instant now = context.now();
            Order order = lock(id, user, stores).cancellable(now);
            Order cancelled = order.cancelled(now);

            stores.orders().write(List.of(cancelled));
            stores.events().append(List.of(OrderEvent.of(cancelled, now)));
            stores.stock().move(StockMovement.each(order.quantities(), StockMovement::release));
            return cancelled;
        });
    }

    /**
     * The order with this id, if it is this user's; empty if there is none.
     *
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS
     */
    public Optional<Order> find(UserId user, OrderId id) {
        required(user, "user");
        required(id, "order");
        return context.transactions()
                .run("orders.find", stores -> stores.orders().find(id).map(order -> order.ownedBy(user)));
    }

    /**
     * The order with this id, if it is this user's.
     *
     * @throws CommerceException ORDER_NOT_FOUND, UNAUTHORIZED_ORDER_ACCESS
     */
    public Order get(UserId user, OrderId id) {
        return find(user, id).orElseThrow(() -> Order.notFound(id));
    }

    private static Order lock(OrderId id, UserId owner, Stores stores) {
        Order order = stores.orders().lock(Set.of(id)).get(id);
        if (order == null) {
            throw Order.notFound(id);
        }
        return order.ownedBy(owner);
    }

    private static User lock(UserId id, Stores stores) {
        User user = stores.users().lock(Set.of(id)).get(id);
        if (user == null) {
            throw id.notFound();
        }
        return user;
    }

    private static Optional<BalanceChange> debit(User payer, Order order, Instant now) {
        Money amount = order.finalAmount();
        if (amount.isZero()) {
            return Optional.empty();
        }
        String reference = order.id().toString();
        return Optional.of(
                payer.change(new BalanceMovement(amount.negated(), BalanceCode.PAYMENT, "", reference), now));
    }
}
