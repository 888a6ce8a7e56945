package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.jdbc.faults.DamagedShopTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The audit finds it if the figures are not what the balances have moved. */
@Tag("J5")
@Tag("R3")
class FiguresAuditTest extends DamagedShopTest {
    @Test
    void more_was_sold_than_paid_for() {
        sql("update <commerce>order_lines set quantity = quantity + 1 where order_id = " + paid.id());

        found(Invariant.FIGURES_EQUAL_LEDGER, "revenue", "4000");
    }

    @Test
    void a_discount_that_was_not_given() {
        sql("update <commerce>orders set discount = 400, from_balance = total - 400, balance_parts = 1 where id = "
                + reduced.id());

        found(Invariant.FIGURES_EQUAL_LEDGER, "user_id", "bob");
    }

    @Test
    void a_refund_that_nobody_was_given() {
        sql("update <commerce>orders set status = 'CANCELLED', closed_at = paid_at, refunded_to_balance = from_balance"
                + " where id = " + paid.id());

        found(Invariant.FIGURES_EQUAL_LEDGER, "refunds", "3000");
    }

    @Test
    void a_refund_of_an_order_that_stands() {
        Order order = shop.orders()
                .place(PlaceOrder.by(paid.user())
                        .line(paid.lines().get(0).item().option(), 1));
        shop.orders().pay(PayOrder.by(paid.user(), order.id()));
        shop.orders().cancel(CancelOrder.by(paid.user(), order.id()));
        assertThat(shop.jobs().audit().call().isClean()).isTrue();
        sql("update <commerce>orders set status = 'PAID', closed_at = null where id = " + order.id());

        found(Invariant.FIGURES_EQUAL_LEDGER, "refunded", "1000");
    }
}
