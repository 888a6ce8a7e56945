package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static io.github.embeddedcommerce.product.NewOption.MAX_STOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.embeddedcommerce.error.CommerceException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.constraints.Size;

@Tag("S1")
class StockLevelTest {
    @Property
    void what_is_available_is_on_hand_and_not_reserved(@ForAll("levels") StockLevel level) {
        assertThat(level.available())
                .isEqualTo(level.onHand() - level.reserved())
                .isNotNegative();
    }

    @Property
    void a_level_outside_its_bounds_cannot_be_made(@ForAll long onHand, @ForAll long reserved) {
        Assume.that(reserved < 0 || reserved > onHand || onHand > MAX_STOCK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StockLevel(MUG, onHand, reserved))
                .withMessage("option 1 cannot have " + onHand + " on hand and " + reserved + " reserved");
    }

    @Example
    void a_level_can_be_empty_full_or_wholly_reserved() {
        assertThat(new StockLevel(MUG, 0, 0).available()).isZero();
        assertThat(new StockLevel(MUG, MAX_STOCK, 0).available()).isEqualTo(MAX_STOCK);
        assertThat(new StockLevel(MUG, MAX_STOCK, MAX_STOCK).available()).isZero();
    }

    @Property
    @Tag("S2")
    void reserving_turns_available_units_into_reserved_ones(@ForAll("available") Some some) {
        StockLevel after = some.level.reserve("MUG", some.quantity);
        assertThat(after.onHand()).isEqualTo(some.level.onHand());
        assertThat(after.reserved()).isEqualTo(some.level.reserved() + some.quantity);
        assertThat(after.available()).isEqualTo(some.level.available() - some.quantity);
    }

    @Property
    @Tag("E1")
    void reserving_more_than_is_left_is_refused(
            @ForAll("levels") StockLevel level,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE - MAX_STOCK) long more) {
        long asked = level.available() + more;
        CommerceException refusal = refused(INSUFFICIENT_STOCK, () -> level.reserve("MUG", asked));
        assertThat(refusal.values())
                .hasSize(4)
                .containsEntry("option", 1L)
                .containsEntry("sku", "MUG")
                .containsEntry("asked", asked)
                .containsEntry("available", level.available());
        assertThat(refusal)
                .hasMessage("MUG (option 1) has " + level.available() + " available, " + asked
                        + " were asked for: ask for fewer or wait for stock (P002)");
    }

    @Property
    @Tag("S2")
    void paying_takes_reserved_and_on_hand_down_together(@ForAll("available") Some some) {
        StockLevel sold = some.level.reserve("MUG", some.quantity).confirm(some.quantity);
        assertThat(sold).isEqualTo(new StockLevel(MUG, some.level.onHand() - some.quantity, some.level.reserved()));
    }

    @Property
    @Tag("S2")
    void releasing_a_reservation_leaves_the_level_as_it_was(@ForAll("available") Some some) {
        assertThat(some.level.reserve("MUG", some.quantity).release(some.quantity))
                .isEqualTo(some.level);
    }

    @Property
    @Tag("S2")
    void what_was_not_reserved_can_neither_be_sold_nor_released(
            @ForAll("levels") StockLevel level, @ForAll @Positive long more) {
        long tooMany = level.reserved() > Long.MAX_VALUE - more ? Long.MAX_VALUE : level.reserved() + more;
        assertThatIllegalArgumentException().isThrownBy(() -> level.confirm(tooMany));
        assertThatIllegalArgumentException().isThrownBy(() -> level.release(tooMany));
    }

    @Property
    void less_than_one_unit_can_be_neither_reserved_nor_sold_nor_released(
            @ForAll("levels") StockLevel level, @ForAll @LongRange(min = Long.MIN_VALUE, max = 0) long none) {
        for (Runnable step : List.<Runnable>of(
                () -> level.reserve("MUG", none), () -> level.confirm(none), () -> level.release(none))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(step::run)
                    .withMessage("a quantity is at least 1, not " + none);
        }
    }

    @Property
    @Tag("P5")
    void a_change_moves_only_what_is_on_hand(@ForAll("changes") Some some) {
        assertThat(some.level.change(some.quantity))
                .isEqualTo(new StockLevel(MUG, some.level.onHand() + some.quantity, some.level.reserved()));
    }

    @Property
    @Tag("P5")
    void a_change_can_take_all_that_is_available_and_fill_all_the_room(@ForAll("levels") StockLevel level) {
        Assume.that(level.available() > 0);
        Assume.that(level.onHand() < MAX_STOCK);
        assertThat(level.change(-level.available()).available()).isZero();
        assertThat(level.change(MAX_STOCK - level.onHand()).onHand()).isEqualTo(MAX_STOCK);
    }

    @Property
    @Tag("P5")
    @Tag("E1")
    void a_change_below_what_is_reserved_is_refused(
            @ForAll("levels") StockLevel level, @ForAll @LongRange(min = 1, max = MAX_STOCK) long more) {
        assertChangeRefused(level, -level.available() - more);
        assertChangeRefused(level, Long.MIN_VALUE);
    }

    @Property
    @Tag("P5")
    @Tag("E1")
    void a_change_above_the_limit_is_refused(
            @ForAll("levels") StockLevel level, @ForAll @LongRange(min = 1, max = MAX_STOCK) long more) {
        assertChangeRefused(level, MAX_STOCK - level.onHand() + more);
        assertChangeRefused(level, Long.MAX_VALUE);
    }

    @Property
    @Tag("P5")
    void a_change_by_nothing_is_refused(@ForAll("levels") StockLevel level) {
        assertChangeRefused(level, 0);
    }

    @Property
    @Tag("S2")
    @Tag("S4")
    void whatever_happens_the_units_add_up(
            @ForAll("levels") StockLevel start,
            @ForAll @Size(max = 50) List<@LongRange(min = -20, max = 20) Long> steps) {
        StockLevel level = start;
        long changed = 0;
        long promised = 0;
        long sold = 0;
        for (long step : steps) {
            if (step % 2 == 0 && step != 0 && step >= -level.available() && step <= MAX_STOCK - level.onHand()) {
                level = level.change(step);
                changed += step;
            } else if (step > 0 && step <= level.available()) {
                level = level.reserve("MUG", step);
                promised += step;
            } else if (step < 0 && -step <= promised) {
                level = step % 3 == 0 ? level.release(-step) : level.confirm(-step);
                promised += step;
                sold -= step % 3 == 0 ? 0 : step;
            }
            assertThat(level.onHand()).isEqualTo(start.onHand() + changed - sold);
            assertThat(level.reserved()).isEqualTo(start.reserved() + promised).isBetween(0L, level.onHand());
        }
    }

    private static void assertChangeRefused(StockLevel level, long by) {
        CommerceException refusal = refused(INVALID_STOCK_QUANTITY, () -> level.change(by));
        assertThat(refusal.values())
                .hasSize(4)
                .containsEntry("option", 1L)
                .containsEntry("asked", by)
                .containsEntry("onHand", level.onHand())
                .containsEntry("reserved", level.reserved());
        assertThat(refusal)
                .hasMessage("stock of option 1 can change by " + -level.available() + " to "
                        + (MAX_STOCK - level.onHand()) + " and not by " + by + ": " + level.onHand()
                        + " are on hand, " + level.reserved() + " of them reserved (P003)");
    }

    record Some(StockLevel level, long quantity) {}

    @Provide
    Arbitrary<StockLevel> levels() {
        return Arbitraries.longs()
                .between(0, MAX_STOCK)
                .flatMap(onHand ->
                        Arbitraries.longs().between(0, onHand).map(reserved -> new StockLevel(MUG, onHand, reserved)));
    }

    /** A level, and a quantity it has available. */
    @Provide
    Arbitrary<Some> available() {
        return levels().filter(level -> level.available() > 0)
                .flatMap(level ->
                        Arbitraries.longs().between(1, level.available()).map(quantity -> new Some(level, quantity)));
    }

    /** A level, and a quantity it can change by. */
    @Provide
    Arbitrary<Some> changes() {
        return levels().flatMap(level -> Arbitraries.longs()
                .between(-level.available(), MAX_STOCK - level.onHand())
                .filter(by -> by != 0)
                .map(by -> new Some(level, by)));
    }
}
