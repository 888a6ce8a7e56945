package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_ISSUED;
import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_USED;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_INFO_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_SOLD_OUT;
import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.IssueLimit;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CouponsTest {
    private static final Instant END = NOON.plusSeconds(3_600);
    private static final NewCoupon TENTH = NewCoupon.of("Tenth", DiscountRule.percent(10), END);

    private final StockedShop shop = new StockedShop(50, 100);
    private final Coupons coupons = shop.door.coupons();
    private final Orders orders = shop.door.orders();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    @Tag("K1")
    void a_created_coupon_is_found_as_it_was_told() {
        Coupon limited = coupons.create(TENTH.limitedTo(5));
        Coupon unlimited = coupons.create(TENTH);
        assertThat(limited).isEqualTo(new Coupon(limited.id(), TENTH.terms(), new IssueLimit(5, 0), NOON));
        assertThat(unlimited.supply()).isNull();
        assertThat(coupons.get(limited.id())).isEqualTo(limited);
        assertThat(coupons.find(unlimited.id())).contains(unlimited);
    }

    @Test
    @Tag("K1")
    @Tag("E2")
    void a_malformed_coupon_is_refused_at_the_door() {
        Money dollar = Money.of(USD, 1);
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.create(nothing()));
        for (DiscountRule foreign : new DiscountRule[] {
            DiscountRule.amount(dollar), DiscountRule.percent(10).atMost(dollar)
        }) {
            shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.create(NewCoupon.of("Foreign", foreign, END)));
        }
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.create(TENTH.forOrdersFrom(dollar)));
        NewCoupon over = NewCoupon.of("Over", DiscountRule.percent(10), NOON);
        assertThat(shop.memory
                        .refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.create(over))
                        .values())
                .containsEntry("field", "coupon expiry");
    }

    @Test
    @Tag("K2")
    void exactly_as_many_are_issued_as_there_are_and_each_user_gets_one() {
        CouponId one = coupons.create(TENTH.limitedTo(1)).id();
        UserCoupon issued = coupons.issue(ANN, one);
        assertThat(issued.user()).isEqualTo(ANN);
        assertThat(issued.coupon()).isEqualTo(coupons.get(one));
        assertThat(coupons.get(one).supply()).isEqualTo(new IssueLimit(1, 1));
        shop.memory.refused(ALREADY_ISSUED, () -> coupons.issue(ANN, one));
        shop.memory.refused(COUPON_SOLD_OUT, () -> coupons.issue(BOB, one));
        assertThat(coupons.changeTotal(one, 2).supply()).isEqualTo(new IssueLimit(2, 1));
        shop.memory.refused(ALREADY_ISSUED, () -> coupons.issue(ANN, one));
        coupons.issue(BOB, one);
    }

    @Test
    @Tag("K2")
    @Tag("E2")
    void what_cannot_be_issued_is_refused_and_nothing_is_written() {
        CouponId unlimited = coupons.create(TENTH).id();
        shop.memory.refused(USER_NOT_FOUND, () -> coupons.issue(new UserId("stranger"), unlimited));
        shop.memory.refused(COUPON_INFO_NOT_FOUND, () -> coupons.issue(ANN, new CouponId(99)));
        shop.memory.refused(COUPON_INFO_NOT_FOUND, () -> coupons.get(new CouponId(99)));
        shop.memory.refused(COUPON_INFO_NOT_FOUND, () -> coupons.changeTotal(new CouponId(99), 1));
        shop.memory.refused(VALIDATION_ERROR, () -> coupons.changeTotal(unlimited, 1));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.changeTotal(unlimited, -1));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.changeTotal(nothing(), 1));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.issue(nothing(), unlimited));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.issue(ANN, nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.find(nothing()));
        shop.memory.clock.set(END);
        shop.memory.refused(EXPIRED_COUPON, () -> coupons.issue(ANN, unlimited));
    }

    @Test
    @Tag("K3")
    void a_users_coupons_are_listed_by_status_the_latest_first() {
        UserCoupon first = coupons.issue(ANN, coupons.create(TENTH).id());
        UserCoupon second = coupons.issue(ANN, coupons.create(TENTH).id());
        coupons.issue(BOB, first.coupon().id());
        orders.pay(new PayOrder(ANN, shop.mugsFor(ANN, 1).id()).withCoupon(first.id()));
        Page<UserCoupon> page = coupons.list(ANN, PageRequest.first(1));
        assertThat(page.items()).containsExactly(second);
        assertThat(coupons.list(ANN, PageRequest.first(1).after(page.next())).items())
                .extracting(UserCoupon::id)
                .containsExactly(first.id());
        assertThat(coupons.list(ANN, CouponStatus.USED, PageRequest.first()).items())
                .extracting(UserCoupon::id)
                .containsExactly(first.id());
        assertThat(coupons.list(ANN, CouponStatus.AVAILABLE, PageRequest.first())
                        .items())
                .containsExactly(second);
        shop.memory.clock.set(END);
        assertThat(coupons.list(ANN, CouponStatus.EXPIRED, PageRequest.first()).items())
                .containsExactly(second);
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.list(nothing(), PageRequest.first()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> coupons.list(ANN, nothing()));
    }

    @Test
    @Tag("K4")
    @Tag("K5")
    @Tag("O2")
    void paying_with_a_coupon_takes_the_discount_off_and_uses_the_coupon() {
        UserCoupon coupon = coupons.issue(ANN, coupons.create(TENTH).id());
        Receipt receipt = orders.pay(new PayOrder(ANN, shop.mugsFor(ANN, 3).id()).withCoupon(coupon.id()));
        assertThat(receipt.paidAmount()).isEqualTo(won(2_700));
        assertThat(receipt.remainingBalance()).isEqualTo(won(7_300));
        Order another = shop.mugsFor(ANN, 1);
        shop.memory.refused(ALREADY_USED, () -> orders.pay(new PayOrder(ANN, another.id()).withCoupon(coupon.id())));
        assertThat(shop.status(another.id())).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    @Tag("K4")
    @Tag("O3")
    @Tag("E2")
    void a_coupon_that_is_refused_changes_nothing() {
        UserCoupon bobs = coupons.issue(BOB, coupons.create(TENTH).id());
        UserCoupon large = coupons.issue(
                ANN, coupons.create(TENTH.forOrdersFrom(won(5_000))).id());
        Order order = shop.mugsFor(ANN, 1);
        PayOrder payment = new PayOrder(ANN, order.id());
        shop.memory.refused(INVALID_COUPON, () -> orders.pay(payment.withCoupon(bobs.id())));
        shop.memory.refused(INVALID_COUPON, () -> orders.pay(payment.withCoupon(large.id())));
        shop.memory.refused(COUPON_NOT_FOUND, () -> orders.pay(payment.withCoupon(new UserCouponId(99))));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.pay(payment.withCoupon(nothing())));
        assertThat(shop.order(order.id())).isEqualTo(order);
        Order bobsOrder = shop.mugsFor(BOB, 1);
        shop.memory.refused(
                INSUFFICIENT_BALANCE, () -> orders.pay(new PayOrder(BOB, bobsOrder.id()).withCoupon(bobs.id())));
        assertThat(coupons.list(BOB, CouponStatus.AVAILABLE, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    @Tag("K5")
    @Tag("O2")
    void a_coupon_that_covers_the_whole_order_leaves_the_balance_alone() {
        UserCoupon gift = coupons.issue(
                BOB,
                coupons.create(NewCoupon.of("Gift", DiscountRule.amount(won(5_000)), END))
                        .id());
        Receipt receipt = orders.pay(new PayOrder(BOB, shop.mugsFor(BOB, 1).id()).withCoupon(gift.id()));
        assertThat(receipt.paidAmount()).isEqualTo(won(0));
        Cancellation cancelled = orders.cancel(BOB, receipt.order().id());
        assertThat(cancelled.refunded()).isEqualTo(won(0));
        assertThat(cancelled.couponReturned()).isTrue();
    }

    @Test
    @Tag("O5")
    @Tag("S4")
    void cancelling_a_paid_order_gives_back_money_goods_and_a_coupon_that_has_not_expired() {
        UserCoupon coupon = coupons.issue(ANN, coupons.create(TENTH).id());
        Order held = shop.mugsFor(BOB, 2);
        Order order = orders.pay(new PayOrder(ANN, shop.mugsFor(ANN, 3).id()).withCoupon(coupon.id()))
                .order();
        Cancellation cancelled = orders.cancel(ANN, order.id());
        assertThat(cancelled.order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(cancelled.refunded()).isEqualTo(won(2_700));
        assertThat(cancelled.couponReturned()).isTrue();
        assertThat(shop.balance(ANN)).isEqualTo(won(10_000));
        assertThat(shop.level(shop.mug)).isEqualTo(new StockLevel(shop.mug, 50, 2));
        assertThat(shop.status(held.id())).isEqualTo(OrderStatus.PENDING);
        assertThat(coupons.list(ANN, CouponStatus.AVAILABLE, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    @Tag("O5")
    void a_coupon_that_has_expired_is_not_given_back() {
        UserCoupon coupon = coupons.issue(ANN, coupons.create(TENTH).id());
        Order order = orders.pay(new PayOrder(ANN, shop.mugsFor(ANN, 3).id()).withCoupon(coupon.id()))
                .order();
        shop.memory.clock.set(END);
        assertThat(orders.cancel(ANN, order.id()).couponReturned()).isFalse();
        assertThat(coupons.list(ANN, CouponStatus.USED, PageRequest.first()).items())
                .hasSize(1);
    }
}
