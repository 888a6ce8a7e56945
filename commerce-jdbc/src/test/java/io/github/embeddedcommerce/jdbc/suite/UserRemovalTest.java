package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_ISSUED;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_SOLD_OUT;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.user.BalanceQuery.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes with a user who is removed, and what stays. */
@Tag("B6")
class UserRemovalTest extends ShopTest {
    UserId ann;
    OptionId mug;

    @BeforeEach
    void a_buyer() {
        ann = user("ann", 200);
        mug = product("MUG", 100, 10).option("MUG").id();
    }

    @Test
    void the_history_goes_and_the_orders_stay() {
        Order paid = pay(order());
        pay(order());

        shop.users().remove(ann);

        assertThat(shop.users().find(ann)).isEmpty();
        refused(USER_NOT_FOUND, () -> shop.users().getBalance(ann));
        refused(USER_NOT_FOUND, () -> shop.users().listBalanceChanges(ann, all(), PageRequest.first()));
        refused(USER_NOT_FOUND, () -> shop.users().topUp(TopUp.of(ann, won(1))));
        refused(USER_NOT_FOUND, this::order);
        assertThat(shop.orders().get(ann, paid.id())).isEqualTo(paid);
    }

    @Test
    @Tag("J5")
    void an_id_that_comes_back_begins_a_history_of_its_own_and_the_audit_holds() {
        pay(order());
        pay(order());
        shop.users().remove(ann);

        User again = shop.users().register(ann);
        assertThat(again.balance()).isEqualTo(won(0));
        assertThat(again.changes()).isZero();
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
        assertThat(shop.users().topUp(TopUp.of(ann, won(100))).number()).isEqualTo(1);
        pay(order());
        assertThat(shop.users().countBalanceChanges(ann, all())).isEqualTo(2);
    }

    @Test
    @Tag("K2")
    void the_cart_and_unused_coupons_go_and_those_orders_were_paid_with_stay() {
        Coupon used = coupon("used");
        Coupon unused = coupon("unused");
        Coupon unlimited = shop.coupons().create(terms("unlimited"));
        UserCouponId paidWith = shop.coupons().issue(ann, used.id()).id();
        shop.coupons().issue(ann, unused.id());
        shop.coupons().issue(ann, unlimited.id());
        refused(COUPON_SOLD_OUT, () -> shop.coupons().issue(user("bob", 0), unused.id()));
        shop.carts().add(AddToCart.of(ann, mug, 1));
        shop.orders().pay(PayOrder.by(ann, order().id()).withCoupon(paidWith));
        shop.users().adjust(AdjustBalance.of(ann, shop.users().getBalance(ann).negated(), "paid out"));

        shop.users().remove(ann);

        assertThat(shop.coupons().list(ann, PageRequest.first()).items())
                .extracting(UserCoupon::id)
                .containsExactly(paidWith);
        assertThat(shop.coupons().issue(new UserId("bob"), unused.id()).user()).isEqualTo(new UserId("bob"));
        shop.users().register(ann);
        assertThat(shop.carts().get(ann).lines()).isEmpty();
        refused(ALREADY_ISSUED, () -> shop.coupons().issue(ann, used.id()));
    }

    @Test
    @Tag("E2")
    void a_user_with_money_left_is_refused() {
        refused(VALIDATION_ERROR, () -> shop.users().remove(ann));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(200));

        shop.users().adjust(AdjustBalance.of(ann, won(-200), "paid out"));
        shop.users().remove(ann);
        assertThat(shop.users().find(ann)).isEmpty();
    }

    @Test
    @Tag("E2")
    void a_user_with_a_pending_order_is_refused_until_its_time_is_over() {
        shop.users().adjust(AdjustBalance.of(ann, won(-200), "paid out"));
        Order pending = order();

        refused(INVALID_ORDER_STATUS, () -> shop.users().remove(ann));
        clock.advance(Duration.ofMinutes(10));
        shop.users().remove(ann);

        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        assertThat(shop.orders().get(ann, pending.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    }

    /** Placing locks no user, so the removal cannot see an order that is not committed: it can only be harmless. */
    @Test
    @Tag("J1")
    void an_order_that_is_committed_after_its_user_was_removed_is_nobodys_and_expires() throws SQLException {
        shop.users().adjust(AdjustBalance.of(ann, won(-200), "paid out"));
        Order late;
        try (Connection other = pool.getConnection()) {
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            late = JdbcCommerce.joining(other)
                    .clock(clock)
                    .build()
                    .orders()
                    .place(PlaceOrder.by(ann).line(mug, 3));
            shop.users().remove(ann);
            other.commit();
            other.setAutoCommit(true);
        }

        assertThat(violations()).isEmpty();
        refused(USER_NOT_FOUND, () -> pay(late));
        clock.advance(Duration.ofMinutes(10));
        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        assertThat(shop.products().findStock(mug).orElseThrow().available()).isEqualTo(10);
    }

    @Test
    @Tag("E2")
    @SuppressWarnings("NullAway")
    void nobody_is_removed_by_mistake() {
        refused(USER_NOT_FOUND, () -> shop.users().remove(new UserId("Ann")));
        refused(VALIDATION_ERROR, () -> shop.users().remove(null));
        assertThat(shop.users().find(ann)).isPresent();
    }

    private Order order() {
        return shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    private Order pay(Order order) {
        return shop.orders().pay(PayOrder.by(ann, order.id())).order();
    }

    private Coupon coupon(String name) {
        return shop.coupons().create(terms(name).limitedTo(1));
    }

    private NewCoupon terms(String name) {
        return NewCoupon.of(name, DiscountRule.amount(won(10)), clock.instant().plus(Duration.ofDays(1)));
    }
}
