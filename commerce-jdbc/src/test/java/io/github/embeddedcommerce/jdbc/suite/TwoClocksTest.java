package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.page.PageRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders and coupons of two hosts whose clocks differ. */
@Tag("T7")
@Tag("J5")
class TwoClocksTest extends ClocksTest {
    @Test
    @Tag("O2")
    @Tag("O5")
    void an_order_is_placed_paid_and_refunded_by_either_host() {
        each((first, second) -> {
            for (List<CommerceFacade> hosts : List.of(
                    List.of(first, second, first), List.of(first, second, second), List.of(first, first, second))) {
                Order closed = cancelled(hosts.get(2), paid(hosts.get(0), hosts.get(1)));

                assertThat(closed.paidAt()).isAfterOrEqualTo(closed.placedAt());
                assertThat(closed.closedAt()).isAfterOrEqualTo(closed.paidAt());
                assertThat(shop.orders().get(ann, closed.id())).isEqualTo(closed);
            }
        });
    }

    @Test
    @Tag("O5")
    @Tag("J1")
    void an_order_is_placed_and_cancelled_or_expired_by_either_host() {
        each((first, second) -> {
            Order cancelled = cancelled(second, place(first));
            assertThat(cancelled.closedAt()).isAfterOrEqualTo(cancelled.placedAt());

            place(first);
            advance(Duration.ofMinutes(11));
            assertThat(second.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        });
    }

    @Test
    @Tag("O2")
    @Tag("O5")
    void a_clock_that_was_an_hour_ahead_and_is_set_right_leaves_every_order_to_be_paid_and_refunded() {
        aheadClock.advance(Duration.ofHours(1));
        Order placed = place(ahead);
        Order paid = paid(ahead, ahead);
        CouponId half = shop.coupons().create(coupon(Duration.ofDays(1))).id();
        UserCoupon coupon = ahead.coupons().issue(ann, half);

        shop.orders().pay(PayOrder.by(ann, placed.id()).withCoupon(coupon.id()));
        cancelled(shop, placed);
        cancelled(shop, paid);
        Order again = place(shop);
        shop.orders().pay(PayOrder.by(ann, again.id()).withCoupon(coupon.id()));
        nothingRunsBackwards();
        cancelled(shop, again);

        nothingRunsBackwards();
        assertThat(shop.coupons()
                        .list(ann, CouponStatus.AVAILABLE, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    @Tag("O4")
    @Tag("J1")
    void a_host_that_is_ahead_expires_an_order_early_by_as_much_and_never_one_that_is_paid() {
        Duration difference = Duration.ofSeconds(2);
        aheadClock.advance(difference);
        Order lost = place(shop);
        Order won = place(shop);
        clock.advance(Duration.ofMinutes(10).minus(difference));
        aheadClock.advance(Duration.ofMinutes(10).minus(difference).minusNanos(1_000));

        assertThat(ahead.jobs().expireOverdueOrders().call().expired()).isZero();
        aheadClock.advance(Duration.ofNanos(1_000));
        refused(ORDER_EXPIRED, () -> ahead.orders().pay(PayOrder.by(ann, lost.id())));
        shop.orders().pay(PayOrder.by(ann, won.id()));
        assertThat(ahead.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        refused(ORDER_EXPIRED, () -> shop.orders().pay(PayOrder.by(ann, lost.id())));

        assertThat(shop.orders().get(ann, won.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(shop.orders().get(ann, lost.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        nothingRunsBackwards();
    }

    @Test
    @Tag("K2")
    @Tag("K4")
    void a_coupon_is_created_issued_used_and_given_back_by_either_host() {
        each((first, second) -> {
            CouponId half = first.coupons().create(coupon(Duration.ofDays(1))).id();
            UserCoupon coupon = second.coupons().issue(ann, half);
            for (CommerceFacade using : List.of(first, second)) {
                Order order = place(first);
                using.orders().pay(PayOrder.by(ann, order.id()).withCoupon(coupon.id()));
                nothingRunsBackwards();
                assertThat(second.orders()
                                .cancel(CancelOrder.by(ann, order.id()))
                                .couponReturned())
                        .isTrue();
            }
        });
    }

    @Test
    @Tag("K4")
    void an_order_that_was_placed_after_a_coupon_expired_is_not_paid_with_it_by_a_host_that_is_behind() {
        aheadClock.advance(Duration.ofMillis(2));
        CouponId half = shop.coupons().create(coupon(Duration.ofMillis(1))).id();
        UserCoupon coupon = shop.coupons().issue(ann, half);
        Order order = place(ahead);

        refused(
                EXPIRED_COUPON,
                () -> shop.orders().pay(PayOrder.by(ann, order.id()).withCoupon(coupon.id())));
        shop.orders().pay(PayOrder.by(ann, order.id()));
    }

    private NewCoupon coupon(Duration valid) {
        return NewCoupon.of(
                        "half",
                        DiscountRule.percent(new BigDecimal("50")),
                        clock.instant().plus(valid))
                .limitedTo(5);
    }
}
