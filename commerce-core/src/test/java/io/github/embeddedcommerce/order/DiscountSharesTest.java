package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.joda.money.Money;

/** A discount is divided among the lines of an order by the largest remainder. */
@Tag("M6")
class DiscountSharesTest {
    @Property
    void shares_add_up_to_the_discount_and_none_is_more_than_its_line_costs(@ForAll("discounted") Discounted order) {
        List<Money> shares = order.shares();

        assertThat(shares).hasSameSizeAs(order.subtotals);
        assertThat(Money.total(shares)).isEqualTo(won(order.discount));
        for (int i = 0; i < shares.size(); i++) {
            assertThat(shares.get(i)).isBetween(won(0), won(order.subtotals.get(i)));
        }
    }

    @Property
    void each_share_is_its_exact_part_rounded_down_or_up(@ForAll("discounted") Discounted order) {
        for (int i = 0; i < order.subtotals.size(); i++) {
            assertThat(order.share(i)).isBetween(order.roundedDown(i), order.roundedDown(i) + 1);
        }
    }

    @Property
    void whoever_is_rounded_up_lost_more_than_whoever_is_not_or_as_much_and_stands_before_it(
            @ForAll("discounted") Discounted order) {
        int lines = order.subtotals.size();
        for (int up = 0; up < lines; up++) {
            for (int down = 0; down < lines; down++) {
                if (order.share(up) > order.roundedDown(up) && order.share(down) == order.roundedDown(down)) {
                    int more = order.remainder(up).compareTo(order.remainder(down));
                    assertThat(more > 0 || (more == 0 && up < down))
                            .as("%s before %s", up, down)
                            .isTrue();
                }
            }
        }
    }

    @Property
    void the_same_order_has_the_same_shares(@ForAll("discounted") Discounted order) {
        assertThat(order.shares()).isEqualTo(order.shares());
    }

    @Example
    void of_equal_remainders_the_lower_line_numbers_are_rounded_up() {
        assertThat(shares(2, 1, 1, 1)).containsExactly(1L, 1L, 0L);
        assertThat(shares(100, 500, 250, 250, 500)).containsExactly(33L, 17L, 17L, 33L);
        assertThat(shares(101, 250, 500, 250)).containsExactly(25L, 51L, 25L);
    }

    @Example
    void the_smallest_unit_of_any_currency_is_the_unit_of_the_shares() {
        List<Money> prices = List.of(Money.ofMinor(USD, 1_00), Money.ofMinor(USD, 1_00), Money.ofMinor(USD, 1_00));

        assertThat(DiscountShares.of(Money.ofMinor(USD, 1_00), prices))
                .containsExactly(Money.ofMinor(USD, 34), Money.ofMinor(USD, 33), Money.ofMinor(USD, 33));
    }

    @Example
    void free_lines_have_no_share_and_a_free_order_has_none_to_give() {
        assertThat(shares(7, 0, 7, 0)).containsExactly(0L, 7L, 0L);
        assertThat(shares(0, 0, 0)).containsExactly(0L, 0L);
    }

    @Example
    void the_largest_amounts_of_all_are_divided_without_overflow() {
        assertThat(shares(MAX_AMOUNT_MINOR - 1, MAX_AMOUNT_MINOR - 1, 1)).containsExactly(MAX_AMOUNT_MINOR - 2, 1L);
    }

    private static List<Long> shares(long discount, long... subtotals) {
        List<Money> lines = IntStream.range(0, subtotals.length)
                .mapToObj(i -> won(subtotals[i]))
                .toList();
        return DiscountShares.of(won(discount), lines).stream()
                .map(Money::getAmountMinorLong)
                .toList();
    }

    /** What some lines cost, and a discount on them. */
    private record Discounted(long discount, List<Long> subtotals) {
        List<Money> shares() {
            List<Money> lines = subtotals.stream().map(minor -> won(minor)).toList();
            return DiscountShares.of(won(discount), lines);
        }

        long share(int line) {
            return shares().get(line).getAmountMinorLong();
        }

        long roundedDown(int line) {
            return total() == 0 ? 0 : exact(line)[0].longValueExact();
        }

        BigInteger remainder(int line) {
            return total() == 0 ? BigInteger.ZERO : exact(line)[1];
        }

        private BigInteger[] exact(int line) {
            return BigInteger.valueOf(discount)
                    .multiply(BigInteger.valueOf(subtotals.get(line)))
                    .divideAndRemainder(BigInteger.valueOf(total()));
        }

        private long total() {
            return subtotals.stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Lines of few different prices, so that remainders are often equal, and now and then of any. */
    @Provide
    Arbitrary<Discounted> discounted() {
        Arbitrary<Long> prices = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 9), Arbitraries.longs().between(0, MAX_AMOUNT_MINOR / 20));
        return prices.list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .flatMap(subtotals -> Arbitraries.longs()
                        .between(
                                0, subtotals.stream().mapToLong(Long::longValue).sum())
                        .map(discount -> new Discounted(discount, subtotals)));
    }
}
