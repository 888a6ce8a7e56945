package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The coupon of an order that is paid from outside in parts. */
@Tag("M2")
@Tag("K4")
class OutsideCouponsTest extends PaymentTest {
    private UserCouponId tenPercent = nothing();

    @BeforeEach
    void a_coupon_for_ann() {
        tenPercent = issued();
    }

    private UserCouponId issued() {
        var coupon = shop.coupons()
                .create(NewCoupon.of(
                        "Ten", DiscountRule.percent(10), clock.instant().plus(Duration.ofDays(1))));
        return shop.coupons().issue(ann, coupon.id()).id();
    }

    private Payment beginPart(Order order) {
        return shop.payments().begin(byCard(order).withCoupon(tenPercent).withAmount(won(1_000)));
    }

    private boolean isFree() {
        return shop.coupons().list(ann, CouponStatus.AVAILABLE, PageRequest.first()).items().stream()
                .anyMatch(coupon -> coupon.id().equals(tenPercent));
    }

    @Test
    void a_payment_that_fails_frees_the_coupon_when_no_other_is_under_way() {
        Order order = order(3);
        Payment part = beginPart(order);
        Payment rest = begin(order);
        assertThat(rest.amount()).isEqualTo(won(1_700));

        fail(part);
        assertThat(now(order).finalAmount()).isEqualTo(won(2_700));
        assertThat(isFree()).isFalse();

        fail(rest);
        assertThat(now(order).finalAmount()).isEqualTo(won(3_000));
        assertThat(isFree()).isTrue();
    }

    @Test
    @Tag("E2")
    void the_first_payment_decides_on_the_coupon_for_the_rest() {
        UserCouponId other = issued();
        Order reduced = order(3);
        beginPart(reduced);
        Order full = order(3);
        shop.payments().begin(byCard(full).withAmount(won(1_000)));

        refusedAnother(
                "which was begun with coupon " + tenPercent, byCard(reduced).withCoupon(other));
        refusedAnother("which was begun without a coupon", byCard(full).withCoupon(other));
        assertThat(beginPart(reduced).amount()).isEqualTo(won(1_000));
        assertThat(now(reduced).finalAmount()).isEqualTo(won(2_700));
        assertThat(now(full).finalAmount()).isEqualTo(won(3_000));
    }

    private void refusedAnother(String why, BeginPayment request) {
        assertThatThrownBy(() -> shop.payments().begin(request))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        CommerceException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_COUPON));
    }

    @Test
    void a_payment_that_fails_leaves_the_coupon_to_the_one_that_is_settled() {
        Order order = order(3);
        settle(beginPart(order));
        fail(begin(order));

        assertThat(now(order).finalAmount()).isEqualTo(won(2_700));
        assertThat(isFree()).isFalse();
        settle(begin(order));
        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
    }
}
