package io.github.embeddedcommerce.jdbc.suite;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An audit after a checkpoint finds what has changed since, however it changed, and takes nothing else for wrong. */
@Tag("J5")
class AuditOfChangesTest extends OldShopTest {
    @Test
    @Tag("O2")
    void an_old_order_that_is_paid_now_is_checked() {
        shop.orders().pay(PayOrder.by(bob, coming.id()));
        clean(changes());

        damage("update <commerce>balance_changes set code = 'ADJUST', order_id = null where order_id = " + coming.id());

        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", coming.id().toString());
    }

    @Test
    @Tag("O2")
    void a_payment_that_is_gone_with_the_money_is_found_by_its_order() {
        shop.orders().pay(PayOrder.by(bob, coming.id()));
        damage("delete from <commerce>balance_changes where order_id = " + coming.id());
        damage("update <commerce>users set changes = changes - 1, balance = balance + 50 where id = 'bob'");

        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", coming.id().toString());
    }

    @Test
    @Tag("O5")
    @Tag("S4")
    void an_old_order_that_is_cancelled_now_is_checked_and_so_is_its_stock() {
        shop.orders().cancel(CancelOrder.by(ann, old.id()));
        clean(changes());

        damage("update <commerce>stock_changes set kind = 'RECEIPT' where kind = 'RETURN'");

        found(Invariant.RETURNED_STOCK_EXPLAINED, "returned", "0");
    }

    @Test
    @Tag("M6")
    void an_old_order_of_which_something_is_given_back_now_is_checked() {
        shop.orders().giveBack(ReturnItems.of(old.id()).line(1, 1).restocked());
        clean(changes());

        damage("update <commerce>order_lines set returned = 2 where order_id = " + old.id());

        found(Invariant.RETURNS_MATCH_LINES, "order_id", old.id().toString());
    }

    @Test
    @Tag("B5")
    void a_balance_that_does_not_end_where_its_new_lines_end_is_found() {
        shop.users().topUp(TopUp.of(ann, won(5)));
        clean(changes());

        damage("update <commerce>users set balance = balance + 1 where id = 'ann'");

        found(Invariant.BALANCE_EXPLAINED, "user_id", "ann");
    }

    @Test
    @Tag("B3")
    @Tag("S4")
    void a_time_of_the_last_change_that_is_not_that_of_its_new_line_is_found() {
        shop.users().topUp(TopUp.of(ann, won(5)));
        shop.products().receiveStock(ReceiveStock.of(mug, 5));
        clean(changes());

        damage("update <commerce>users set changed_at = registered_at where id = 'ann'");
        damage("update <commerce>stock set changed_at = timestamp '2100-01-01 00:00:00' where option_id = " + mug);

        found(Invariant.BALANCE_EXPLAINED, "user_id", "ann");
        found(Invariant.STOCK_TIMES_FIT_CHANGES, "option_id", mug.toString());
    }

    @Test
    @Tag("B5")
    void a_new_line_that_does_not_begin_where_the_old_ones_end_is_found() {
        shop.users().topUp(TopUp.of(ann, won(5)));
        damage("update <commerce>balance_changes set balance_before = balance_before + 7,"
                + " balance_after = balance_after + 7 where user_id = 'ann' and amount = 5");
        damage("update <commerce>users set balance = balance + 7 where id = 'ann'");

        found(Invariant.BALANCE_CHAIN_UNBROKEN, "user_id", "ann");
    }

    @Test
    @Tag("S4")
    void units_that_nobody_explains_are_found_wherever_they_are() {
        damage("update <commerce>stock set on_hand = on_hand + 1 where option_id = " + mug);

        found(Invariant.STOCK_ON_HAND_EXPLAINED, "option_id", mug.toString());
    }

    @Test
    @Tag("S4")
    void units_that_one_option_lacks_and_another_has_too_many_are_found() {
        paid(ann, mug, 1);
        damage("update <commerce>stock set on_hand = on_hand + 1 where option_id = " + mug);
        damage("update <commerce>stock set on_hand = on_hand - 1 where option_id = " + cup);

        found(Invariant.STOCK_ON_HAND_EXPLAINED, "option_id", mug.toString());
        found(Invariant.STOCK_ON_HAND_EXPLAINED, "option_id", cup.toString());
    }

    /** Weighed by their numbers, or by the squares of these, they would come to nothing. */
    @Test
    @Tag("S4")
    void units_that_four_neighbours_lack_and_have_too_many_are_found() {
        NewProduct cups = NewProduct.of("Cups", "test", won(1));
        for (String sku : List.of("A", "B", "C", "D")) {
            cups = cups.withOption(sku, 100);
        }
        Product four = shop.products().register(cups);
        clock.advance(Duration.ofHours(1));
        checkpoint = clean(changes());
        for (Map.Entry<String, Integer> wrong :
                Map.of("A", 1, "B", -3, "C", 3, "D", -1).entrySet()) {
            damage("update <commerce>stock set on_hand = on_hand + " + wrong.getValue() + " where option_id = "
                    + four.option(wrong.getKey()).id());
        }

        found(
                Invariant.STOCK_ON_HAND_EXPLAINED,
                "option_id",
                four.option("C").id().toString());
    }

    @Test
    @Tag("K2")
    void a_coupon_that_was_issued_since_is_counted() {
        UserCoupon issued = coupon(ann);
        clean(changes());

        damage("update <commerce>coupons set issued = 2 where id = "
                + issued.coupon().id());

        found(Invariant.COUPONS_COUNTED, "coupon_id", issued.coupon().id().toString());
    }

    @Test
    @Tag("K4")
    void an_old_coupon_that_is_used_now_is_checked() {
        shop.orders().pay(PayOrder.by(bob, coming.id()).withCoupon(coupon.id()));
        clean(changes());

        damage("update <commerce>user_coupons set order_id = null, used_at = null where id = " + coupon.id());

        found(Invariant.COUPONS_USED_ONCE, "order_id", coming.id().toString());
    }

    @Test
    @Tag("T7")
    void what_a_host_whose_clock_is_late_has_done_since_is_checked() {
        try (CommerceFacade late = openAt(clock.instant().minus(Duration.ofMinutes(68)))) {
            Order order = late.orders().place(PlaceOrder.by(ann).line(mug, 1));
            late.orders().pay(PayOrder.by(ann, order.id()));
            clean(changes());
            damage("delete from <commerce>order_events where order_id = " + order.id());

            found(Invariant.EVENTS_MATCH_ORDERS, "order_id", order.id().toString());
        }
    }

    @Test
    @Tag("T7")
    void what_comes_with_a_time_long_before_the_checkpoint_is_no_violation() {
        try (CommerceFacade late = openAt(clock.instant().minus(Duration.ofHours(2)))) {
            Order order = late.orders().place(PlaceOrder.by(ann).line(mug, 1));
            late.orders().pay(PayOrder.by(ann, order.id()));
            late.products().receiveStock(ReceiveStock.of(cup, 5));
            late.orders().cancel(CancelOrder.by(ann, old.id()));
        }

        checkpoint = clean(changes());
        clean(changes());
    }

    @Test
    @Tag("B6")
    void an_order_whose_payment_was_folded_long_ago_is_no_violation_and_a_refund_of_it_is_checked() {
        clock.advance(Duration.ofDays(2));
        purge();
        checkpoint = clean(changes());
        clock.advance(Duration.ofHours(1));
        shop.orders().cancel(CancelOrder.by(ann, old.id()));
        clean(changes());

        damage("update <commerce>balance_changes set code = 'ADJUST', order_id = null where order_id = " + old.id());

        found(Invariant.PAYMENTS_MATCH_ORDERS, "user_id", "ann");
    }

    @Test
    @Tag("B6")
    void a_user_who_was_removed_and_has_come_back_is_no_violation() {
        UserId cem = user("cem", 100);
        paid(cem, mug, 1);
        clean(changes());
        shop.users().remove(cem);
        clean(changes());
        shop.users().register(cem);
        shop.users().topUp(TopUp.of(cem, won(100)));
        paid(cem, mug, 1);

        clean(changes());
    }
}
