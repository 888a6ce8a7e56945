package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_PAYMENT_STATE;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_MISMATCH;
import static io.github.embeddedcommerce.event.OrderEvent.Type.CANCELLED;
import static io.github.embeddedcommerce.event.OrderEvent.Type.EXPIRED;
import static io.github.embeddedcommerce.event.OrderEvent.Type.PAID;
import static io.github.embeddedcommerce.event.OrderEvent.Type.PAYMENT_UNAPPLIED;
import static io.github.embeddedcommerce.event.OrderEvent.Type.REFUND_DUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.payment.SettlePayment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Money from outside that comes when its order can take it no longer, and what becomes of orders that close in between.
 */
@Tag("M4")
class LateMoneyTest extends PaymentTest {
    @Test
    void money_that_comes_after_its_order_has_expired_is_kept_and_told_and_closed_by_a_refund() {
        Order order = order(3);
        Payment payment = shop.payments().begin(byCard(order).withBalance(won(1_000)));
        clock.advance(TIME_TO_PAY);
        expireOverdue();
        assertThat(balance()).isEqualTo(10_000);
        assertThat(available()).isEqualTo(STOCK);

        Payment unapplied = settle(payment);

        assertThat(unapplied.state()).isEqualTo(PaymentState.UNAPPLIED);
        assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(shop.payments()
                        .list(PaymentQuery.all().inState(PaymentState.UNAPPLIED), PageRequest.first())
                        .items())
                .containsExactly(unapplied);
        assertThat(settle(payment)).isEqualTo(unapplied);

        Refund refund = shop.payments().refund(payment.id());
        assertThat(refund.amount()).isEqualTo(won(2_000));
        assertThat(shop.payments().refund(payment.id())).isEqualTo(refund);
        refused(INVALID_PAYMENT_STATE, () -> shop.payments().close(payment.id(), "by hand"));
        shop.payments().settleRefund(refund.id(), "re-1");
        assertThat(now(payment).state()).isEqualTo(PaymentState.CLOSED);
        assertThat(settle(payment).state()).isEqualTo(PaymentState.CLOSED);
        assertThat(told(order)).containsExactly(EXPIRED, PAYMENT_UNAPPLIED, REFUND_DUE);
    }

    @Test
    @Tag("O4")
    void money_that_comes_past_the_time_of_its_order_but_before_the_job_is_unapplied() {
        Order order = order(3);
        Payment payment = shop.payments().begin(byCard(order).withBalance(won(1_000)));
        clock.advance(TIME_TO_PAY);

        assertThat(settle(payment).state()).isEqualTo(PaymentState.UNAPPLIED);
        assertThat(now(order).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(violations()).isEmpty();
        expireOverdue();
        assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(balance()).isEqualTo(10_000);
        assertThat(told(order)).containsExactly(PAYMENT_UNAPPLIED, EXPIRED);
    }

    @Test
    void money_that_comes_just_in_time_pays_the_order() {
        Order order = order(3);
        Payment payment = begin(order);
        clock.advance(TIME_TO_PAY.minusNanos(1_000));

        settle(payment);

        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    void money_that_comes_after_its_order_was_cancelled_is_unapplied_and_closed_by_the_hosts_word() {
        Order order = order(3);
        Payment payment = begin(order);
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        assertThat(settle(payment).state()).isEqualTo(PaymentState.UNAPPLIED);
        assertThat(now(order).status()).isEqualTo(OrderStatus.CANCELLED);

        Payment closed = shop.payments().close(payment.id(), "sent by bank transfer");

        assertThat(closed.state()).isEqualTo(PaymentState.CLOSED);
        assertThat(closed.progress().note()).isEqualTo("sent by bank transfer");
        assertThat(shop.payments().close(payment.id(), "again")).isEqualTo(closed);
        refused(INVALID_PAYMENT_STATE, () -> shop.payments().refund(payment.id()));
        assertThat(told(order)).containsExactly(CANCELLED, PAYMENT_UNAPPLIED);
    }

    @Test
    void a_payment_that_was_said_to_have_failed_is_unapplied_if_the_order_was_paid_otherwise() {
        Order order = order(3);
        Payment failed = fail(begin(order));
        shop.orders().pay(PayOrder.by(ann, order.id()));

        assertThat(settle(failed).state()).isEqualTo(PaymentState.UNAPPLIED);

        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
        assertThat(told(order)).containsExactly(PAID, PAYMENT_UNAPPLIED);
    }

    @Test
    void a_payment_that_was_said_to_have_failed_is_unapplied_if_others_have_left_no_room() {
        Order order = order(3);
        Payment failed = fail(begin(order));
        Payment other = shop.payments().begin(byCard(order).withAmount(won(1)));

        assertThat(settle(failed).state()).isEqualTo(PaymentState.UNAPPLIED);

        assertThat(now(order).due()).isEqualTo(won(2_999));
        assertThat(now(order).status()).isEqualTo(OrderStatus.PENDING);
        settle(other);
    }

    @Test
    void a_failure_of_a_payment_whose_order_has_closed_changes_only_the_payment() {
        Order order = order(3);
        Payment payment = shop.payments().begin(byCard(order).withBalance(won(1_000)));
        clock.advance(TIME_TO_PAY);
        expireOverdue();
        Order expired = now(order);

        assertThat(fail(payment).state()).isEqualTo(PaymentState.FAILED);

        assertThat(now(order)).isEqualTo(expired);
        assertThat(balance()).isEqualTo(10_000);
        refused(INVALID_PAYMENT_STATE, () -> shop.payments().refund(payment.id()));
    }

    @Test
    @Tag("M5")
    void an_order_that_closes_with_a_settled_part_gives_all_of_it_back() {
        Order order = order(5);
        Payment card =
                shop.payments().begin(byCard(order).withAmount(won(2_000)).withBalance(won(500)));
        settle(card);
        shop.payments().begin(byCard(order).withAmount(won(100)).withBalance(won(300)));
        assertThat(balance()).isEqualTo(9_200);
        clock.advance(Duration.ofHours(1));

        expireOverdue();

        assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(balance()).isEqualTo(10_000);
        assertThat(due()).singleElement().satisfies(refund -> {
            assertThat(refund.payment()).isEqualTo(card.id());
            assertThat(refund.amount()).isEqualTo(won(2_000));
        });
        assertThat(told(order)).containsExactly(EXPIRED, REFUND_DUE);
    }

    @Test
    @Tag("M5")
    void a_pending_order_that_is_cancelled_gives_its_parts_back() {
        Order order = order(5);
        settle(shop.payments().begin(byCard(order).withAmount(won(2_000)).withBalance(won(500))));

        shop.orders().cancel(CancelOrder.by(ann, order.id()));

        assertThat(balance()).isEqualTo(10_000);
        assertThat(due()).hasSize(1);
        assertThat(available()).isEqualTo(STOCK);
        assertThat(told(order)).containsExactly(CANCELLED, REFUND_DUE);
    }

    @Test
    @Tag("K4")
    void a_coupon_is_fixed_by_the_first_payment_and_free_again_when_none_is_left() {
        UserCoupon coupon = tenth();
        Order order = order(5);
        Payment first =
                shop.payments().begin(byCard(order).withAmount(won(1_000)).withCoupon(coupon.id()));
        Payment second = shop.payments().begin(byCard(order));
        assertThat(second.amount()).isEqualTo(won(3_500));
        assertThat(statusOf(coupon)).isEqualTo(CouponStatus.USED);
        assertThat(now(order).discount().amount()).isEqualTo(won(500));

        fail(first);
        assertThat(statusOf(coupon)).isEqualTo(CouponStatus.USED);
        fail(second);

        assertThat(statusOf(coupon)).isEqualTo(CouponStatus.AVAILABLE);
        assertThat(now(order)).isEqualTo(order);
        settle(shop.payments().begin(byCard(order).withCoupon(coupon.id())));
        assertThat(now(order).paid().fromOutside()).isEqualTo(won(4_500));
        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    @Tag("K4")
    void a_coupon_that_expires_while_its_payment_is_under_way_still_counts() {
        UserCoupon coupon = tenth();
        Order order = order(5);
        Payment payment =
                shop.payments().begin(byCard(order).withCoupon(coupon.id()).heldFor(Duration.ofMinutes(9)));
        clock.advance(Duration.ofMinutes(7));

        settle(payment);

        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
        assertThat(now(order).discount().amount()).isEqualTo(won(500));
    }

    @Test
    @Tag("K4")
    void the_coupon_of_an_order_that_closes_unpaid_is_free_again() {
        UserCoupon coupon = tenth();
        Order expiring = order(2);
        shop.payments().begin(byCard(expiring).withCoupon(coupon.id()));
        clock.advance(Duration.ofMinutes(1));
        shop.orders().cancel(CancelOrder.by(ann, expiring.id()));
        assertThat(statusOf(coupon)).isEqualTo(CouponStatus.AVAILABLE);
        Order second = order(2);
        shop.payments().begin(byCard(second).withCoupon(coupon.id()));
        clock.advance(TIME_TO_PAY);
        expireOverdue();

        assertThat(statusOf(coupon)).isEqualTo(CouponStatus.EXPIRED);
        assertThat(now(second).discount().amount()).isEqualTo(won(0));
    }

    /** A coupon of Ann's for a tenth, valid for six minutes. */
    private UserCoupon tenth() {
        NewCoupon coupon =
                NewCoupon.of("Tenth", DiscountRule.percent(10), clock.instant().plus(Duration.ofMinutes(6)));
        return shop.coupons().issue(ann, shop.coupons().create(coupon).id());
    }

    private CouponStatus statusOf(UserCoupon coupon) {
        return shop.coupons().list(ann, PageRequest.first()).items().stream()
                .filter(mine -> mine.id().equals(coupon.id()))
                .findFirst()
                .orElseThrow()
                .status(clock.instant());
    }

    @Test
    @Tag("M5")
    void a_paid_order_that_is_cancelled_is_refunded_to_where_the_money_came_from() {
        Order order = order(5);
        settle(shop.payments().begin(byCard(order).withAmount(won(1_000)).withBalance(won(500))));
        settle(shop.payments().begin(byCard(order).withAmount(won(2_000))));
        shop.orders().pay(PayOrder.by(ann, order.id()));
        assertThat(balance()).isEqualTo(8_000);

        shop.orders().cancel(CancelOrder.by(ann, order.id()));

        assertThat(balance()).isEqualTo(10_000);
        assertThat(due()).extracting(Refund::amount).containsExactlyInAnyOrder(won(2_000), won(1_000));
        assertThat(told(order)).containsExactly(PAID, CANCELLED, REFUND_DUE, REFUND_DUE);
    }

    @Test
    @Tag("M5")
    void a_refund_is_settled_once_and_one_that_fails_stays_due() {
        Order order = paidByCard(3);
        Order other = paidByCard(1);
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        shop.orders().cancel(CancelOrder.by(ann, other.id()));
        Refund second = due().get(0);
        Refund refund = due().get(1);
        assertThat(refund.amount()).isEqualTo(won(3_000));

        Refund failed = shop.payments().failRefund(refund.id(), "card closed");
        assertThat(failed.state()).isEqualTo(RefundState.DUE);
        assertThat(failed.progress().failure()).isEqualTo("card closed");
        assertThat(shop.payments().getRefund(refund.id())).isEqualTo(failed);
        clock.advance(Duration.ofDays(1));
        Refund settled = shop.payments().settleRefund(refund.id(), "re-1");
        assertThat(settled.state()).isEqualTo(RefundState.SETTLED);

        assertThat(shop.payments().settleRefund(refund.id(), "re-1")).isEqualTo(settled);
        assertThat(shop.payments().failRefund(refund.id(), "too late")).isEqualTo(settled);
        refused(PAYMENT_MISMATCH, () -> shop.payments().settleRefund(refund.id(), "re-2"));
        refused(PAYMENT_MISMATCH, () -> shop.payments().settleRefund(second.id(), "re-1"));
        assertThat(due()).containsExactly(second);
        assertThat(shop.payments().listRefunds(order.id(), PageRequest.first()).items())
                .containsExactly(settled);
        assertThat(shop.payments().getRefund(refund.id())).isEqualTo(settled);
    }

    @Test
    @Tag("M5")
    void refunds_are_paged_the_latest_begun_first() {
        for (int n = 0; n < 3; n++) {
            shop.orders().cancel(CancelOrder.by(ann, paidByCard(1).id()));
        }
        List<Refund> due = due();
        assertThat(due)
                .hasSize(3)
                .isSortedAccordingTo(Comparator.comparing(Refund::id).reversed());

        PageRequest two = PageRequest.first(2);
        Page<Refund> first = shop.payments().listRefunds(RefundState.DUE, two);
        Page<Refund> rest = shop.payments().listRefunds(RefundState.DUE, two.after(first.next()));
        assertThat(first.items()).isEqualTo(due.subList(0, 2));
        assertThat(rest.items()).isEqualTo(due.subList(2, 3));
        assertThat(rest.next()).isNull();
    }

    @Test
    @Tag("M5")
    void a_settled_payment_is_refunded_by_its_order_alone() {
        Order order = paidByCard(1);
        Payment payment = shop.payments()
                .list(PaymentQuery.all().ofOrder(order.id()), PageRequest.first())
                .items()
                .get(0);
        refused(INVALID_PAYMENT_STATE, () -> shop.payments().refund(payment.id()));
        refused(INVALID_PAYMENT_STATE, () -> shop.payments().close(payment.id(), "why not"));
        assertThat(shop.payments().settle(SettlePayment.of(payment.id(), "ref-" + payment.id(), won(1_000))))
                .isEqualTo(payment);
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        refused(INVALID_PAYMENT_STATE, () -> shop.payments().refund(payment.id()));
    }
}
