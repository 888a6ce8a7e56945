package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Pays orders from their owners' balances: the balance goes down with a line in its history, the coupon is used, the
 * reserved stock is sold, the order is PAID, and an event is written.
 */
public final class PayOrders implements UseCase<PayOrder, Receipt> {
    private final UseCaseContext context;

    public PayOrders(UseCaseContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "orders.pay";
    }

    @Override
    public Set<RowKey> contended(PayOrder request) {
        return RowKey.with(request.key(), request.user(), RowKey.of(LockOrder.USER, request.user()));
    }

    /** What a transaction has locked, read, and is to write. */
    private record Locked(LockedOrders orders, LockedBalances balances, UserCoupons coupons, StockMovements stock) {}

    @Override
    public List<Answer<Receipt>> perform(List<PayOrder> requests, Stores stores) {
        IdempotentCalls<PayOrder> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        Map<OrderId, Order> paidBefore = calls.earlierOrders(stores);
        Locked locked = lock(calls.fresh(), stores);
        Instant now = context.now();

        List<Answer<Receipt>> answers = calls.decide(
                request -> Answer.of(() -> pay(request, locked, now)),
                (request, result) -> receipt(result, paidBefore));

        locked.balances.write(stores);
        locked.orders.write(stores);
        locked.coupons.write(stores);
        calls.store(answers, PayOrders::result, stores);
        locked.stock.write(stores);
        return answers;
    }

    private static Locked lock(List<PayOrder> requests, Stores stores) {
        var orders = requests.stream().map(PayOrder::order).collect(toSet());
        var users = requests.stream().map(PayOrder::user).collect(toSet());
        var coupons =
                requests.stream().map(PayOrder::coupon).filter(Objects::nonNull).collect(toSet());
        return new Locked(
                LockedOrders.lock(orders, stores),
                LockedBalances.lock(users, stores),
                UserCoupons.read(coupons, stores),
                new StockMovements());
    }

    private static Receipt pay(PayOrder request, Locked locked, Instant now) {
        Order order = locked.orders.require(request.order(), request.user());
        order.requirePayable(now);
        locked.balances.require(request.user());
        Instant paidAt = OrderTransitions.timeOfNext(order, now);
        order.requireNothingUnderWay();
        Discount discount = locked.coupons.discountOn(order, request.coupon(), paidAt);
        Order paid = OrderTransitions.paid(order, discount, paidAt);
        Money remaining = takeFrom(request.user(), order, paid, locked, paidAt);

        locked.orders.step(paid);
        locked.coupons.useFor(order, discount, paidAt);
        locked.stock.add(paid.quantities(), StockMovement::confirm);
        return new Receipt(paid, remaining);
    }

    /** What the payer has left. An order that costs nothing leaves the balance as it is. */
    private static Money takeFrom(UserId payer, Order before, Order paid, Locked locked, Instant paidAt) {
        Money amount = paid.paid().fromBalance().minus(before.paid().fromBalance());
        return amount.isZero()
                ? locked.balances.require(payer).balance()
                : locked.orders
                        .changeBalance(paid.id(), amount.negated(), locked.balances, paidAt)
                        .after();
    }

    private @Nullable IdempotentCall call(PayOrder request) {
        Object coupon = request.coupon() == null ? "" : request.coupon();
        return request.key() == null
                ? null
                : IdempotentCall.of(request.user(), request.key(), name(), request.order(), coupon);
    }

    private static StoredResult result(Receipt receipt) {
        long remaining = receipt.remainingBalance().getAmountMinorLong();
        Instant paidAt = Objects.requireNonNull(receipt.order().paidAt());
        return new StoredResult(receipt.order().id().value(), List.of(remaining), paidAt);
    }

    /** The receipt of a call that was performed before, whatever has become of the order since. */
    private Receipt receipt(StoredResult result, Map<OrderId, Order> orders) {
        Order order = Objects.requireNonNull(orders.get(new OrderId(result.id())));
        Money remaining =
                Money.ofMinor(context.settings().currency(), result.values().get(0));
        return new Receipt(OrderTransitions.asPaid(order), remaining);
    }
}
