package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cancels orders. Of a pending order the reservation is released. Of a paid one the money and the coupon go back to its
 * owner, and the units to the shop.
 */
public final class CancelOrders implements UseCase<CancelOrder, Cancellation> {
    private final UseCaseContext context;

    public CancelOrders(UseCaseContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "orders.cancel";
    }

    @Override
    public Set<RowKey> contended(CancelOrder request) {
        return RowKey.with(request.key(), request.user(), RowKey.of(LockOrder.USER, request.user()));
    }

    /** What a transaction has locked, read, and is to write. */
    private record Locked(
            LockedOrders orders,
            OrderRefunds refunds,
            UserCoupons coupons,
            LockedStock returned,
            StockMovements released) {}

    @Override
    public List<Answer<Cancellation>> perform(List<CancelOrder> requests, Stores stores) {
        IdempotentCalls<CancelOrder> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        Map<OrderId, Order> cancelledBefore = calls.earlierOrders(stores);
        Locked locked = lock(calls.fresh(), stores);
        Instant now = context.now();

        List<Answer<Cancellation>> answers = calls.decide(
                request -> Answer.of(() -> cancel(request, locked, now)),
                (request, result) -> cancellation(result, cancelledBefore));

        locked.refunds.write(stores);
        locked.orders.write(stores);
        locked.coupons.write(stores);
        calls.store(answers, CancelOrders::result, stores);
        locked.released.write(stores);
        locked.returned.write(stores);
        return answers;
    }

    /**
     * What a paid order needs beyond its own row is known once that is locked: its owner, its coupon, its stock. Where
     * there is one, the stock of all orders is locked at once, or the reservations released later would be locked out
     * of order.
     */
    private static Locked lock(List<CancelOrder> requests, Stores stores) {
        LockedOrders orders =
                LockedOrders.lock(requests.stream().map(CancelOrder::order).collect(toSet()), stores);
        Predicate<Order> asked =
                order -> requests.stream().anyMatch(request -> request.user().equals(order.user()));
        Collection<Order> paid = orders.where(asked.and(order -> order.status() == OrderStatus.PAID));
        Collection<Order> returning = orders.where(asked.and(Order::hasPayments));
        var options = (paid.isEmpty() ? paid : orders.where(order -> true))
                .stream().flatMap(order -> order.quantities().keySet().stream()).collect(toSet());
        return new Locked(
                orders,
                OrderRefunds.lock(orders, returning, stores),
                UserCoupons.read(UserCoupons.usedFor(paid), stores),
                LockedStock.lock(options, stores),
                new StockMovements());
    }

    private static Cancellation cancel(CancelOrder request, Locked locked, Instant now) {
        Order order = locked.orders.require(request.order(), request.user());
        order.requireCancellable(now);
        Instant closedAt = OrderTransitions.timeOfNext(order, now);
        boolean wasPaid = order.status() == OrderStatus.PAID;
        boolean couponReturned = wasPaid && takeBack(order, locked, closedAt);
        if (!wasPaid) {
            locked.refunds.giveBack(order, closedAt);
            locked.coupons.release(order.discount().coupon());
            locked.released.add(order.quantities(), StockMovement::release);
        }
        Order cancelled = OrderTransitions.cancelled(locked.orders.require(order.id()), closedAt);
        locked.orders.step(cancelled);
        return Cancellation.of(cancelled, couponReturned);
    }

    /** Takes back what returns have left of a paid order. Returns whether the coupon can be used again. */
    private static boolean takeBack(Order order, Locked locked, Instant closedAt) {
        locked.refunds.requireOwner(order);
        UserCoupon coupon = locked.coupons.usedFor(order);
        order.kept()
                .forEach((option, quantity) -> locked.returned.require(option).requireChangeable(quantity));

        locked.refunds.refund(order.id(), order.finalAmount().minus(order.refunded()), closedAt);
        Reason reason = new Reason(Kind.RETURN, "order " + order.id());
        order.kept().forEach((option, quantity) -> locked.returned.change(option, quantity, reason, closedAt));
        return locked.coupons.giveBack(coupon, closedAt);
    }

    private @Nullable IdempotentCall call(CancelOrder request) {
        return request.key() == null ? null : IdempotentCall.of(request.user(), request.key(), name(), request.order());
    }

    private static StoredResult result(Cancellation cancellation) {
        Order order = cancellation.order();
        long couponReturned = cancellation.couponReturned() ? 1 : 0;
        return new StoredResult(order.id().value(), List.of(couponReturned), Objects.requireNonNull(order.closedAt()));
    }

    private static Cancellation cancellation(StoredResult result, Map<OrderId, Order> orders) {
        Order order = Objects.requireNonNull(orders.get(new OrderId(result.id())));
        return Cancellation.of(order, result.values().get(0) == 1);
    }
}
