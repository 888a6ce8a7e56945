package io.github.embeddedcommerce.error;

import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.fixture.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.joda.money.Money;

@Tag("E2")
class ValidationTest {
    @Example
    void what_is_missing_is_refused_by_its_name() {
        assertThat(Validation.required("here", "it")).isEqualTo("here");
        assertThat(malformed(() -> Validation.required(nothing(), "it")))
                .hasMessage("it is missing (VALIDATION_ERROR)");
    }

    @Property
    void a_number_is_within_its_bounds_or_refused(
            @ForAll long value, @ForAll @LongRange(min = -100, max = 100) long one) {
        long min = Math.min(one, -one);
        long max = Math.max(one, -one);
        for (long number : new long[] {value, min - 1, min, max, max + 1}) {
            if (number >= min && number <= max) {
                assertThat(Validation.range(number, "it", min, max)).isEqualTo(number);
            } else {
                assertThat(malformed(() -> Validation.range(number, "it", min, max)))
                        .hasMessage(
                                "it must be from " + min + " to " + max + ", it is " + number + " (VALIDATION_ERROR)");
            }
        }
    }

    @Example
    void a_text_has_its_length_and_is_not_blank() {
        Texts.assertBounds("it", 1, 10, text -> Validation.text(text, "it", 1, 10));
        Texts.assertBounds("it", 0, 10, text -> Validation.text(text, "it", 0, 10));
        assertThat(malformed(() -> Validation.text("ab", "it", 3, 5)).values()).containsEntry("length", 2);
        assertThat(malformed(() -> Validation.text(" ", "it", 1, 5)))
                .hasMessage("it must have 1 to 5 characters and not be blank, it has 1 (VALIDATION_ERROR)");
    }

    @Example
    void a_refused_text_is_said_to_need_more_than_blanks_only_where_it_does() {
        assertThat(malformed(() -> Validation.text(" ", "name", 1, 2)))
                .hasMessageStartingWith("name must have 1 to 2 characters and not be blank, it has 1");
        assertThat(malformed(() -> Validation.text("   ", "note", 0, 2)))
                .hasMessageStartingWith("note must have 0 to 2 characters, it has 3");
    }

    @Property
    void any_text_without_nul_and_lone_surrogates_is_taken_as_it_is(
            @ForAll @StringLength(max = 10) @CharRange(from = '\u0001', to = '\uD7FF') String low,
            @ForAll @StringLength(max = 10) @CharRange(from = '\uE000', to = '\uFFFF') String high) {
        String text = low + "\uD83D\uDE00" + high;
        assertThat(Validation.text(text, "it", 1, 30)).isSameAs(text);
    }

    @Property
    void a_text_with_a_nul_or_half_a_surrogate_pair_is_refused_wherever_it_stands(
            @ForAll @StringLength(max = 10) @CharRange(from = '\u0001', to = '\uD7FF') String before,
            @ForAll @StringLength(max = 10) @CharRange(from = '\u0001', to = '\uD7FF') String after) {
        for (String bad : Texts.UNSTORABLE) {
            assertThat(malformed(() -> Validation.text(before + bad + after, "it", 0, 100)))
                    .hasMessage("it must not contain a NUL character or an unpaired surrogate (VALIDATION_ERROR)");
        }
    }

    @Property
    void an_amount_is_within_its_bounds_or_refused(
            @ForAll @LongRange(min = -10, max = MAX_AMOUNT_MINOR + 10) long minor, @ForAll boolean zeroAllowed) {
        int min = zeroAllowed ? 0 : 1;
        if (minor >= min && minor <= MAX_AMOUNT_MINOR) {
            assertThat(Validation.amount(won(minor), "it", min)).isEqualTo(won(minor));
        } else {
            assertThat(malformed(() -> Validation.amount(won(minor), "it", min)))
                    .hasMessage("it must be from " + min + " to 1000000000000000 minor units, it is KRW " + minor
                            + " (VALIDATION_ERROR)");
        }
    }

    @Example
    void an_amount_is_counted_in_minor_units() {
        Money most = Money.ofMinor(USD, MAX_AMOUNT_MINOR);
        assertThat(Validation.amount(most, "it", 0)).isEqualTo(most);
        malformed(() -> Validation.amount(most.plus(new BigDecimal("0.01")), "it", 0));
        malformed(() -> Validation.amount(Money.of(USD, BigDecimal.TEN.pow(40)), "it", 0));
        malformed(() -> Validation.amount(nothing(), "it", 0));
        malformed(() -> Validation.amount(won(MAX_AMOUNT_MINOR + 1), "it", 0));
        malformed(() -> Validation.amount(won(0), "it", 1));
    }

    @Example
    void a_duration_is_within_its_bounds_or_refused() {
        Duration second = Duration.ofSeconds(1);
        Duration minute = Duration.ofMinutes(1);
        for (Duration good : List.of(second, second.plusNanos(1), minute)) {
            assertThat(Validation.range(good, "it", second, minute)).isEqualTo(good);
        }
        for (Duration bad : List.of(second.minusNanos(1), minute.plusNanos(1), minute.negated())) {
            assertThat(malformed(() -> Validation.range(bad, "it", second, minute)))
                    .hasMessage("it must be from PT1S to PT1M, it is " + bad + " (VALIDATION_ERROR)");
        }
        malformed(() -> Validation.range(nothing(), "it", second, minute));
    }

    @Example
    void a_part_is_made_or_refused_with_its_path() {
        assertThat(Validation.part("terms", () -> "made")).isEqualTo("made");
        assertThat(malformed(() -> Validation.part("lines[2]", () -> Validation.range(0, "quantity", 1, 9)))
                        .values())
                .containsOnly(
                        Map.entry("field", "lines[2].quantity"),
                        Map.entry("value", 0L),
                        Map.entry("min", 1L),
                        Map.entry("max", 9L));
    }

    @Example
    void a_list_has_its_length_and_no_holes_and_is_copied() {
        List<String> list = new ArrayList<>(List.of("one", "two"));
        List<String> copy = Validation.entries(list, "things", 2, 2);
        list.clear();
        assertThat(copy).containsExactly("one", "two");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(copy::clear);
        assertThat(malformed(() -> Validation.entries(copy, "things", 3, 5)))
                .hasMessage("things must have 3 to 5 entries, it has 2 (VALIDATION_ERROR)");
        malformed(() -> Validation.entries(copy, "things", 0, 1));
        assertThat(malformed(() -> Validation.entries(Arrays.asList("one", nothing()), "things", 0, 5))
                        .values())
                .containsOnly(Map.entry("field", "things[1]"));
        malformed(() -> Validation.entries(nothing(), "things", 0, 5));
    }
}
