package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_USED;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.UserId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Paying with a coupon. */
class CouponPaymentsTest extends ShopTest {
    OptionId pen;
    UserId ann;
    UserId bob;

    @BeforeEach
    void a_product_and_two_users() {
        pen = product("PEN", 333, 100).option("PEN").id();
        ann = user("ann", 10_000);
        bob = user("bob", 10_000);
    }

    @Test
    @Tag("O2")
    @Tag("K5")
    void a_rate_is_taken_off_rounded_down() {
        UserCoupon coupon = issued(ann, lasting(DiscountRule.percent(new BigDecimal("12.55"))));
        Order order = order(ann, 1);

        Receipt receipt = pay(order, coupon);

        assertThat(receipt.order().discount()).isEqualTo(new Discount(won(41), coupon.id()));
        assertThat(receipt.paidAmount()).isEqualTo(won(292));
        assertThat(receipt.remainingBalance()).isEqualTo(won(9_708));
        assertThat(shop.orders().get(ann, order.id())).isEqualTo(receipt.order());
        assertThat(shop.users()
                        .listBalanceChanges(ann, BalanceQuery.all(), PageRequest.first(1))
                        .items()
                        .get(0)
                        .movement()
                        .amount())
                .isEqualTo(won(-292));
        assertThat(only(CouponStatus.USED)).isEqualTo(used(coupon, order.id(), clock.instant()));
    }

    @Test
    @Tag("O2")
    @Tag("K5")
    void with_a_hundred_percent_there_is_nothing_to_debit_and_the_order_is_paid() {
        UserId poor = user("poor", 0);
        UserCoupon coupon = issued(poor, lasting(DiscountRule.percent(100)));

        Receipt receipt = pay(order(poor, 3), coupon);

        assertThat(receipt.order().status()).isEqualTo(OrderStatus.PAID);
        assertThat(receipt.paidAmount()).isEqualTo(won(0));
        assertThat(receipt.remainingBalance()).isEqualTo(won(0));
        assertThat(shop.users()
                        .listBalanceChanges(poor, BalanceQuery.all(), PageRequest.first(10))
                        .items())
                .isEmpty();
    }

    @Test
    @Tag("K5")
    void a_discount_is_capped_by_the_maximum_and_by_the_total() {
        UserCoupon capped = issued(ann, lasting(DiscountRule.percent(50).atMost(won(100))));
        UserCoupon amount = issued(ann, lasting(DiscountRule.amount(won(5_000))));

        assertThat(pay(order(ann, 10), capped).paidAmount()).isEqualTo(won(3_230));
        assertThat(pay(order(ann, 10), amount).paidAmount()).isEqualTo(won(0));
    }

    @Test
    @Tag("K4")
    @Tag("K5")
    void a_coupon_that_would_take_nothing_off_is_refused_and_not_used_up() {
        OptionId sample = product("SAMPLE", 0, 1).option("SAMPLE").id();
        Order free = shop.orders().place(PlaceOrder.by(ann).line(sample, 1));
        UserCoupon tiny = issued(ann, lasting(DiscountRule.percent(new BigDecimal("0.30"))));
        Order one = order(ann, 1);

        refused(INVALID_COUPON, () -> pay(free, tiny));
        refused(INVALID_COUPON, () -> pay(one, tiny));

        assertThat(only(CouponStatus.AVAILABLE)).isEqualTo(tiny);
        assertThat(pay(order(ann, 2), tiny).paidAmount()).isEqualTo(won(665));
        assertThat(shop.orders().pay(PayOrder.by(ann, free.id())).paidAmount()).isEqualTo(won(0));
    }

    @Test
    @Tag("K4")
    @Tag("O3")
    @Tag("E2")
    void a_coupon_that_cannot_be_used_is_refused_and_nothing_changes() {
        UserCoupon bobs = issued(bob, lasting(DiscountRule.percent(10)));
        UserCoupon early = issued(
                ann, lasting(DiscountRule.percent(10)).validFrom(clock.instant().plusSeconds(1)));
        UserCoupon large = issued(ann, lasting(DiscountRule.percent(10)).forOrdersFrom(won(334)));
        UserCoupon used = issued(ann, lasting(DiscountRule.percent(10)));
        pay(order(ann, 1), used);
        Order order = order(ann, 1);

        refused(INVALID_COUPON, () -> pay(order, bobs));
        refused(INVALID_COUPON, () -> pay(order, early));
        refused(INVALID_COUPON, () -> pay(order, large));
        refused(ALREADY_USED, () -> pay(order, used));
        PayOrder payment = PayOrder.by(ann, order.id());
        refused(COUPON_NOT_FOUND, () -> shop.orders().pay(payment.withCoupon(new UserCouponId(999999999))));
        refused(VALIDATION_ERROR, () -> payment.withCoupon(nothing()));

        assertThat(shop.orders().get(ann, order.id())).isEqualTo(order);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(9_700));
        clock.advance(Duration.ofSeconds(1));
        pay(order, early);
        pay(order(ann, 2), large);
    }

    @Test
    @Tag("K4")
    @Tag("O3")
    void a_coupon_that_expired_since_the_order_was_placed_is_refused() {
        NewCoupon soonOver = NewCoupon.of(
                "Soon over", DiscountRule.percent(10), clock.instant().plusSeconds(60));
        UserCoupon coupon = issued(ann, soonOver);
        Order order = order(ann, 1);
        clock.advance(Duration.ofSeconds(60));

        refused(EXPIRED_COUPON, () -> pay(order, coupon));

        assertThat(shop.orders().pay(PayOrder.by(ann, order.id())).paidAmount()).isEqualTo(won(333));
        assertThat(only(CouponStatus.EXPIRED)).isEqualTo(coupon);
    }

    @Test
    @Tag("O3")
    @Tag("O4")
    void a_payment_that_fails_leaves_the_coupon_unused() {
        UserCoupon coupon = issued(ann, lasting(DiscountRule.percent(10)));
        refused(INSUFFICIENT_BALANCE, () -> pay(order(ann, 50), coupon));
        Order late = order(ann, 1);
        clock.advance(Duration.ofMinutes(10));
        refused(ORDER_EXPIRED, () -> pay(late, coupon));
        Order paid = order(ann, 1);
        shop.orders().pay(PayOrder.by(ann, paid.id()));
        refused(ALREADY_PAID, () -> pay(paid, coupon));

        assertThat(only(CouponStatus.AVAILABLE)).isEqualTo(coupon);
    }

    @Test
    @Tag("K4")
    @Tag("T1")
    void one_coupon_offered_for_many_orders_at_once_pays_one() {
        UserCoupon coupon = issued(ann, lasting(DiscountRule.percent(100)));
        List<Order> orders = IntStream.range(0, 8).mapToObj(n -> order(ann, 1)).toList();

        Together<Receipt> paid = Together.each(orders, order -> pay(order, coupon));

        assertThat(paid.results()).hasSize(1);
        assertThat(paid.refusals()).hasSize(7).containsOnly(ALREADY_USED);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(10_000));
    }

    @Test
    @Tag("K4")
    @Tag("O4")
    void one_order_paid_with_two_coupons_at_once_uses_one() {
        List<UserCoupon> coupons =
                List.of(issued(ann, lasting(DiscountRule.percent(10))), issued(ann, lasting(DiscountRule.percent(20))));
        Order order = order(ann, 1);

        Together<Receipt> paid = Together.each(coupons, coupon -> pay(order, coupon));

        assertThat(paid.results()).hasSize(1);
        assertThat(paid.refusals()).containsExactly(ALREADY_PAID);
        assertThat(only(CouponStatus.USED).id())
                .isEqualTo(paid.results().get(0).order().discount().coupon());
    }

    private UserCoupon only(CouponStatus status) {
        List<UserCoupon> found =
                shop.coupons().list(ann, status, PageRequest.first()).items();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private Receipt pay(Order order, UserCoupon coupon) {
        return shop.orders().pay(PayOrder.by(order.user(), order.id()).withCoupon(coupon.id()));
    }

    private Order order(UserId user, long quantity) {
        return shop.orders().place(PlaceOrder.by(user).line(pen, quantity));
    }

    private NewCoupon lasting(DiscountRule discount) {
        return NewCoupon.of("Coupon", discount, clock.instant().plus(Duration.ofDays(1)));
    }

    private UserCoupon issued(UserId user, NewCoupon coupon) {
        return shop.coupons().issue(user, shop.coupons().create(coupon).id());
    }

    /** The coupon, used for this order. */
    static UserCoupon used(UserCoupon coupon, OrderId order, Instant at) {
        UserCoupon.Use use = new UserCoupon.Use(order.value(), at);
        return new UserCoupon(coupon.id(), coupon.user(), coupon.coupon(), coupon.issuedAt(), use);
    }
}
