package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.jdbc.faults.DamagedShopTest;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The audit finds what is wrong, wherever it is: each test damages a healthy shop in one way. */
@Tag("J5")
class AuditTest extends DamagedShopTest {
    @Test
    @Tag("S1")
    void more_reserved_than_on_hand() {
        sql("alter table <commerce>stock drop constraint <name>stock_within_bounds");
        sql("update <commerce>stock set reserved = on_hand + 1");

        found(Invariant.STOCK_WITHIN_BOUNDS, "reserved", "8");
    }

    @Test
    @Tag("S4")
    void units_on_hand_that_nobody_received() {
        sql("update <commerce>stock set on_hand = on_hand + 5");

        found(Invariant.STOCK_ON_HAND_EXPLAINED, "on_hand", "12");
    }

    @Test
    @Tag("S4")
    void stock_that_was_changed_when_no_line_says() {
        sql("update <commerce>stock set changed_at = timestamp '2100-01-01 00:00:00'");

        found(
                Invariant.STOCK_TIMES_FIT_CHANGES,
                "option_id",
                paid.lines().get(0).item().option().toString());
    }

    @Test
    @Tag("S4")
    void a_line_that_says_when_no_stock_was_changed() {
        sql("update <commerce>stock_changes set changed_at = timestamp '2100-01-01 00:00:00'");

        found(
                Invariant.STOCK_TIMES_FIT_CHANGES,
                "option_id",
                paid.lines().get(0).item().option().toString());
    }

    @Test
    @Tag("S4")
    void a_reservation_that_no_order_holds() {
        sql("update <commerce>stock set reserved = reserved + 1");

        found(Invariant.STOCK_RESERVED_EXPLAINED, "pending", "4");
    }

    @Test
    @Tag("B3")
    void money_that_nobody_put_in() {
        sql("update <commerce>users set balance = balance + 1");

        found(Invariant.BALANCE_EXPLAINED, "changed", "47000");
    }

    @Test
    @Tag("B3")
    void a_balance_that_was_changed_when_no_line_says() {
        sql("update <commerce>users set changed_at = timestamp '2100-01-01 00:00:00'");

        found(Invariant.BALANCE_EXPLAINED, "balance", "47000");
    }

    @Test
    @Tag("B5")
    void a_gap_in_the_balance_history() {
        sql("update <commerce>balance_changes set number = 3 where number = 2");

        found(Invariant.BALANCE_CHAIN_UNBROKEN, "number", "3");
    }

    @Test
    @Tag("B5")
    void a_change_that_starts_where_the_one_before_did_not_end() {
        sql("update <commerce>balance_changes set balance_after = amount + 1, balance_before = 1 where number = 1");

        found(Invariant.BALANCE_CHAIN_UNBROKEN, "before_that", "50001");
    }

    @Test
    @Tag("B5")
    void a_last_change_that_is_earlier_than_the_one_before() {
        sql("update <commerce>balance_changes set changed_at = timestamp '2100-01-01 00:00:00' where number = 1");

        found(Invariant.BALANCE_CHAIN_UNBROKEN, "number", "2");
    }

    @Test
    @Tag("O2")
    void a_paid_order_without_its_payment() {
        sql("update <commerce>balance_changes set code = 'ADJUST', order_id = null where code = 'PAYMENT'");

        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", paid.id().toString());
    }

    @Test
    @Tag("O2")
    void a_payment_for_an_order_that_is_not_paid() {
        sql("update <commerce>balance_changes set order_id = " + pending.id() + " where code = 'PAYMENT'");

        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", pending.id().toString());
    }

    @Test
    @Tag("O2")
    void a_payment_for_an_order_that_does_not_exist() {
        sql("update <commerce>balance_changes set order_id = 999999999 where code = 'PAYMENT'");

        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", "999999999");
    }

    @Test
    @Tag("O1")
    void a_total_that_is_not_the_sum_of_the_lines() {
        sql("update <commerce>orders set total = total + 1 where id = " + pending.id());

        found(Invariant.ORDER_ADDS_UP, "order_id", pending.id().toString());
    }

    @Test
    @Tag("O6")
    void an_order_that_expired_before_its_time() {
        sql("update <commerce>orders set closed_at = placed_at where status = 'EXPIRED'");

        found(Invariant.ORDER_TIMES_FIT_STATUS, "status", "EXPIRED");
    }

    @Test
    @Tag("J3")
    void a_paid_order_nobody_was_told_of() {
        sql("delete from <commerce>order_events where type = 'PAID'");

        found(Invariant.EVENTS_MATCH_ORDERS, "order_id", paid.id().toString());
    }

    @Test
    @Tag("P4")
    void a_product_that_does_not_know_its_options() {
        sql("update <commerce>products set option_count = 2");

        found(Invariant.OPTIONS_COUNTED, "option_count", "2");
    }

    @Test
    @Tag("J2")
    void a_gap_in_a_ranking() {
        rankedProducts();
        sql("update <commerce>popular_products set position = 4 where position = 3");

        found(Invariant.POPULARITY_RANKED, "position", "4");
    }

    @Test
    @Tag("J2")
    void a_ranking_in_which_less_comes_before_more() {
        rankedProducts();
        sql("update <commerce>popular_products set quantity = 99 where position = 2");

        found(Invariant.POPULARITY_RANKED, "quantity", "99");
    }

    @Test
    @Tag("J2")
    void a_ranking_of_what_was_paid_after_it() {
        rankedProducts();
        sql("update <commerce>popular_snapshots set created_at = sold_since, sold_since = '2000-01-01 00:00:00'");

        found(Invariant.POPULARITY_RANKED, "position", "2");
    }

    @Test
    @Tag("J2")
    void a_ranking_longer_than_it_may_be() {
        rankedProducts();
        sql("update <commerce>popular_snapshots set places = 1");

        found(Invariant.POPULARITY_RANKED, "position", "2");
    }

    private void rankedProducts() {
        OptionId spoon = product("SPOON", 1, 10).option("SPOON").id();
        Order order = shop.orders().place(PlaceOrder.by(paid.user()).line(spoon, 1));
        shop.orders().pay(PayOrder.by(paid.user(), order.id()));
        clock.advance(Duration.ofSeconds(1));
        shop.jobs().snapshotPopularProducts().call();
        assertThat(shop.jobs().audit().call().isClean()).isTrue();
    }

    @Test
    @Tag("K2")
    void a_coupon_that_was_issued_uncounted() {
        sql("update <commerce>coupons set issued = 0");

        found(Invariant.COUPONS_COUNTED, "held", "1");
    }

    @Test
    @Tag("K4")
    void a_coupon_that_is_still_to_be_used_after_paying() {
        sql("update <commerce>user_coupons set order_id = null, used_at = null");

        found(Invariant.COUPONS_USED_ONCE, "order_id", reduced.id().toString());
    }

    @Test
    @Tag("K4")
    void a_coupon_that_was_used_for_an_order_that_does_not_know_of_it() {
        sql("update <commerce>user_coupons set order_id = " + paid.id());

        found(Invariant.COUPONS_USED_ONCE, "used_for", paid.id().toString());
    }

    @Test
    @Tag("O5")
    void a_coupon_that_was_not_given_back() {
        sql("update <commerce>orders set user_coupon_id = null, discount = 0, from_balance = total,"
                + " balance_parts = 1 where id = " + reduced.id());
        sql("update <commerce>user_coupons set order_id ="
                + " (select min(id) from <commerce>orders where user_coupon_id = " + coupon + ")");

        found(Invariant.COUPONS_USED_ONCE, "status", "CANCELLED");
    }

    @Test
    @Tag("K5")
    void a_discount_that_the_coupon_does_not_give() {
        sql("update <commerce>orders set discount = discount - 1, from_balance = from_balance + 1,"
                + " balance_parts = 1 where id = " + reduced.id());

        found(Invariant.DISCOUNTS_FOLLOW_TERMS, "order_id", reduced.id().toString());
    }

    @Test
    @Tag("K4")
    void a_discount_for_an_order_below_the_minimum() {
        sql("update <commerce>coupons set minimum_total = 1001");

        found(Invariant.DISCOUNTS_FOLLOW_TERMS, "allowed", "0");
    }

    @Test
    @Tag("C1")
    void a_quantity_in_a_cart_that_nobody_can_order() {
        sql("alter table <commerce>cart_items drop constraint <name>cart_quantity");
        sql("update <commerce>cart_items set quantity = 0");

        found(Invariant.CART_QUANTITIES_WITHIN_BOUNDS, "quantity", "0");
    }
}
