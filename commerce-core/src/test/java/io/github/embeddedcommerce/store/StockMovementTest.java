package io.github.embeddedcommerce.store;

import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.SPOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

/** What is added to a row must be what the arithmetic of {@link StockLevel} says, since the row never sees it. */
@Tag("S2")
class StockMovementTest {
    private static final StockLevel LEVEL = new StockLevel(MUG, 1_000, 400);

    @Property
    void a_movement_does_to_a_row_what_the_arithmetic_says(@ForAll @LongRange(min = 1, max = 400) long quantity) {
        assertThat(added(StockMovement.reserve(MUG, quantity))).isEqualTo(LEVEL.reserve("MUG", quantity));
        assertThat(added(StockMovement.confirm(MUG, quantity))).isEqualTo(LEVEL.confirm(quantity));
        assertThat(added(StockMovement.release(MUG, quantity))).isEqualTo(LEVEL.release(quantity));
        assertThat(added(StockMovement.change(MUG, quantity))).isEqualTo(LEVEL.change(quantity));
        assertThat(added(StockMovement.change(MUG, -quantity))).isEqualTo(LEVEL.change(-quantity));
    }

    @Example
    void there_is_one_movement_an_option_in_the_order_of_their_ids() {
        TreeMap<OptionId, Long> quantities = new TreeMap<>();
        quantities.put(SPOON, 6L);
        quantities.put(MUG, 2L);
        assertThat(StockMovement.each(quantities, StockMovement::reserve))
                .containsExactly(StockMovement.reserve(MUG, 2), StockMovement.reserve(SPOON, 6));
    }

    private static StockLevel added(StockMovement movement) {
        return new StockLevel(
                movement.option(), LEVEL.onHand() + movement.onHand(), LEVEL.reserved() + movement.reserved());
    }
}
