package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.payment.Payment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit finds what is wrong with payments from outside, and the tables refuse what they can. */
@Tag("J5")
class PaymentAuditTest extends PaymentTest {
    private static final List<String> IMPOSSIBLE = List.of(
            "update <commerce>payments set method = 'BALANCE'",
            "update <commerce>payments set amount = 0",
            "update <commerce>payments set balance_part = -1",
            "update <commerce>payments set refunded = amount + 1 where state = 'SETTLED'",
            "update <commerce>payments set refunded = -1",
            "update <commerce>payments set refunded = 1 where state = 'BEGUN'",
            "update <commerce>payments set reference = null where state = 'SETTLED'",
            "update <commerce>payments set state = 'LOST'",
            "update <commerce>payments set state = 'BEGUN' where state = 'SETTLED'",
            "update <commerce>payments set decided_at = null where state = 'FAILED'",
            "update <commerce>payments set reference = 'same', decided_at = held_until, state = 'UNAPPLIED'",
            "update <commerce>payments set order_id = 999999999",
            "update <commerce>refunds set amount = 0",
            "update <commerce>refunds set state = 'SETTLED' where state = 'DUE'",
            "update <commerce>refunds set reference = null where state = 'SETTLED'",
            "update <commerce>refunds set payment_id = 999999999",
            "delete from <commerce>payments",
            "update <commerce>orders set from_outside = from_outside + 1 where status = 'PAID'",
            "update <commerce>orders set under_way = under_way + total where status = 'PENDING'");

    private Payment begun = nothing();
    private Checkpoint checkpoint = Checkpoint.NONE;

    @BeforeEach
    void payments_in_every_state() {
        settle(shop.payments().begin(byCard(order(2)).withBalance(won(500))));
        Order held = order(1);
        clock.advance(Duration.ofMinutes(1));
        begun = shop.payments().begin(byCard(held).withBalance(won(100)));
        fail(begin(order(1)));
        Order cancelled = order(1);
        Payment late = begin(cancelled);
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        settle(late);
        shop.payments().settleRefund(shop.payments().refund(late.id()).id(), "re-1");
        shop.orders().cancel(CancelOrder.by(ann, paidByCard(1).id()));
        Audit.Report healthy = shop.jobs().audit().call();
        assertThat(healthy.isClean()).isTrue();
        checkpoint = healthy.checkpoint();
    }

    /** The damage is the point of these tests. */
    @Override
    public List<Violation> violations() {
        return List.of();
    }

    @ParameterizedTest
    @Tag("M1")
    @ValueSource(
            strings = {
                "update <commerce>payments set amount = amount - 1 where state = 'SETTLED' and refunded = 0",
                "update <commerce>payments set amount = amount + 1 where state = 'BEGUN'",
                "update <commerce>payments set state = 'FAILED', decided_at = held_until where state = 'BEGUN'",
                "update <commerce>payments set balance_part = balance_part + 1 where state = 'BEGUN'",
                "update <commerce>payments set held_until = begun_at where state = 'BEGUN'",
                "update <commerce>orders set from_outside = from_outside - 1, from_balance = from_balance + 1"
                        + " where status = 'PAID'",
                "update <commerce>orders set under_way = 0 where status = 'PENDING'",
                "update <commerce>payments set refunded = 0 where state = 'SETTLED'"
            })
    void what_an_order_and_its_payments_say_differs(String damage) {
        sql(damage);

        found(Invariant.OUTSIDE_PAYMENTS_MATCH_ORDERS);
    }

    @ParameterizedTest
    @Tag("M5")
    @ValueSource(
            strings = {
                "update <commerce>refunds set amount = amount + 1",
                "update <commerce>refunds set amount = amount - 1",
                "update <commerce>refunds set method = 'cash'",
                "update <commerce>refunds set order_id = (select min(id) from <commerce>orders)",
                "update <commerce>payments set user_id = 'bob'",
                "update <commerce>payments set state = 'UNAPPLIED' where state = 'CLOSED'",
                "update <commerce>refunds set state = 'DUE', settled_at = null, reference = null where state = 'SETTLED'",
                "delete from <commerce>refunds where state = 'DUE'"
            })
    void what_a_payment_and_its_refunds_say_differs(String damage) {
        sql(damage);

        found(Invariant.OUTSIDE_REFUNDS_MATCH_PAYMENTS);
    }

    @ParameterizedTest
    @Tag("M4")
    @ValueSource(
            strings = {
                "delete from <commerce>order_events where type = 'PAYMENT_UNAPPLIED'",
                "delete from <commerce>order_events where type = 'REFUND_DUE'",
                "update <commerce>order_events set subject = 999999999 where type = 'REFUND_DUE'",
                "update <commerce>order_events set type = 'RETURNED' where type = 'PAYMENT_UNAPPLIED'"
            })
    void an_event_of_money_is_missing_or_names_what_is_not_there(String damage) {
        sql(damage);

        found(Invariant.EVENTS_MATCH_ORDERS);
    }

    @Test
    @Tag("D3")
    void the_database_itself_refuses() {
        refusedByTheTables(IMPOSSIBLE);
    }

    @Test
    @Tag("M1")
    void a_payment_taken_from_the_balance_that_nobody_gave_back_is_found() {
        sql("update <commerce>payments set balance_part = 0 where id = " + begun.id());

        assertThat(super.violations()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.OUTSIDE_PAYMENTS_MATCH_ORDERS);
            assertThat(violation.row()).containsEntry("order_id", begun.order().toString());
        });
    }

    private void found(Invariant invariant) {
        assertThat(super.violations()).extracting(Violation::invariant).contains(invariant);
        assertThat(shop.jobs().audit().after(checkpoint).call().violations())
                .extracting(Violation::invariant)
                .contains(invariant);
    }
}
