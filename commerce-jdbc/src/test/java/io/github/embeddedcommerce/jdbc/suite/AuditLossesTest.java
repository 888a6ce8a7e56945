package io.github.embeddedcommerce.jdbc.suite;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.jdbc.faults.DamagedShopTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The audit finds what is missing as it finds what is too much, and names the row also where another one is wrong too.
 */
@Tag("J5")
class AuditLossesTest extends DamagedShopTest {
    @Test
    @Tag("S4")
    void units_that_were_received_and_are_gone() {
        sql("update <commerce>stock set on_hand = on_hand - 1 where reserved = 4");

        found(Invariant.STOCK_ON_HAND_EXPLAINED, "on_hand", "6");
    }

    @Test
    @Tag("S4")
    void a_pending_order_whose_reservation_is_gone() {
        sql("update <commerce>stock set reserved = 3 where reserved = 4");

        found(Invariant.STOCK_RESERVED_EXPLAINED, "pending", "4");
    }

    @Test
    @Tag("B3")
    void money_that_was_put_in_and_is_gone() {
        sql("update <commerce>users set balance = balance - 1 where id = 'ann'");

        found(Invariant.BALANCE_EXPLAINED, "balance", "46999");
    }

    @Test
    @Tag("B3")
    void a_change_that_is_counted_and_gone() {
        sql("update <commerce>users set changes = changes + 1 where id = 'ann'");

        found(Invariant.BALANCE_EXPLAINED, "counted", "2");
    }

    @Test
    @Tag("O2")
    void an_order_that_was_paid_twice() {
        sql("update <commerce>users set balance = 44000, changes = 3 where id = 'ann'");
        sql("insert into <commerce>balance_changes"
                + " (user_id, number, balance_before, amount, balance_after, code, note, reference, order_id, part,"
                + " changed_at)"
                + " select user_id, 3, 47000, amount, 44000, code, note, reference, order_id, 2, changed_at"
                + " from <commerce>balance_changes where code = 'PAYMENT'");

        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", paid.id().toString());
    }

    @Test
    @Tag("K2")
    void a_coupon_that_was_counted_and_issued_to_nobody() {
        sql("update <commerce>coupons set issued = 2");

        found(Invariant.COUPONS_COUNTED, "held", "1");
    }

    @Test
    @Tag("K4")
    void a_coupon_that_paid_for_the_order_of_somebody_else() {
        sql("update <commerce>user_coupons set user_id = 'ann'");

        found(Invariant.COUPONS_USED_ONCE, "order_id", reduced.id().toString());
    }

    @Test
    @Tag("J3")
    void an_event_of_something_that_did_not_happen() {
        sql("insert into <commerce>order_events"
                + " (order_id, number, type, user_id, happened_at, status, status_at, tries, error)"
                + " select id, 1, 'PAID', user_id, placed_at, 'WAITING', placed_at, 0, '' from <commerce>orders"
                + " where id = " + pending.id());

        found(Invariant.EVENTS_MATCH_ORDERS, "order_id", pending.id().toString());
    }
}
