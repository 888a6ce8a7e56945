package io.github.embeddedcommerce.jdbc.faults;

import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.SettlePayment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same for payments from outside: money that has come is there once or not at all, and can be reported again. */
@Tag("E3")
@Tag("T3")
class CutPaymentsTest extends CutCallsTest {
    @Test
    @Tag("M2")
    void beginning_with_a_part_from_the_balance_and_a_coupon() {
        everywhere(() -> {
            Order order = order();
            UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
            return shop ->
                    shop.payments().begin(byCard(order).withBalance(won(100)).withCoupon(coupon));
        });
    }

    @Test
    @Tag("M3")
    void settling_the_last_part() {
        everywhere(() -> {
            Payment payment = shop.payments().begin(byCard(order()).withBalance(won(100)));
            return shop -> shop.payments().settle(settlement(payment));
        });
    }

    @Test
    @Tag("M3")
    void failing() {
        everywhere(() -> {
            UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
            Payment payment =
                    shop.payments().begin(byCard(order()).withBalance(won(100)).withCoupon(coupon));
            return shop -> shop.payments().fail(FailPayment.of(payment.id()));
        });
    }

    @Test
    @Tag("M4")
    void settling_and_refunding_what_comes_too_late() {
        everywhere(() -> {
            Payment payment = tooLate();
            return shop -> shop.payments().settle(settlement(payment));
        });
        everywhere(() -> {
            Payment payment = tooLate();
            shop.payments().settle(settlement(payment));
            return shop -> shop.payments().refund(payment.id());
        });
        everywhere(() -> {
            Payment payment = tooLate();
            shop.payments().settle(settlement(payment));
            return shop -> shop.payments().close(payment.id(), "by hand");
        });
    }

    @Test
    @Tag("M5")
    void cancelling_what_was_paid_from_both_and_settling_the_refund() {
        everywhere(() -> {
            Order order = order();
            shop.payments()
                    .settle(settlement(shop.payments().begin(byCard(order).withBalance(won(100)))));
            return shop -> shop.orders().cancel(CancelOrder.by(ann, order.id()));
        });
        everywhere(() -> {
            Payment payment = tooLate();
            shop.payments().settle(settlement(payment));
            RefundId refund = shop.payments().refund(payment.id()).id();
            return shop -> shop.payments().settleRefund(refund, "re-" + refund);
        });
    }

    private Order order() {
        return shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    private BeginPayment byCard(Order order) {
        return BeginPayment.by(ann, order.id(), "card");
    }

    private Payment tooLate() {
        Order order = order();
        Payment payment = shop.payments().begin(byCard(order));
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        return payment;
    }

    private static SettlePayment settlement(Payment payment) {
        return SettlePayment.of(payment.id(), "ref-" + payment.id(), payment.amount());
    }
}
