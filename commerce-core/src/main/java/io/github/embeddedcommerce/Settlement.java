package io.github.embeddedcommerce;

import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
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
import org.jspecify.annotations.Nullable;

/**
 * How an order's money, coupon and goods change hands together: by paying, and back by cancelling. Each method is the
 * work of one transaction. Thread-safe.
 */
record Settlement(UseCaseContext context) {
    Receipt pay(PayOrder payment, Stores stores) {
        Order order = lock(payment.order(), payment.user(), stores);
        Instant now = context.now();
        order.payable(now);
        User payer = lock(payment.user(), stores);
        Optional<UserCoupon> coupon = coupon(payment.coupon(), stores);
        Discount discount = coupon.map(held -> held.discountOn(order.total(), payer.id(), now))
                .orElse(Discount.none(order.total()));
        Order paid = order.paid(discount, now);
        Optional<BalanceChange> change =
                change(payer, paid, BalanceCode.PAYMENT, paid.finalAmount().negated(), now);

        change.ifPresent(made -> stores.users().write(List.of(made)));
        stores.orders().write(List.of(paid));
        coupon.ifPresent(
                held -> stores.coupons().use(List.of(held.used(paid.id().value(), now))));
        stores.events().append(List.of(OrderEvent.of(paid, now)));
        stores.stock().move(StockMovement.each(paid.quantities(), StockMovement::confirm));
        return new Receipt(paid, change.map(BalanceChange::after).orElse(payer.balance()));
    }

    Cancellation cancel(UserId user, OrderId id, Stores stores) {
        Order order = lock(id, user, stores);
        Instant now = context.now();
        order.cancellable(now);
        return order.status() == OrderStatus.PAID ? takeBack(order, now, stores) : release(order, now, stores);
    }

    /** Cancels a pending order: nothing but a reservation has changed hands. */
    private static Cancellation release(Order order, Instant now, Stores stores) {
        Order cancelled = order.cancelled(now);

        stores.orders().write(List.of(cancelled));
        stores.events().append(List.of(OrderEvent.of(cancelled, now)));
        stores.stock().move(StockMovement.each(order.quantities(), StockMovement::release));
        return Cancellation.of(cancelled, false);
    }

    /** Cancels a paid order: money and coupon go back to its owner, and the goods to the shop. */
    private static Cancellation takeBack(Order order, Instant now, Stores stores) {
        User owner = lock(order.user(), stores);
        Set<UserCouponId> returnable = returnable(order, now, stores);
        SortedMap<OptionId, Long> quantities = order.quantities();
        List<StockChange> returned = returned(order, stores.stock().lock(quantities.keySet()), now);
        Order cancelled = order.cancelled(now);
        Optional<BalanceChange> refund = change(owner, order, BalanceCode.REFUND, order.finalAmount(), now);

        refund.ifPresent(made -> stores.users().write(List.of(made)));
        stores.orders().write(List.of(cancelled));
        stores.coupons().giveBack(returnable);
        stores.events().append(List.of(OrderEvent.of(cancelled, now)));
        stores.stock().move(StockMovement.each(quantities, StockMovement::change));
        stores.stock().record(returned);
        return Cancellation.of(cancelled, !returnable.isEmpty());
    }

    private static List<StockChange> returned(Order order, Map<OptionId, StockLevel> levels, Instant now) {
        Reason reason = new Reason(Kind.RETURN, "order " + order.id());
        return order.quantities().entrySet().stream()
                .map(entry -> {
                    StockLevel before = requireNonNull(levels.get(entry.getKey()));
                    return StockChange.between(before, before.change(entry.getValue()), reason, now);
                })
                .toList();
    }

    private static Set<UserCouponId> returnable(Order order, Instant now, Stores stores) {
        return coupon(order.progress().discount().coupon(), stores)
                .filter(used -> used.isReturnable(now))
                .map(used -> Set.of(used.id()))
                .orElse(Set.of());
    }

    /**
     * The coupon with this id; empty if no id is given. Its owner's row is locked, or it will be refused as foreign.
     */
    private static Optional<UserCoupon> coupon(@Nullable UserCouponId id, Stores stores) {
        if (id == null) {
            return Optional.empty();
        }
        UserCoupon coupon = stores.coupons().issued(Set.of(id)).get(id);
        if (coupon == null) {
            throw UserCoupon.notFound(id);
        }
        return Optional.of(coupon);
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

    /** What an order does to a balance; empty if there is nothing to pay. */
    private static Optional<BalanceChange> change(User user, Order order, BalanceCode code, Money amount, Instant now) {
        if (amount.isZero()) {
            return Optional.empty();
        }
        String reference = order.id().toString();
        return Optional.of(user.change(new BalanceMovement(amount, code, "", reference), now));
    }
}
