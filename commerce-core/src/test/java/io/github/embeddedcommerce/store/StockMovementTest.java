package io.github.embeddedcommerce.store;

import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.stock.StockLevel;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

class StockMovementTest {
    private static final StockLevel MUGS = new StockLevel(MUG, 100, 50, NOON);

    @Property
    @Tag("S2")
    @Tag("S4")
    void two_in_one_do_what_they_do_one_after_the_other(
            @ForAll("movements") StockMovement first, @ForAll("movements") StockMovement second) {
        assertThat(first.plus(second).appliedTo(MUGS)).isEqualTo(second.appliedTo(first.appliedTo(MUGS)));
    }

    @Provide
    Arbitrary<StockMovement> movements() {
        Arbitrary<Long> units = Arbitraries.longs().between(1, 10);
        return Arbitraries.oneOf(
                units.map(some -> StockMovement.reserve(MUG, some)),
                units.map(some -> StockMovement.confirm(MUG, some)),
                units.map(some -> StockMovement.release(MUG, some)),
                units.map(some -> StockMovement.change(MUG, some, NOON.plusSeconds(some))),
                units.map(some -> StockMovement.change(MUG, -some, NOON.plusSeconds(some))));
    }
}
