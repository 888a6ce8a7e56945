package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.IssueLimit;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.fixture.Texts;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RemovingUsersTest {
    private final StockedShop shop = new StockedShop(50, 100);
    private final Users users = shop.door.users();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    @Tag("B2")
    void a_balance_is_adjusted_up_and_down_with_a_note() {
        assertThat(users.adjust(ANN, won(500), "a gift").after()).isEqualTo(won(10_500));
        BalanceChange down = users.adjust(ANN, won(-10_500), "paid out");
        assertThat(down.movement().code()).isEqualTo(BalanceCode.ADJUST);
        assertThat(down.movement().note()).isEqualTo("paid out");
        assertThat(users.balance(ANN)).isEqualTo(won(0));
        assertThat(users.charge(ANN, won(1), "by card").movement().note()).isEqualTo("by card");
        assertThat(users.count(ANN, BalanceQuery.all().withCode(BalanceCode.ADJUST)))
                .isEqualTo(2);
    }

    @Test
    @Tag("B2")
    @Tag("E2")
    void an_adjustment_that_cannot_be_is_refused_and_nothing_is_written() {
        shop.memory.refused(INSUFFICIENT_BALANCE, () -> users.adjust(ANN, won(-10_001), "too much"));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> users.adjust(ANN, won(0), "nothing"));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> users.adjust(ANN, Money.of(USD, 1), "foreign"));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> users.adjust(nothing(), won(1), "nobody"));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> users.count(nothing(), BalanceQuery.all()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> users.count(ANN, nothing()));
        Texts.assertBounds("note", 1, 255, note -> users.adjust(ANN, won(1), note));
    }

    @Test
    @Tag("B6")
    void a_user_with_money_or_a_pending_order_stays() {
        shop.memory.refused(VALIDATION_ERROR, () -> users.remove(ANN));
        Order order = shop.mugsFor(BOB, 1);
        shop.memory.refused(INVALID_ORDER_STATUS, () -> users.remove(BOB));
        shop.memory.clock.set(order.expiresAt().minusNanos(1));
        shop.memory.refused(INVALID_ORDER_STATUS, () -> users.remove(BOB));
        shop.memory.clock.set(order.expiresAt());
        users.remove(BOB);
        assertThat(users.find(BOB)).isEmpty();
        assertThat(shop.door.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        shop.memory.refused(USER_NOT_FOUND, () -> users.remove(BOB));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> users.remove(nothing()));
    }

    @Test
    @Tag("B6")
    @Tag("K2")
    void a_coupon_that_a_removed_user_never_used_can_be_issued_to_another() {
        NewCoupon tenth = NewCoupon.of("Tenth", DiscountRule.percent(10), NOON.plusSeconds(60));
        CouponId one = shop.door.coupons().create(tenth.limitedTo(1)).id();
        shop.door.coupons().issue(BOB, one);
        shop.door.coupons().issue(BOB, shop.door.coupons().create(tenth).id());
        users.remove(BOB);
        assertThat(shop.door.coupons().get(one).supply()).isEqualTo(new IssueLimit(1, 0));
        shop.door.coupons().issue(ANN, one);
    }
}
