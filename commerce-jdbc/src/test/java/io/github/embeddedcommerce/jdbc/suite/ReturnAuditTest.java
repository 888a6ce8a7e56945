package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.faults.DamagedShopTest;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The audit finds what is wrong with returns: each test damages a healthy shop in one way. */
@Tag("J5")
@Tag("M6")
class ReturnAuditTest extends DamagedShopTest {
    private OrderId order = new OrderId(1);
    private ReturnId first = new ReturnId(1);
    private ReturnId second = new ReturnId(1);

    /** Three cups, three plates and two forks for 700 less 100; two cups and a plate go back, then another cup. */
    @BeforeEach
    void an_order_that_was_given_back_in_part() {
        OptionId cup = product("RED CUP", 100, 10).option("RED CUP").id();
        OptionId plate = product("PLATE", 100, 10).option("PLATE").id();
        OptionId fork = product("FORK", 50, 10).option("FORK").id();
        UserId cem = user("cem", 1_000);
        NewCoupon hundred = NewCoupon.of(
                "Hundred", DiscountRule.amount(won(100)), clock.instant().plus(Duration.ofDays(1)));
        UserCouponId coupon =
                shop.coupons().issue(cem, shop.coupons().create(hundred).id()).id();
        order = shop.orders()
                .place(PlaceOrder.by(cem).line(cup, 3).line(plate, 3).line(fork, 2))
                .id();
        shop.orders().pay(PayOrder.by(cem, order).withCoupon(coupon));
        first = shop.orders()
                .giveBack(ReturnItems.of(order).line(1, 2).line(2, 1).restocked())
                .id();
        clock.advance(Duration.ofMinutes(1));
        second = shop.orders().giveBack(ReturnItems.of(order).line(1, 1)).id();
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
    }

    @Test
    void a_unit_of_a_line_that_was_given_back_by_no_return() {
        sql("update <commerce>order_lines set returned = 2 where number = 2 and order_id = " + order);

        found(Invariant.RETURNS_MATCH_LINES, "number", "2");
    }

    @Test
    void a_unit_of_a_return_that_no_line_counts() {
        sql("update <commerce>return_lines set quantity = 2 where number = 2");

        found(Invariant.RETURNS_MATCH_LINES, "units", "2");
    }

    @Test
    void a_return_of_nothing() {
        sql("delete from <commerce>return_lines where return_id = " + second);

        found(Invariant.RETURNS_MATCH_LINES, "return_id", second.toString());
    }

    @Test
    void an_order_of_which_nothing_is_kept_and_that_is_not_over() {
        sql("update <commerce>order_lines set returned = quantity where order_id = " + paid.id());

        found(Invariant.RETURNS_MATCH_LINES, "order_id", paid.id().toString());
    }

    @Test
    void an_order_that_says_it_was_given_back_at_another_time() {
        sql("update <commerce>orders set returned_at = paid_at where id = " + order);

        found(Invariant.RETURNS_MATCH_LINES, "order_id", order.toString());
    }

    @Test
    void an_order_that_says_it_was_given_back_and_was_not() {
        sql("update <commerce>orders set returned_at = paid_at where id = " + paid.id());

        found(Invariant.RETURNS_MATCH_LINES, "order_id", paid.id().toString());
    }

    @Test
    void a_refund_that_is_not_the_price_less_the_share() {
        sql("update <commerce>return_lines set refund = refund + 1 where number = 1 and return_id = " + first);
        sql("update <commerce>return_lines set refund = refund - 1 where number = 2 and return_id = " + first);

        found(Invariant.RETURNS_REFUND_SHARES, "number", "1");
        found(Invariant.RETURNS_REFUND_SHARES, "number", "2");
    }

    @Test
    void a_share_of_the_discount_that_went_to_another_line() {
        sql("update <commerce>order_lines set unit_price = 99 where number = 1 and order_id = " + order);
        sql("update <commerce>orders set total = total - 3, from_balance = from_balance - 3 where id = " + order);

        found(Invariant.RETURNS_REFUND_SHARES, "number", "1");
    }

    @Test
    void a_return_that_refunded_something_else_than_its_lines_say() {
        sql("update <commerce>returns set refund = refund - 1 where id = " + second);

        found(Invariant.RETURNS_REFUND_SHARES, "return_id", second.toString());
    }

    @Test
    void an_order_that_was_not_refunded_what_its_returns_say() {
        sql("update <commerce>orders set refunded_to_balance = refunded_to_balance - 1 where id = " + order);

        found(Invariant.RETURNS_REFUND_SHARES, "order_id", order.toString());
        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", order.toString());
    }

    @Test
    @Tag("S4")
    void units_that_are_said_to_be_in_stock_again_and_are_not() {
        sql("update <commerce>returns set restocked = true where id = " + second);

        found(Invariant.RETURNED_STOCK_EXPLAINED, "restocked", "3");
    }

    @Test
    @Tag("S4")
    void units_that_came_back_and_are_said_to_have_been_bought() {
        sql("update <commerce>stock_changes set kind = 'RECEIPT' where quantity_after - quantity_before = 2");

        found(Invariant.RETURNED_STOCK_EXPLAINED, "returned", "0");
    }

    @Test
    @Tag("J3")
    void a_return_nobody_was_told_of() {
        sql("delete from <commerce>order_events where type = 'RETURNED' and subject = " + second);

        found(Invariant.EVENTS_MATCH_ORDERS, "order_id", order.toString());
    }

    @Test
    @Tag("J3")
    void an_event_of_a_return_that_is_not_there() {
        sql("update <commerce>order_events set subject = 999999999 where subject = " + second);

        found(Invariant.EVENTS_MATCH_ORDERS, "order_id", order.toString());
    }
}
