package io.github.embeddedcommerce.store;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Texts;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.BalanceQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.joda.money.Money;

/** Folding the beginning of a history, and asking for parts of what is left. */
class OpeningBalanceTest {
    private static final OpeningBalance NOTHING = new OpeningBalance(ANN, 0, won(0), won(0), won(0));

    @Property
    @Tag("B6")
    void folding_in_any_pieces_and_any_order_comes_to_the_same_as_the_chain(
            @ForAll @Size(max = 30) List<@LongRange(min = -900, max = 1_000) Long> amounts, @ForAll Random random) {
        List<BalanceChange> chain = chain(amounts);
        int cut = chain.isEmpty() ? 0 : random.nextInt(chain.size() + 1);
        OpeningBalance inPieces = NOTHING.fold(shuffled(chain.subList(0, cut), random))
                .fold(shuffled(chain.subList(cut, chain.size()), random));

        assertThat(inPieces).isEqualTo(NOTHING.fold(shuffled(chain, random)));
        assertThat(inPieces.number()).isEqualTo(chain.size());
        assertThat(inPieces.balance())
                .isEqualTo(
                        chain.isEmpty() ? won(0) : chain.get(chain.size() - 1).after());
        assertThat(inPieces.paid()).isEqualTo(sum(chain, BalanceCode.PAYMENT).negated());
        assertThat(inPieces.refunded()).isEqualTo(sum(chain, BalanceCode.REFUND));
    }

    @Example
    @Tag("B6")
    void folding_stops_at_a_gap_and_at_a_change_that_does_not_follow() {
        List<BalanceChange> chain = chain(List.of(5L, 6L, 7L, 8L));
        assertThat(NOTHING.fold(List.of(chain.get(0), chain.get(2), chain.get(3)))
                        .number())
                .isEqualTo(1);
        BalanceChange forked =
                new BalanceChange(ANN, 2, won(4), new BalanceMovement(won(6), BalanceCode.ADJUST, "", ""), NOON);
        assertThat(NOTHING.fold(List.of(chain.get(0), forked, chain.get(2))).number())
                .isEqualTo(1);
        assertThat(NOTHING.fold(List.of())).isEqualTo(NOTHING);
    }

    @Example
    @Tag("B4")
    @Tag("E2")
    void a_query_has_bounds() {
        BalanceQuery all = BalanceQuery.all();
        malformed(() -> all.between(NOON, NOON.minusNanos(1)));
        malformed(() -> all.withCode(nothing()));
        malformed(() -> all.withReference(nothing()));
        Texts.assertBounds("reference", 1, 64, all::withReference);
        assertThat(all.between(NOON, NOON)).isEqualTo(new BalanceQuery(NOON, NOON, null, null));
        assertThat(all.between(NOON.plusNanos(1), NOON.plusNanos(1_000)))
                .isEqualTo(all.between(NOON.plusNanos(1_000), NOON.plusNanos(1_000)));
        assertThat(all.between(Instant.MIN, Instant.MAX))
                .isEqualTo(all.between(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z")));
    }

    /** A chain of these amounts, leaving out what would go below zero; payments and refunds among them. */
    private static List<BalanceChange> chain(List<Long> amounts) {
        List<BalanceChange> chain = new ArrayList<>();
        Money balance = won(0);
        for (long amount : amounts) {
            if (amount != 0 && !balance.plus(won(amount)).isNegative()) {
                BalanceCode code =
                        amount % 2 == 0 ? BalanceCode.ADJUST : amount < 0 ? BalanceCode.PAYMENT : BalanceCode.REFUND;
                BalanceMovement movement = new BalanceMovement(won(amount), code, "", "");
                chain.add(new BalanceChange(ANN, chain.size() + 1L, balance, movement, NOON));
                balance = balance.plus(won(amount));
            }
        }
        return chain;
    }

    private static List<BalanceChange> shuffled(List<BalanceChange> changes, Random random) {
        List<BalanceChange> shuffled = new ArrayList<>(changes);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static Money sum(List<BalanceChange> changes, BalanceCode code) {
        return changes.stream()
                .map(BalanceChange::movement)
                .filter(movement -> movement.code() == code)
                .map(BalanceMovement::amount)
                .reduce(won(0), Money::plus);
    }
}
