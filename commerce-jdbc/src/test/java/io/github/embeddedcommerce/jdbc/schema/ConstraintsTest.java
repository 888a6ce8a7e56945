package io.github.embeddedcommerce.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.job.ExpireOverdueOrders;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.user.UserId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tables themselves refuse, whatever a program tries to write, and what the shop makes of it. */
class ConstraintsTest extends ShopTest {
    private static final List<String> IMPOSSIBLE = List.of(
            "update <commerce>products set price = -1",
            "update <commerce>stock set reserved = -1",
            "update <commerce>stock set reserved = on_hand + 1",
            "insert into <commerce>stock_changes (option_id, quantity_before, quantity_after, kind, note, changed_at)"
                    + " select id, 1, 1, 'RECEIPT', '', current_timestamp from <commerce>product_options",
            "update <commerce>users set balance = -1",
            "update <commerce>balance_changes set amount = 0",
            "update <commerce>balance_changes set amount = amount + 1",
            "update <commerce>balance_changes set balance_after = -1, amount = -1 - balance_before",
            "update <commerce>balance_changes set code = 'GIFT'",
            "update <commerce>balance_changes set order_id = null",
            "insert into <commerce>balance_changes select user_id, 9, balance_after, amount, balance_after + amount,"
                    + " code, note, reference, order_id, part, changed_at from <commerce>balance_changes where number = 2",
            "update <commerce>balance_changes set number = 1",
            "update <commerce>orders set status = 'SHIPPED'",
            "update <commerce>orders set status = 'PENDING'",
            "update <commerce>orders set paid_at = null",
            "update <commerce>orders set paid_at = expires_at",
            "update <commerce>orders set placed_at = expires_at",
            "update <commerce>orders set paid_at = timestamp '2000-01-01 00:00:00'",
            "update <commerce>orders set status = 'CANCELLED', closed_at = timestamp '2000-01-01 00:00:00'",
            "update <commerce>users set changed_at = timestamp '2000-01-01 00:00:00'",
            "update <commerce>orders set discount = total + 1",
            "update <commerce>order_lines set quantity = 0",
            "update <commerce>order_lines set option_id = 999999999",
            "delete from <commerce>product_options",
            "update <commerce>products set reference = 'ERP-1', reference_once = 2",
            "update <commerce>product_options set reference_once = 1",
            "insert into <commerce>order_events"
                    + " (order_id, number, type, user_id, happened_at, status, status_at, tries, error)"
                    + " select order_id, 2, type, user_id, happened_at, status, status_at, 0, ''"
                    + " from <commerce>order_events",
            "update <commerce>order_events set number = 0",
            "update <commerce>order_events set subject = 1",
            "update <commerce>order_events set type = 'REFUND_DUE'",
            "update <commerce>balance_changes set part = 0",
            "update <commerce>orders set from_balance = from_balance - 1",
            "update <commerce>orders set from_outside = from_outside + 1",
            "update <commerce>orders set under_way = 1",
            "update <commerce>orders set under_way = -1",
            "update <commerce>orders set given_back = -1",
            "update <commerce>orders set refunded_to_balance = -1",
            "update <commerce>orders set refunded_to_balance = from_balance + 1",
            "update <commerce>orders set balance_parts = 0",
            "update <commerce>orders set status = 'CANCELLED', closed_at = paid_at",
            "update <commerce>orders set pay_by = placed_at",
            "update <commerce>orders set expires_at = placed_at",
            "update <commerce>order_events set status = 'LOST'",
            "update <commerce>order_events set status = 'DELIVERED'",
            "update <commerce>order_events set tries = -1",
            "update <commerce>order_events set status = 'DELIVERED', tries = 1, claimed_by = 'me'",
            "update <commerce>orders set events_purged = 3",
            "update <commerce>orders set events_purged = -1",
            "update <commerce>order_lines set returned = -1",
            "update <commerce>order_lines set returned = quantity + 1",
            "update <commerce>orders set returned_at = timestamp '2000-01-01 00:00:00'",
            "update <commerce>orders set status = 'CANCELLED', refunded_to_balance = from_balance,"
                    + " closed_at = timestamp '2000-01-01 00:00:00'",
            "update <commerce>returns set refund = -1",
            "update <commerce>returns set order_id = 999999999",
            "delete from <commerce>returns",
            "update <commerce>return_lines set quantity = 0",
            "update <commerce>return_lines set refund = -1",
            "update <commerce>return_lines set number = 2",
            "update <commerce>return_lines set return_id = 999999999",
            "delete from <commerce>order_lines",
            "update <commerce>users set opening_number = changes + 1",
            "update <commerce>users set opening_number = -1",
            "update <commerce>users set opening_balance = 1",
            "update <commerce>users set opening_number = 1, opening_balance = -1",
            "update <commerce>users set opening_refunded = 1",
            "update <commerce>users set opening_refunded = -1",
            "delete from <commerce>users",
            "update <commerce>orders set discount = 1",
            "update <commerce>orders set user_coupon_id = 999999999",
            "insert into <commerce>coupons (name, expires_at, issued, created_at)"
                    + " values ('Neither rate nor amount', current_timestamp, 0, current_timestamp)",
            "insert into <commerce>coupons (name, rate, expires_at, issued, created_at)"
                    + " values ('Over 100 percent', 100.01, current_timestamp, 0, current_timestamp)",
            "insert into <commerce>coupons (name, rate, expires_at, total, issued, created_at)"
                    + " values ('Over-issued', 1, current_timestamp, 1, 2, current_timestamp)",
            "insert into <commerce>coupons (name, rate, maximum_discount, expires_at, issued, created_at)"
                    + " values ('At most nothing', 1, 0, current_timestamp, 0, current_timestamp)",
            "insert into <commerce>coupons (name, rate, minimum_total, expires_at, issued, created_at)"
                    + " values ('From less than nothing', 1, -1, current_timestamp, 0, current_timestamp)",
            "insert into <commerce>coupons (name, rate, valid_from, expires_at, issued, created_at)"
                    + " values ('Never valid', 1, current_timestamp, current_timestamp, 0, current_timestamp)",
            "insert into <commerce>idempotency_keys (owner, idempotency_key, use_case, fingerprint, used_at)"
                    + " values ('', 'key', 'orders.eat', '', current_timestamp)",
            "insert into <commerce>idempotency_keys"
                    + " (owner, idempotency_key, use_case, fingerprint, used_at, result_value)"
                    + " values ('', 'key', 'orders.pay', '', current_timestamp, 1)",
            "insert into <commerce>payments"
                    + " (order_id, user_id, method, amount, state, begun_at, held_until, balance_part)"
                    + " select id, user_id, 'CARD', 1, 'BEGUN', timestamp '2000-01-02 00:00:00',"
                    + " timestamp '2000-01-01 00:00:00', 0 from <commerce>orders",
            "insert into <commerce>user_coupons (coupon_id, user_id, issued_at)"
                    + " values (999999999, 'ann', current_timestamp)",
            "insert into <commerce>carts (user_id, touched_at) values ('nobody', current_timestamp)",
            "insert into <commerce>shop (id, currency, version) values (2, 'USD', 1)");

    private static final List<String> IMPOSSIBLE_LABELS = List.of(
            "update <commerce>order_labels set reference = 'ERP-1', unique_reference = 'ERP-1'",
            "update <commerce>order_labels set reference = 'ERP-3'",
            "update <commerce>order_labels set reference = null, unique_reference = null",
            "insert into <commerce>order_labels (order_id, note) values (999999999, 'of no order')");

    OptionId mug;
    UserId ann;
    Order paid;

    @BeforeEach
    void a_shop_with_a_paid_order() {
        mug = product("MUG", 1_000, 10).option("MUG").id();
        ann = user("ann", 50_000);
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 3));
        paid = shop.orders().pay(PayOrder.by(ann, order.id())).order();
        shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1));
    }

    @Test
    @Tag("D3")
    void the_database_itself_refuses() {
        refusedByTheTables(IMPOSSIBLE);
    }

    @Test
    @Tag("D3")
    void an_error_of_the_database_names_the_rule_that_does_not_hold() {
        assertThatThrownBy(() -> sql("update <commerce>orders set under_way = -1"))
                .cause()
                .isInstanceOf(SQLException.class)
                .message()
                .containsIgnoringCase("order_paid_amounts");
        assertThatThrownBy(() -> sql("update <commerce>users set balance = -1"))
                .cause()
                .isInstanceOf(SQLException.class)
                .message()
                .containsIgnoringCase("balance_not_negative");
    }

    @Test
    @Tag("D3")
    @Tag("R5")
    void the_database_itself_refuses_labels_that_cannot_be() {
        for (String reference : List.of("ERP-1", "ERP-2")) {
            shop.orders().place(PlaceOrder.by(ann).line(mug, 1).withReference(Reference.unique(reference)));
        }

        refusedByTheTables(IMPOSSIBLE_LABELS);
    }

    @Test
    @Tag("J1")
    void an_order_that_cannot_be_expired_is_reported_and_the_others_expire() {
        OptionId broken = product("BROKEN", 1_000, 10).option("BROKEN").id();
        Order poisoned = shop.orders().place(PlaceOrder.by(ann).line(broken, 1));
        for (int n = 0; n < 6; n++) {
            shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        }
        clock.advance(Duration.ofMinutes(10));
        sql("update <commerce>stock set reserved = 0 where option_id = " + broken);

        ExpireOverdueOrders.Result result = shop.jobs().expireOverdueOrders().call();

        assertThat(result.expired()).isEqualTo(6);
        assertThat(result.failed()).containsOnlyKeys(poisoned.id());
        assertThat(shop.orders().get(ann, poisoned.id()).status()).isEqualTo(OrderStatus.PENDING);
        sql("update <commerce>stock set reserved = 1 where option_id = " + broken);
        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
    }

    @Test
    @Tag("E3")
    @Tag("E2")
    void a_use_case_that_the_tables_refuse_changes_nothing() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        sql("update <commerce>stock set reserved = 0 where option_id = " + mug);

        assertThatThrownBy(() -> shop.orders().pay(PayOrder.by(ann, order.id())))
                .isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.error()).isEqualTo(StorageError.OTHER);
                    assertThat(failure.outcome()).isEqualTo(StorageException.Outcome.NOTHING_CHANGED);
                });

        sql("update <commerce>stock set reserved = 1 where option_id = " + mug);
        assertThat(shop.orders().get(ann, order.id())).isEqualTo(order);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(48_000));
    }
}
