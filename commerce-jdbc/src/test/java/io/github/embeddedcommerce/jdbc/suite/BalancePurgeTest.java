package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.user.BalanceQuery.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.job.PurgeHistory;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a balance history when its beginning is purged. */
@Tag("B6")
@Tag("J4")
class BalancePurgeTest extends ShopTest {
    private static final Duration YEAR = Duration.ofDays(365);

    UserId ann;
    OptionId mug;
    boolean damaged;

    @BeforeEach
    void a_buyer() {
        ann = user("ann", 10_000);
        mug = product("MUG", 100, 100).option("MUG").id();
    }

    @Override
    public List<Violation> violations() {
        return damaged ? List.of() : super.violations();
    }

    @Test
    void history_is_kept_for_ever_unless_the_settings_say_otherwise() {
        clock.advance(YEAR.multipliedBy(100));

        assertThat(shop.jobs().purgeHistory().call().removed(Kind.BALANCE_CHANGES))
                .isZero();
        assertThat(numbers(ann)).containsExactly(1L);
    }

    @Test
    void what_is_old_is_folded_and_balance_chain_and_audit_hold() {
        buy();
        buy();
        clock.advance(YEAR);
        Order kept = buy();

        assertThat(purge().call().removed(Kind.BALANCE_CHANGES)).isZero();
        clock.advance(Duration.ofNanos(1_000));
        assertThat(purge().call().removed(Kind.BALANCE_CHANGES)).isEqualTo(3);
        assertThat(purge().call().removed(Kind.BALANCE_CHANGES)).isZero();

        assertThat(numbers(ann)).containsExactly(4L);
        assertThat(shop.users()
                        .listBalanceChanges(ann, all().withReference(kept.id().toString()), PageRequest.first())
                        .items())
                .extracting(BalanceChange::before)
                .containsExactly(won(9_800));
        buy();
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(9_600));
        assertThat(super.violations()).isEmpty();
    }

    @Test
    void all_of_a_history_can_go_and_the_next_change_follows_on() {
        buy();
        clock.advance(YEAR.plusDays(1));
        purge().call();

        assertThat(numbers(ann)).isEmpty();
        assertThat(super.violations()).isEmpty();
        assertThat(shop.users().topUp(TopUp.of(ann, won(1))).number()).isEqualTo(3);
    }

    @Test
    void a_run_goes_in_chunks_reports_each_and_stops_when_interrupted() {
        IntStream.range(0, 9).forEach(n -> shop.users().topUp(TopUp.of(ann, won(1))));
        clock.advance(YEAR.plusDays(1));
        List<Long> progress = new ArrayList<>();

        PurgeHistory.Result stopped = purge().inChunksOf(3)
                .reporting(removed -> {
                    progress.add(removed);
                    if (removed == 6) {
                        Thread.currentThread().interrupt();
                    }
                })
                .call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.interrupted()).isTrue();
        assertThat(stopped.removed(Kind.BALANCE_CHANGES)).isEqualTo(6);
        assertThat(progress).containsExactly(3L, 6L);
        assertThat(numbers(ann)).containsExactly(10L, 9L, 8L, 7L);
        assertThat(super.violations()).isEmpty();
        assertThat(purge().inChunksOf(3).call().removed(Kind.BALANCE_CHANGES)).isEqualTo(4);
    }

    @Test
    @Tag("T7")
    void several_hosts_purge_at_once_while_the_users_buy_and_nothing_goes_twice() {
        List<UserId> users =
                IntStream.range(0, 8).mapToObj(n -> user("u" + n, 1_000)).toList();
        users.forEach(user -> IntStream.range(0, 10).forEach(n -> shop.users().topUp(TopUp.of(user, won(1)))));
        clock.advance(YEAR.plusDays(1));

        Together<Long> removed = Together.each(IntStream.range(0, 12).boxed().toList(), n -> {
            if (n >= 4) {
                buy(users.get(n - 4));
                return 0L;
            }
            return purge().inChunksOf(7).call().removed(Kind.BALANCE_CHANGES);
        });

        long rest = purge().call().removed(Kind.BALANCE_CHANGES);
        assertThat(removed.results().stream().mapToLong(Long::longValue).sum() + rest)
                .isEqualTo(8 * 11 + 1);
        users.forEach(user -> assertThat(numbers(user)).containsExactly(12L));
    }

    @Test
    void a_change_made_by_a_clock_that_is_behind_is_no_older_than_the_one_before_it() {
        clock.advance(Duration.ofDays(1));
        shop.users().topUp(TopUp.of(ann, won(1)));
        clock.advance(Duration.ofDays(-2));
        shop.users().topUp(TopUp.of(ann, won(2)));
        clock.advance(Duration.ofDays(1).plus(YEAR).plusSeconds(1));

        assertThat(purge().inChunksOf(1).call().removed(Kind.BALANCE_CHANGES)).isEqualTo(1);
        assertThat(numbers(ann)).containsExactly(3L, 2L);
        clock.advance(Duration.ofDays(1));
        assertThat(purge().inChunksOf(1).call().removed(Kind.BALANCE_CHANGES)).isEqualTo(2);
        assertThat(numbers(ann)).isEmpty();
    }

    @Test
    @Tag("J5")
    void after_a_purge_a_payment_that_went_missing_is_found_and_its_order_named() {
        buy();
        clock.advance(YEAR.plusDays(1));
        Order kept = buy();
        purge().call();
        assertThat(super.violations()).isEmpty();

        sql(
                "update <commerce>balance_changes set code = 'ADJUST', reference = '', order_id = null where code = 'PAYMENT'");

        found(Invariant.PAYMENTS_MATCH_ORDERS, "order_id", kept.id().toString());
    }

    @Test
    @Tag("J5")
    void after_a_purge_a_lost_change_and_a_wrong_opening_balance_are_found() {
        buy();
        clock.advance(YEAR.plusDays(1));
        buy();
        buy();
        purge().call();

        sql("update <commerce>users set opening_balance = opening_balance + 1 where id = 'ann'");
        found(Invariant.BALANCE_EXPLAINED, "user_id", "ann");
        found(Invariant.BALANCE_CHAIN_UNBROKEN, "number", "3");
        sql("update <commerce>users set opening_balance = opening_balance - 1 where id = 'ann'");
        sql("update <commerce>users set opening_paid = opening_paid + 1 where id = 'ann'");
        found(Invariant.PAYMENTS_MATCH_ORDERS, "user_id", "ann");
        sql("update <commerce>users set opening_paid = opening_paid - 1 where id = 'ann'");
        assertThat(super.violations()).isEmpty();
        sql("delete from <commerce>balance_changes where number = 3");
        found(Invariant.BALANCE_EXPLAINED, "user_id", "ann");
        found(Invariant.BALANCE_CHAIN_UNBROKEN, "number", "4");
        found(Invariant.PAYMENTS_MATCH_ORDERS, "user_id", "ann");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    @Tag("J5")
    void damage_is_not_folded_away(int chunk) {
        buy();
        buy();
        sql("delete from <commerce>balance_changes where number = 2");
        clock.advance(YEAR.plusDays(1));

        assertThat(purge().inChunksOf(chunk).call().removed(Kind.BALANCE_CHANGES))
                .isEqualTo(1);
        assertThat(purge().inChunksOf(chunk).call().removed(Kind.BALANCE_CHANGES))
                .isZero();
        found(Invariant.BALANCE_CHAIN_UNBROKEN, "number", "3");
    }

    private void found(Invariant invariant, String column, String value) {
        damaged = true;
        assertThat(super.violations()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.row()).containsEntry(column, value);
        });
    }

    private PurgeHistory purge() {
        return open(CommerceSettings.defaults()
                        .withRetention(Retention.defaults().withBalanceHistory(YEAR)))
                .jobs()
                .purgeHistory();
    }

    private Order buy() {
        return buy(ann);
    }

    private Order buy(UserId user) {
        Order order = shop.orders().place(PlaceOrder.by(user).line(mug, 1));
        return shop.orders().pay(PayOrder.by(user, order.id())).order();
    }

    private List<Long> numbers(UserId user) {
        return shop.users().listBalanceChanges(user, all(), PageRequest.first(1_000)).items().stream()
                .map(BalanceChange::number)
                .toList();
    }
}
