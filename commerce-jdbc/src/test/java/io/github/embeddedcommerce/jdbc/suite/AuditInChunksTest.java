package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.jdbc.faults.DamagedShopTest;
import io.github.embeddedcommerce.job.Audit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole audit is walked in chunks, stops between two of them, and goes on where it stopped. */
@Tag("J5")
class AuditInChunksTest extends DamagedShopTest {
    @Test
    void it_tells_after_each_chunk_how_far_it_is() {
        List<Long> told = new ArrayList<>();

        Audit.Report report =
                shop.jobs().audit().inChunksOf(2).reporting(told::add).call();

        assertThat(report.isClean()).isTrue();
        assertThat(report.checked()).containsExactly(Invariant.values());
        assertThat(told).isSorted().hasSizeGreaterThan(6);
        assertThat(told.get(told.size() - 1)).isEqualTo(rows());
    }

    @Test
    void it_is_resumed_where_it_was_interrupted_and_checks_everything_once() {
        List<Violation> found = new ArrayList<>();
        List<Long> chunks = new ArrayList<>();
        damageFirstAndLast();
        Audit.Report report = interruptedAfterOneChunk(Checkpoint.NONE, chunks);
        found.addAll(report.violations());
        int runs = 1;
        while (report.checked().size() < Invariant.values().length) {
            assertThat(report.isClean()).isFalse();
            report = interruptedAfterOneChunk(text(report), chunks);
            found.addAll(report.violations());
            runs++;
        }

        assertThat(report.checked()).containsExactly(Invariant.values());
        assertThat(runs).isGreaterThan(6);
        assertThat(chunks.stream().mapToLong(Long::longValue).sum()).isEqualTo(rows());
        assertThat(found)
                .extracting(Violation::invariant)
                .containsOnly(
                        Invariant.ORDER_TIMES_FIT_STATUS,
                        Invariant.STOCK_RESERVED_EXPLAINED,
                        Invariant.CART_QUANTITIES_WITHIN_BOUNDS);
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(shop.jobs().audit().call().violations());
    }

    @Test
    void a_checkpoint_is_kept_after_each_chunk_and_the_last_one_is_that_of_the_report() {
        List<Long> told = new ArrayList<>();
        List<Checkpoint> kept = new ArrayList<>();

        Audit.Report report = shop.jobs()
                .audit()
                .inChunksOf(2)
                .reporting(told::add)
                .keeping(kept::add)
                .call();

        assertThat(kept).hasSameSizeAs(told).doesNotHaveDuplicates().endsWith(report.checkpoint());
    }

    @Test
    void it_is_resumed_by_the_checkpoint_that_was_kept_before_its_process_ended() {
        List<Checkpoint> kept = new ArrayList<>();
        sql("update <commerce>stock set reserved = reserved + 1");
        shop.jobs().audit().inChunksOf(1).keeping(kept::add).call();

        for (Checkpoint one : kept) {
            List<Invariant> found = shop.jobs().audit().after(one).call().violations().stream()
                    .map(Violation::invariant)
                    .distinct()
                    .toList();
            assertThat(found).isSubsetOf(Invariant.STOCK_RESERVED_EXPLAINED);
        }
        assertThat(shop.jobs().audit().after(kept.get(0)).call().violations()).hasSize(2);
        assertThat(kept.stream()
                        .filter(one -> shop.jobs()
                                        .audit()
                                        .after(one)
                                        .call()
                                        .violations()
                                        .size()
                                == 1))
                .as("between the two products")
                .hasSize(1);
    }

    @Test
    void of_many_violations_a_hundred_of_each_invariant_are_reported_however_small_the_chunks() {
        for (int i = 0; i < 60; i++) {
            product("P" + i, 1, 1);
            product("Q" + i, 1, 1);
        }
        sql("update <commerce>stock set on_hand = on_hand + 1");

        assertThat(shop.jobs().audit().inChunksOf(7).call().violations())
                .hasSize(100)
                .extracting(Violation::invariant)
                .containsOnly(Invariant.STOCK_ON_HAND_EXPLAINED);
    }

    @Test
    @Tag("E2")
    void what_is_no_checkpoint_is_refused() {
        String real = shop.jobs().audit().call().checkpoint().value();

        assertThat(shop.jobs().audit().after(new Checkpoint(real)).call().isClean())
                .isTrue();
        assertThat(new Checkpoint(real)).as("what a host logs").hasToString(real);
        for (String text : List.of("x", "?", "MQox", real.substring(4), real.substring(0, real.length() - 4))) {
            refused(VALIDATION_ERROR, () -> shop.jobs().audit().after(new Checkpoint(text)));
        }
        for (String text : List.of("", " ", "a".repeat(1_001))) {
            refused(VALIDATION_ERROR, () -> new Checkpoint(text));
        }
        refused(VALIDATION_ERROR, () -> shop.jobs().audit().after(nothing()));
        refused(VALIDATION_ERROR, () -> shop.jobs().audit().inChunksOf(0));
        refused(VALIDATION_ERROR, () -> shop.jobs().audit().inChunksOf(10_001));
        refused(VALIDATION_ERROR, () -> shop.jobs().audit().reporting(nothing()));
        refused(VALIDATION_ERROR, () -> shop.jobs().audit().keeping(nothing()));
    }

    /** In the first, the middle and the last of what it walks over. */
    private void damageFirstAndLast() {
        sql("update <commerce>orders set closed_at = placed_at where status = 'EXPIRED'");
        sql("update <commerce>stock set reserved = reserved - 1 where reserved = 4");
        sql("alter table <commerce>cart_items drop constraint <name>cart_quantity");
        sql("update <commerce>cart_items set quantity = 0");
    }

    private Audit.Report interruptedAfterOneChunk(Checkpoint after, List<Long> chunks) {
        Audit.Report report = shop.jobs()
                .audit()
                .after(after)
                .inChunksOf(2)
                .reporting(checked -> {
                    chunks.add(checked);
                    Thread.currentThread().interrupt();
                })
                .call();
        assertThat(Thread.interrupted()).isTrue();
        return report;
    }

    /** As a host keeps it. */
    private static Checkpoint text(Audit.Report report) {
        return new Checkpoint(report.checkpoint().value());
    }

    /** Six orders of two users, two products and their stock, a coupon, a cart. */
    private static long rows() {
        return 6 + 2 + 2 + 2 + 1 + 1;
    }
}
