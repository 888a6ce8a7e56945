package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.joda.money.Money;

/**
 * Fails payments from outside: what was taken from the balance with one is given back, the order is held no longer for
 * it, and its coupon is free again if no other payment is under way or settled. Thread-safe.
 */
public record FailPayments(UseCaseContext context) {
    /** Fails this payment, unless it is decided already. */
    public Payment fail(FailPayment request) {
        return context.transactions().run("payments.fail", stores -> fail(request, stores));
    }

    private Payment fail(FailPayment request, Stores stores) {
        OrderId id = LockedPayments.orderOf(request.payment(), stores);
        LockedOrders orders = LockedOrders.lock(Set.of(id), stores);
        LockedPayments payments = LockedPayments.read(Set.of(id), stores);
        Payment payment = payments.require(request.payment());
        String reference = request.reference();
        if (reference != null) {
            payment.requireReference(reference);
            LockedPayments.requireFree(reference, payment, stores);
        }
        if (payment.state() != PaymentState.BEGUN) {
            return payment;
        }

        Order order = orders.require(id);
        Instant now = context.now();
        boolean isPending = order.status() == OrderStatus.PENDING;
        Money part = payment.progress().balancePart();
        Payment failed = PaymentTransitions.failed(
                payment, reference, isPending ? part.minus(part) : part, request.reason(), now);
        payments.put(failed);
        if (isPending) {
            new Release(order, failed, part, now).perform(orders, payments, stores);
        }
        payments.write(stores);
        orders.write(stores);
        return failed;
    }

    /** What an order gets back when a payment of it fails. */
    private record Release(Order order, Payment failed, Money part, Instant now) {
        void perform(LockedOrders orders, LockedPayments payments, Stores stores) {
            UserCouponId coupon = order.discount().coupon();
            boolean frees = payments.of(order.id()).stream().noneMatch(Release::holds);
            Set<UserId> owner = part.isPositive() || (frees && coupon != null) ? Set.of(order.user()) : Set.of();
            LockedBalances balances = LockedBalances.lock(owner, stores);
            UserCoupons coupons = UserCoupons.read(Set.of(), stores);

            if (part.isPositive()) {
                orders.changeBalance(order.id(), part, balances, now);
            }
            if (frees) {
                coupons.release(coupon);
            }
            Discount discount = frees ? Discount.none(order.total()) : order.discount();
            orders.put(OrderTransitions.failed(
                    order, failed.amount(), part, discount, heldUntil(payments.of(order.id()))));
            balances.write(stores);
            coupons.write(stores);
        }

        private Instant heldUntil(Collection<Payment> payments) {
            return payments.stream()
                    .filter(Release::holds)
                    .map(payment -> payment.progress().times().heldUntil())
                    .reduce(order.payBy(), (one, other) -> one.isAfter(other) ? one : other);
        }

        private static boolean holds(Payment payment) {
            return payment.state() == PaymentState.BEGUN || payment.state() == PaymentState.SETTLED;
        }
    }
}
