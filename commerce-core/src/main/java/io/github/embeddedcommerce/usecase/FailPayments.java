package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
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
        LockedPayment locked = LockedPayment.lock(request.payment(), stores);
        Payment payment = locked.payment();
        String reference = request.reference();
        if (reference != null) {
            payment.requireReference(reference);
            locked.requireFree(reference, stores);
        }
        if (payment.state() != PaymentState.BEGUN) {
            return payment;
        }

        Instant now = context.now();
        boolean isPending = locked.order().status() == OrderStatus.PENDING;
        Money part = payment.progress().balancePart();
        Payment failed = PaymentTransitions.failed(
                payment, reference, isPending ? part.minus(part) : part, request.reason(), now);
        if (isPending) {
            new Release(locked, part, now).perform(stores);
        }
        locked.write(failed, stores);
        return failed;
    }

    /** What an order gets back when a payment of it fails. */
    private record Release(LockedPayment locked, Money part, Instant now) {
        void perform(Stores stores) {
            Order order = locked.order();
            LockedOrders orders = locked.orders();
            UserCouponId coupon = order.discount().coupon();
            boolean frees = others().findAny().isEmpty();
            Set<UserId> owner = part.isPositive() || (frees && coupon != null) ? Set.of(order.user()) : Set.of();
            LockedBalances balances = LockedBalances.lock(owner, stores);
            UserCoupons coupons = UserCoupons.read(Set.of(), stores);

            if (part.isPositive()) {
                orders.giveBack(order.id(), part, balances, now);
            }
            if (frees) {
                coupons.release(coupon);
            }
            Discount discount = frees ? Discount.none(order.total()) : order.discount();
            orders.put(OrderTransitions.failed(order, locked.payment().amount(), part, discount, heldUntil()));
            balances.write(stores);
            coupons.write(stores);
        }

        /** The other payments that the order and its coupon are held for. */
        private Stream<Payment> others() {
            return locked.payments().of(locked.order().id()).stream()
                    .filter(payment -> !payment.id().equals(locked.payment().id()))
                    .filter(payment ->
                            payment.state() == PaymentState.BEGUN || payment.state() == PaymentState.SETTLED);
        }

        private Instant heldUntil() {
            return others().map(payment -> payment.progress().times().heldUntil())
                    .reduce(locked.order().payBy(), (one, other) -> one.isAfter(other) ? one : other);
        }
    }
}
