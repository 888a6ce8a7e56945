package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.order.PlaceOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An audit goes on where the one of a checkpoint has ended, looks at what has changed since, and at little else. */
@Tag("J5")
class AuditAfterCheckpointTest extends OldShopTest {
    @Test
    void nothing_but_what_is_open_is_looked_at_when_nothing_has_changed() {
        assertThat(checked())
                .as("the order that is to be paid, its user, its product and the stock of it")
                .isEqualTo(4);
    }

    @Test
    void what_is_looked_at_follows_the_changes() {
        for (int i = 0; i < 40; i++) {
            paid(ann, mug, 1);
        }
        clock.advance(Duration.ofHours(1));
        shop.jobs().deliverEvents(event -> {}).call();
        clock.advance(Duration.ofHours(1));
        checkpoint = clean(changes());
        clock.advance(Duration.ofHours(1));
        paid(ann, mug, 1);

        assertThat(checked())
                .as("two orders of two users for two products, and their stock")
                .isEqualTo(8);
    }

    @Test
    void a_violation_of_what_is_old_is_found_by_the_whole_audit_alone() {
        damage("update <commerce>orders set total = total + 1, from_balance = from_balance + 1 where id = " + old.id());

        assertThat(changes().call().violations()).isEmpty();
        assertThat(shop.jobs().audit().call().violations())
                .extracting(Violation::invariant)
                .contains(Invariant.ORDER_ADDS_UP);
    }

    @Test
    void if_very_much_has_changed_everything_is_checked_and_can_be_resumed() {
        for (int i = 0; i < 49; i++) {
            shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        }
        damage("update <commerce>orders set total = total + 1, from_balance = from_balance + 1 where id = " + old.id());

        assertThat(changes().inChunksOf(1).call().violations())
                .as("with the one that is to be paid, as many orders as 50 chunks hold")
                .isEmpty();
        shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        assertThat(changes().inChunksOf(2).call().violations()).isEmpty();
        Audit.Report everything = changes().inChunksOf(1).call();
        found(everything, Invariant.ORDER_ADDS_UP);
        assertThat(everything.checked()).containsExactly(Invariant.values());
        Audit.Report interrupted = changes()
                .inChunksOf(1)
                .reporting(checked -> Thread.currentThread().interrupt())
                .call();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.checked()).as("one of many orders").isEmpty();
        damage("update <commerce>users set balance = balance + 1 where id = 'bob'");
        Audit.Report rest = shop.jobs().audit().after(interrupted.checkpoint()).call();
        found(rest, Invariant.BALANCE_EXPLAINED);
        assertThat(rest.checked()).containsExactly(Invariant.values());
    }

    @Test
    @Tag("T7")
    void a_checkpoint_of_a_time_that_is_yet_to_come_is_not_trusted() {
        try (CommerceFacade early = openAt(clock.instant().plus(Duration.ofDays(365)))) {
            checkpoint = clean(early.jobs().audit());
        }
        damage("update <commerce>orders set total = total + 1, from_balance = from_balance + 1 where id = " + old.id());

        found(changes().call(), Invariant.ORDER_ADDS_UP);
    }

    @Test
    void it_is_resumed_too_and_the_next_one_goes_on_after_it() {
        paid(ann, mug, 1);
        Audit.Report interrupted = changes()
                .reporting(checked -> Thread.currentThread().interrupt())
                .call();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.isClean()).isFalse();
        assertThat(interrupted.checkpoint()).isNotEqualTo(checkpoint);

        checkpoint = clean(shop.jobs().audit().after(interrupted.checkpoint()));
        clock.advance(Duration.ofHours(1));
        assertThat(checked()).as("what came while it ran").isEqualTo(8);
        checkpoint = clean(changes());
        clock.advance(Duration.ofHours(1));
        assertThat(checked()).isEqualTo(4);
    }

    @Test
    void what_it_had_not_checked_to_the_end_when_it_was_interrupted_it_has_not_checked() {
        paid(ann, mug, 1);
        assertThat(interruptedAfter(1, changes().inChunksOf(1)).checked())
                .as("one of two orders")
                .isEmpty();
        assertThat(interruptedAfter(1, changes()).checked())
                .as("orders, and of the users nobody")
                .contains(Invariant.ORDER_ADDS_UP)
                .doesNotContain(Invariant.BALANCE_EXPLAINED);
        assertThat(interruptedAfter(3, changes()).checked())
                .as("orders, users and products, and of the stock nothing")
                .contains(Invariant.BALANCE_EXPLAINED)
                .doesNotContain(Invariant.STOCK_ON_HAND_EXPLAINED);

        damage("update <commerce>stock set on_hand = on_hand + 1 where option_id = " + mug);
        assertThat(interruptedAfter(7, changes().inChunksOf(1)).checked())
                .as("two of each, and of the stock one")
                .contains(Invariant.BALANCE_EXPLAINED)
                .doesNotContain(Invariant.STOCK_ON_HAND_EXPLAINED);
    }

    private static Audit.Report interruptedAfter(int chunks, Audit audit) {
        AtomicInteger checked = new AtomicInteger();
        Audit.Report report = audit.reporting(rows -> {
                    if (checked.incrementAndGet() == chunks) {
                        Thread.currentThread().interrupt();
                    }
                })
                .call();
        assertThat(Thread.interrupted()).isTrue();
        return report;
    }

    @Test
    void one_that_is_interrupted_before_it_has_begun_has_done_nothing() {
        Thread.currentThread().interrupt();
        Audit.Report report = changes().call();
        assertThat(Thread.interrupted()).isTrue();

        assertThat(report.checkpoint()).isEqualTo(checkpoint);
        assertThat(report.checked()).isEmpty();

        Thread.currentThread().interrupt();
        Audit.Report first = shop.jobs().audit().call();
        assertThat(Thread.interrupted()).isTrue();

        assertThat(first).isEqualTo(new Audit.Report(List.of(), List.of(), Checkpoint.NONE));
    }
}
