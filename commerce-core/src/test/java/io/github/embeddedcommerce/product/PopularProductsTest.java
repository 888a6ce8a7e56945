package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.embeddedcommerce.product.PopularProducts.Entry;
import io.github.embeddedcommerce.product.PopularProducts.Sales;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("J2")
class PopularProductsTest {
    @Property
    void ranks_count_from_one_without_a_gap_and_each_is_better_than_the_next(
            @ForAll("sales") List<Sales> sales, @ForAll @IntRange(min = 1, max = 10) int size) {
        List<Entry> entries = PopularProducts.ranked(sales, size);

        assertThat(entries).hasSize(Math.min(size, sales.size()));
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).rank()).isEqualTo(i + 1);
            assertThat(i == 0
                            || isBetter(
                                    entries.get(i - 1).sales(), entries.get(i).sales()))
                    .isTrue();
        }
    }

    @Property
    void who_is_left_out_is_worse_than_all_who_are_ranked(
            @ForAll("sales") List<Sales> sales, @ForAll @IntRange(min = 1, max = 10) int size) {
        List<Sales> ranked =
                PopularProducts.ranked(sales, size).stream().map(Entry::sales).toList();
        List<Sales> others = new ArrayList<>(sales);
        others.removeAll(ranked);

        assertThat(others).allMatch(other -> ranked.stream().allMatch(best -> isBetter(best, other)));
    }

    @Property
    void the_order_in_which_sales_are_found_does_not_matter(@ForAll("sales") List<Sales> sales, @ForAll Random random) {
        List<Sales> shuffled = new ArrayList<>(sales);
        Collections.shuffle(shuffled, random);

        assertThat(PopularProducts.ranked(shuffled, 5)).isEqualTo(PopularProducts.ranked(sales, 5));
    }

    @Property
    void a_snapshot_of_what_is_ranked_is_the_snapshot_of_everything(@ForAll("sales") List<Sales> sales) {
        Popularity measure = Popularity.defaults();
        PopularProducts snapshot = PopularProducts.of(sales, measure, NOON);

        assertThat(new PopularProducts(snapshot.day(), measure, NOON, snapshot.entries()))
                .isEqualTo(snapshot);
        assertThat(snapshot.from()).isEqualTo(NOON.minus(Duration.ofDays(3)));
    }

    @Example
    void a_snapshot_that_is_not_ranked_or_not_of_its_day_cannot_be() {
        Sales few = new Sales(new ProductId(1), 1, NOON);
        Sales many = new Sales(new ProductId(2), 2, NOON);
        Popularity measure = new Popularity(Duration.ofDays(1), 2);
        LocalDate day = LocalDate.of(2026, 3, 1);
        List<List<Entry>> wrong = List.of(
                List.of(new Entry(1, few), new Entry(2, many)),
                List.of(new Entry(1, many), new Entry(3, few)),
                List.of(new Entry(2, many)),
                List.of(new Entry(1, many), new Entry(2, few), new Entry(3, few)));

        wrong.forEach(entries -> assertThatIllegalArgumentException()
                .isThrownBy(() -> new PopularProducts(day, measure, NOON, entries)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PopularProducts(day.plusDays(1), measure, NOON, List.of()));
    }

    @Example
    void the_day_is_that_of_utc() {
        assertThat(PopularProducts.dayOf(NOON)).isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(PopularProducts.dayOf(NOON.plus(Duration.ofHours(12)).minusNanos(1_000)))
                .isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(PopularProducts.dayOf(NOON.plus(Duration.ofHours(12)))).isEqualTo(LocalDate.of(2026, 3, 2));
    }

    @Example
    @Tag("E2")
    void popularity_is_measured_within_bounds() {
        assertThat(Popularity.defaults()).isEqualTo(new Popularity(Duration.ofDays(3), 5));
        assertThat(new Popularity(Duration.ofMinutes(1), 1).size()).isEqualTo(1);
        assertThat(new Popularity(Duration.ofDays(366), 100).size()).isEqualTo(100);
        for (Duration window : List.of(
                Duration.ZERO,
                Duration.ofSeconds(59),
                Duration.ofDays(-3),
                Duration.ofDays(366).plusSeconds(1),
                Duration.ofDays(366).plusNanos(1),
                Duration.ofMinutes(1).plusMillis(1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            malformed(() -> new Popularity(window, 5));
        }
        for (int size : List.of(0, -1, 101, Integer.MAX_VALUE)) {
            malformed(() -> new Popularity(Duration.ofDays(3), size));
        }
    }

    @Provide
    Arbitrary<List<Sales>> sales() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 20),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(0, 2))
                .as((product, quantity, micros) ->
                        new Sales(new ProductId(product), quantity, NOON.minusNanos(1_000 * micros)))
                .list()
                .ofMaxSize(15)
                .uniqueElements(Sales::product);
    }

    private static boolean isBetter(Sales one, Sales other) {
        if (one.quantity() != other.quantity()) {
            return one.quantity() > other.quantity();
        }
        if (!one.lastPaidAt().equals(other.lastPaidAt())) {
            return one.lastPaidAt().isAfter(other.lastPaidAt());
        }
        return one.product().value() < other.product().value();
    }
}
