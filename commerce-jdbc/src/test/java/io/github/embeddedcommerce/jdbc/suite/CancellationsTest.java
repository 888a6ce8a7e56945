package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cancelling orders that were paid, and what happens when several things happen to one order at once. */
class CancellationsTest extends ShopTest {
    Product mug;
    UserId ann;

    @BeforeEach
    void a_product_and_a_user() {
        mug = product("MUG", 1_000, 10);
        ann = user("ann", 10_000);
    }

    @Test
    @Tag("O5")
    @Tag("S4")
    @Tag("B3")
    void a_paid_order_gives_back_money_and_goods() {
        Order paid = paid(3);

        Cancellation cancellation = shop.orders().cancel(CancelOrder.by(ann, paid.id()));

        assertThat(cancellation.refunded()).isEqualTo(won(3_000));
        assertThat(cancellation.couponReturned()).isFalse();
        assertThat(cancellation.order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(shop.orders().get(ann, paid.id())).isEqualTo(cancellation.order());
        assertThat(available()).isEqualTo(10);
        BalanceChange refund = shop.users()
                .listBalanceChanges(ann, BalanceQuery.all(), PageRequest.first(1))
                .items()
                .get(0);
        assertThat(refund.movement().code()).isEqualTo(BalanceCode.REFUND);
        assertThat(refund.movement().amount()).isEqualTo(won(3_000));
        assertThat(refund.movement().reference()).isEqualTo(paid.id().toString());
        assertThat(refund.after()).isEqualTo(won(10_000));
    }

    @Test
    @Tag("O6")
    void what_is_cancelled_stays_cancelled() {
        Order paid = paid(3);
        shop.orders().cancel(CancelOrder.by(ann, paid.id()));

        refused(INVALID_ORDER_STATUS, () -> shop.orders().cancel(CancelOrder.by(ann, paid.id())));
        refused(INVALID_ORDER_STATUS, () -> shop.orders().pay(PayOrder.by(ann, paid.id())));

        assertThat(shop.users().get(ann).balance()).isEqualTo(won(10_000));
    }

    @Test
    @Tag("O5")
    void a_pending_order_refunds_nothing() {
        Order pending = shop.orders().place(PlaceOrder.by(ann).line(option(), 3));

        assertThat(shop.orders().cancel(CancelOrder.by(ann, pending.id())).refunded())
                .isEqualTo(won(0));
        assertThat(available()).isEqualTo(10);
    }

    @Test
    @Tag("O5")
    @Tag("O4")
    void a_paid_order_can_be_cancelled_after_its_time_to_pay() {
        Order paid = paid(1);
        clock.advance(Duration.ofDays(365));

        assertThat(shop.orders().cancel(CancelOrder.by(ann, paid.id())).refunded())
                .isEqualTo(won(1_000));
    }

    @Test
    @Tag("O5")
    @Tag("K4")
    void a_coupon_is_given_back_and_can_be_used_again() {
        UserCoupon coupon = coupon(DiscountRule.percent(10));
        Order paid = paidWith(coupon, 3);

        Cancellation cancellation = shop.orders().cancel(CancelOrder.by(ann, paid.id()));

        assertThat(cancellation.refunded()).isEqualTo(won(2_700));
        assertThat(cancellation.couponReturned()).isTrue();
        assertThat(cancellation.order().discount().amount()).isEqualTo(won(300));
        assertThat(shop.coupons()
                        .list(ann, CouponStatus.AVAILABLE, PageRequest.first())
                        .items())
                .containsExactly(coupon);
        Order again = paidWith(coupon, 2);
        assertThat(again.finalAmount()).isEqualTo(won(1_800));
        assertThat(shop.orders().cancel(CancelOrder.by(ann, again.id())).refunded())
                .isEqualTo(won(1_800));
    }

    @Test
    @Tag("O5")
    void a_coupon_that_has_expired_since_stays_used() {
        UserCoupon coupon = coupon(DiscountRule.percent(10));
        Order paid = paidWith(coupon, 3);
        clock.advance(Duration.ofDays(1));

        Cancellation cancellation = shop.orders().cancel(CancelOrder.by(ann, paid.id()));

        assertThat(cancellation.refunded()).isEqualTo(won(2_700));
        assertThat(cancellation.couponReturned()).isFalse();
        assertThat(shop.coupons()
                        .list(ann, CouponStatus.USED, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    @Tag("O5")
    void an_order_that_cost_nothing_refunds_nothing() {
        Order paid = paidWith(coupon(DiscountRule.percent(100)), 3);

        Cancellation cancellation = shop.orders().cancel(CancelOrder.by(ann, paid.id()));

        assertThat(cancellation.refunded()).isEqualTo(won(0));
        assertThat(cancellation.couponReturned()).isTrue();
        assertThat(shop.users()
                        .listBalanceChanges(ann, BalanceQuery.all(), PageRequest.first(10))
                        .items())
                .hasSize(1);
        assertThat(available()).isEqualTo(10);
    }

    @Test
    @Tag("O5")
    @Tag("E2")
    void a_return_that_the_stock_has_no_room_for_is_refused() {
        Order paid = paid(3);
        shop.products().receiveStock(ReceiveStock.of(option(), NewOption.MAX_STOCK - 9));

        refused(INVALID_STOCK_QUANTITY, () -> shop.orders().cancel(CancelOrder.by(ann, paid.id())));
        shop.inTransaction(
                tx -> { // which is committed, whatever a refused call has written
                    refused(INVALID_STOCK_QUANTITY, () -> tx.orders().cancel(CancelOrder.by(ann, paid.id())));
                    return paid;
                });

        assertThat(shop.orders().get(ann, paid.id())).isEqualTo(paid);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(7_000));
    }

    @Test
    @Tag("O5")
    @Tag("E2")
    void a_refund_that_the_balance_has_no_room_for_is_refused() {
        Order paid = paidWith(coupon(DiscountRule.percent(10)), 3);
        shop.users().topUp(TopUp.of(ann, won(Validation.MAX_AMOUNT_MINOR - 9_000)));

        refused(VALIDATION_ERROR, () -> shop.orders().cancel(CancelOrder.by(ann, paid.id())));

        assertThat(shop.orders().get(ann, paid.id())).isEqualTo(paid);
        assertThat(shop.coupons()
                        .list(ann, CouponStatus.USED, PageRequest.first())
                        .items())
                .hasSize(1);
        assertThat(available()).isEqualTo(7);
    }

    @Test
    @Tag("O5")
    @Tag("B6")
    @Tag("E2")
    void nobody_is_refunded_who_has_been_removed() {
        UserId carl = user("carl", 1_000);
        Order order = shop.orders().place(PlaceOrder.by(carl).line(option(), 1));
        Order paid = shop.orders().pay(PayOrder.by(carl, order.id())).order();
        UserId dora = user("dora", 0);
        Order free = shop.orders().place(PlaceOrder.by(dora).line(option(), 1));
        UserCoupon gift = coupon(dora, DiscountRule.percent(100));
        shop.orders().pay(PayOrder.by(dora, free.id()).withCoupon(gift.id()));
        shop.users().remove(carl);
        shop.users().remove(dora);

        refused(USER_NOT_FOUND, () -> shop.orders().cancel(CancelOrder.by(carl, paid.id())));
        refused(USER_NOT_FOUND, () -> shop.orders().cancel(CancelOrder.by(dora, free.id())));
        assertThat(shop.orders().get(carl, paid.id())).isEqualTo(paid);
        assertThat(available()).isEqualTo(8);

        user("carl", 0);
        assertThat(shop.orders().cancel(CancelOrder.by(carl, paid.id())).refunded())
                .isEqualTo(won(1_000));
        assertThat(shop.users().get(carl).balance()).isEqualTo(won(1_000));
    }

    @Test
    @Tag("O4")
    @Tag("O6")
    @Tag("T2")
    void of_payments_and_cancellations_at_once_each_happens_at_most_once() {
        List<Order> orders = IntStream.range(0, 10)
                .mapToObj(n -> shop.orders().place(PlaceOrder.by(ann).line(option(), 1)))
                .toList();
        List<Runnable> calls = new ArrayList<>();
        for (Order order : orders) {
            calls.add(() -> shop.orders().pay(PayOrder.by(ann, order.id())));
            calls.add(() -> shop.orders().cancel(CancelOrder.by(ann, order.id())));
            calls.add(() -> shop.orders().cancel(CancelOrder.by(ann, order.id())));
        }

        Together<Boolean> done = Together.each(calls, call -> {
            call.run();
            return true;
        });

        assertThat(done.refusals()).containsOnly(INVALID_ORDER_STATUS);
        assertThat(done.results()).hasSizeBetween(10, 20);
        assertThat(orders)
                .allSatisfy(order ->
                        assertThat(shop.orders().get(ann, order.id()).status()).isEqualTo(OrderStatus.CANCELLED));
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(10_000));
        assertThat(available()).isEqualTo(10);
    }

    @Test
    @Tag("O4")
    @Tag("O6")
    @Tag("J1")
    void at_the_end_of_its_time_an_order_only_expires() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(option(), 1));
        clock.advance(Duration.ofMinutes(10));
        List<Runnable> calls = List.of(
                () -> shop.orders().pay(PayOrder.by(ann, order.id())),
                () -> shop.orders().cancel(CancelOrder.by(ann, order.id())),
                () -> shop.jobs().expireOverdueOrders().call(),
                () -> shop.jobs().expireOverdueOrders().call());

        Together<Boolean> done = Together.each(calls, call -> {
            call.run();
            return true;
        });

        assertThat(done.refusals()).containsExactly(ORDER_EXPIRED, ORDER_EXPIRED);
        shop.jobs().expireOverdueOrders().call();
        assertThat(shop.orders().get(ann, order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(available()).isEqualTo(10);
    }

    @Test
    @Tag("O6")
    @Tag("E2")
    void an_order_that_is_over_cannot_be_cancelled_by_anybody() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(option(), 1));
        clock.advance(Duration.ofMinutes(10));
        shop.jobs().expireOverdueOrders().call();

        refused(ORDER_EXPIRED, () -> shop.orders().cancel(CancelOrder.by(ann, order.id())));
        refused(VALIDATION_ERROR, () -> shop.orders().cancel(CancelOrder.by(nothing(), order.id())));
        refused(VALIDATION_ERROR, () -> shop.orders().cancel(CancelOrder.by(ann, nothing())));
    }

    private Order paid(long quantity) {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(option(), quantity));
        return shop.orders().pay(PayOrder.by(ann, order.id())).order();
    }

    private Order paidWith(UserCoupon coupon, long quantity) {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(option(), quantity));
        return shop.orders()
                .pay(PayOrder.by(ann, order.id()).withCoupon(coupon.id()))
                .order();
    }

    private UserCoupon coupon(DiscountRule discount) {
        return coupon(ann, discount);
    }

    private UserCoupon coupon(UserId user, DiscountRule discount) {
        NewCoupon coupon = NewCoupon.of("Coupon", discount, clock.instant().plus(Duration.ofDays(1)));
        return shop.coupons().issue(user, shop.coupons().create(coupon).id());
    }

    private OptionId option() {
        return mug.option("MUG").id();
    }

    private long available() {
        return shop.products().get(mug.id()).option("MUG").available();
    }
}
