package io.github.embeddedcommerce.job;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.user.BalanceChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One run of the purge: what goes, what stays, and what stops it. */
@Tag("J4")
class PurgeRunsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Retention FOR_A_DAY =
            Retention.defaults().withBalanceHistory(DAY).withSnapshots(DAY);

    private final StockedShop shop = new StockedShop(50, 100);

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    void by_default_balance_history_and_snapshots_are_kept_for_ever() {
        shop.door.jobs().snapshotPopularProducts().call();
        shop.memory.clock.advance(DAY.multipliedBy(10_000));
        shop.door.jobs().snapshotPopularProducts().call();

        assertThat(shop.door.jobs().purgeHistory().call().removed())
                .containsEntry(Kind.EVENTS, 0L)
                .containsEntry(Kind.CARTS, 0L)
                .doesNotContainKeys(Kind.BALANCE_CHANGES, Kind.SNAPSHOTS);
        assertThat(shop.memory.rows().balanceChanges()).isNotEmpty();
        assertThat(shop.memory.rows().popular()).hasSize(2);
    }

    @Test
    @Tag("B6")
    void a_run_goes_in_chunks_reports_the_sum_after_each_and_leaves_what_is_young() {
        charge(4);
        shop.door.carts().add(BOB, shop.spoon, 1);
        shop.memory.clock.advance(DAY.multipliedBy(100));
        charge(1);
        List<Long> told = new ArrayList<>();

        PurgeHistory.Result result = purge().inChunksOf(2).reporting(told::add).call();

        assertThat(result.removed())
                .containsEntry(Kind.BALANCE_CHANGES, 5L)
                .containsEntry(Kind.EVENTS, 0L)
                .containsEntry(Kind.SNAPSHOTS, 0L)
                .containsEntry(Kind.CARTS, 1L);
        assertThat(told).contains(2L, 4L, 5L).endsWith(6L).isSorted();
        assertThat(shop.memory.rows().balanceChanges())
                .extracting(BalanceChange::number)
                .containsExactly(6L);
    }

    @Test
    @Tag("B6")
    void the_next_run_folds_what_has_become_old_since_and_counts_only_that() {
        charge(4);
        shop.memory.clock.advance(DAY.plusSeconds(1));
        assertThat(purge().call().removed(Kind.BALANCE_CHANGES)).isEqualTo(5);
        charge(2);
        shop.memory.clock.advance(DAY.plusSeconds(1));

        assertThat(purge().call().removed(Kind.BALANCE_CHANGES)).isEqualTo(2);

        assertThat(purge().call().removed(Kind.BALANCE_CHANGES)).isZero();
        assertThat(shop.balance(ANN)).isEqualTo(won(10_006));
    }

    @Test
    @Tag("B6")
    void a_change_stamped_by_a_clock_that_is_behind_goes_in_the_same_run_as_the_one_before_it() {
        shop.memory.clock.advance(Duration.ofHours(1));
        charge(1);
        shop.memory.clock.set(NOON.plusSeconds(1));
        charge(1);
        shop.memory.clock.advance(DAY.multipliedBy(2));

        assertThat(purge().inChunksOf(1).call().removed(Kind.BALANCE_CHANGES)).isEqualTo(3);

        assertThat(shop.memory.rows().balanceChanges()).isEmpty();
    }

    @Test
    void outdated_snapshots_go_but_never_the_latest() {
        for (int n = 0; n < 4; n++) {
            shop.door.jobs().snapshotPopularProducts().call();
            shop.memory.clock.advance(DAY);
        }
        shop.memory.clock.advance(DAY.multipliedBy(10));

        assertThat(purge().inChunksOf(2).call().removed(Kind.SNAPSHOTS)).isEqualTo(3);

        assertThat(shop.memory.rows().popular()).hasSize(1);
        assertThat(shop.door.products().popular()).isPresent();
    }

    @Test
    void events_go_after_their_time_and_only_if_they_were_delivered() {
        shop.door.orders().pay(new PayOrder(ANN, shop.mugsFor(ANN, 1).id()));
        shop.door.jobs().deliverEvents(event -> {}).call();
        shop.door.orders().pay(new PayOrder(ANN, shop.mugsFor(ANN, 1).id()));
        shop.memory.clock.advance(Duration.ofDays(30));
        assertThat(purge().call().removed(Kind.EVENTS)).isZero();
        shop.memory.clock.advance(Duration.ofNanos(1_000));

        assertThat(purge().call().removed(Kind.EVENTS)).isEqualTo(1);

        assertThat(shop.memory.rows().events())
                .singleElement()
                .satisfies(event -> assertThat(event.order().value()).isEqualTo(2));
    }

    @Test
    void an_interrupt_stops_a_run_between_two_chunks_and_the_next_one_goes_on() {
        charge(4);
        shop.memory.clock.advance(DAY.plusSeconds(1));

        PurgeHistory.Result stopped = purge().inChunksOf(2)
                .reporting(removed -> Thread.currentThread().interrupt())
                .call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.interrupted()).isTrue();
        assertThat(stopped.removed(Kind.BALANCE_CHANGES)).isEqualTo(2);
        assertThat(purge().call().removed(Kind.BALANCE_CHANGES)).isEqualTo(3);
    }

    @Test
    @Tag("E2")
    void a_purge_has_bounds() {
        for (int chunk : new int[] {0, -1, 10_001}) {
            assertThat(malformed(() -> purge().inChunksOf(chunk)).values()).containsEntry("field", "chunk");
        }
        malformed(() -> purge().reporting(nothing()));
        assertThat(purge().inChunksOf(1).inChunksOf(10_000).call().interrupted())
                .isFalse();
    }

    private PurgeHistory purge() {
        return new PurgeHistory(shop.memory, shop.memory.clock::instant, FOR_A_DAY);
    }

    /** So many changes of Ann's balance, after the one she begins with. */
    private void charge(int times) {
        for (int n = 0; n < times; n++) {
            shop.door.users().charge(ANN, won(1));
        }
    }
}
