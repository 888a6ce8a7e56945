package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.joda.money.Money;

class DiscountRuleTest {
    @Property
    @Tag("K5")
    void a_rate_is_taken_of_the_total_and_rounded_down_to_the_minor_unit(
            @ForAll @IntRange(min = 1, max = 10_000) int hundredths,
            @ForAll @LongRange(min = 0, max = MAX_AMOUNT_MINOR) long total) {
        long expected = BigInteger.valueOf(total)
                .multiply(BigInteger.valueOf(hundredths))
                .divide(BigInteger.valueOf(10_000))
                .longValueExact();
        DiscountRule rule = DiscountRule.percent(BigDecimal.valueOf(hundredths, 2));
        assertThat(rule.on(won(total))).isEqualTo(won(expected));
        assertThat(rule.on(Money.ofMinor(USD, total))).isEqualTo(Money.ofMinor(USD, expected));
    }

    @Property
    @Tag("K5")
    void a_fixed_amount_is_taken_off_but_never_more_than_the_total(
            @ForAll @LongRange(min = 1, max = 10_000) long amount,
            @ForAll @LongRange(min = 0, max = 10_000) long total) {
        assertThat(DiscountRule.amount(won(amount)).on(won(total))).isEqualTo(won(Math.min(amount, total)));
    }

    @Property
    @Tag("K5")
    void a_maximum_caps_a_rate_and_an_amount(
            @ForAll @LongRange(min = 1, max = 10_000) long maximum,
            @ForAll @LongRange(min = 0, max = 10_000) long total,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        long rate = total * percent / 100;
        assertThat(DiscountRule.percent(percent).atMost(won(maximum)).on(won(total)))
                .isEqualTo(won(Math.min(rate, maximum)));
        assertThat(DiscountRule.amount(won(5_000)).atMost(won(maximum)).on(won(total)))
                .isEqualTo(won(Math.min(total, Math.min(5_000, maximum))));
    }

    @Example
    @Tag("K1")
    @Tag("E2")
    void a_rate_is_over_0_and_up_to_100_percent_with_two_decimals() {
        for (String good : List.of("0.01", "0.1", "12.5", "12.500", "99.99", "100", "100.00", "1E+2")) {
            assertThat(DiscountRule.percent(new BigDecimal(good)).percent())
                    .isEqualTo(new BigDecimal(good).setScale(2));
        }
        for (String bad : List.of("0", "0.00", "-1", "100.01", "0.001", "12.345", "1E+3")) {
            assertThat(malformed(() -> DiscountRule.percent(new BigDecimal(bad)))
                            .values())
                    .containsOnly(Map.entry("field", "percent"), Map.entry("value", bad));
        }
        malformed(() -> DiscountRule.percent(0));
        malformed(() -> DiscountRule.percent(101));
        malformed(() -> DiscountRule.percent(nothing()));
    }

    @Example
    @Tag("K1")
    @Tag("E2")
    void an_amount_is_more_than_nothing_and_within_the_limit() {
        for (long bad : new long[] {0, -1, MAX_AMOUNT_MINOR + 1}) {
            assertThat(malformed(() -> DiscountRule.amount(won(bad))).values()).containsEntry("field", "fixed");
            assertThat(malformed(() -> DiscountRule.percent(10).atMost(won(bad)))
                            .values())
                    .containsEntry("field", "maximum");
        }
        assertThat(malformed(() -> DiscountRule.amount(nothing())).values()).containsOnly(Map.entry("field", "fixed"));
        assertThat(malformed(() -> DiscountRule.percent(10).atMost(nothing())).values())
                .containsOnly(Map.entry("field", "maximum"));
        assertThat(DiscountRule.amount(won(1)).on(won(5))).isEqualTo(won(1));
    }

    @Example
    @Tag("K1")
    @Tag("E2")
    void a_discount_is_either_a_rate_or_an_amount() {
        malformed(() -> new DiscountRule(null, null, won(5)));
        malformed(() -> new DiscountRule(BigDecimal.ONE, won(5), null));
    }
}
