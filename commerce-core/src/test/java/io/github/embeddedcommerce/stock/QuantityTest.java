package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.order.ReturnItem;
import io.github.embeddedcommerce.product.OptionId;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("E2")
class QuantityTest {
    private static final long[] IMPOSSIBLE = {Long.MIN_VALUE, -1, 0, 1_000_001, Long.MAX_VALUE};

    /** What is of some units of an option. */
    private interface Units {
        Object of(OptionId option, long quantity);
    }

    @Example
    void what_is_of_an_option_is_of_1_to_1000000_units_of_it() {
        assertUnits((option, quantity) -> AddToCart.of(ANN, option, quantity));
        assertUnits((option, quantity) -> new CartItem(new CartItemId(1), option, quantity));
        assertUnits(OrderItem::new);
    }

    @Example
    @Tag("M6")
    void what_is_given_back_of_a_line_is_1_to_1000000_units_of_it() {
        for (long quantity : IMPOSSIBLE) {
            assertThat(refused(INVALID_QUANTITY, () -> new ReturnItem(1, quantity))
                            .values())
                    .contains(entry("line", 1), entry("asked", quantity), entry("max", 1_000_000L));
        }
        assertThat(new ReturnItem(1, 1).quantity()).isEqualTo(1);
        assertThat(new ReturnItem(1, 1_000_000).quantity()).isEqualTo(1_000_000);
    }

    private static void assertUnits(Units units) {
        for (long quantity : IMPOSSIBLE) {
            assertThat(refused(INVALID_QUANTITY, () -> units.of(MUG, quantity)).values())
                    .contains(entry("option", MUG.value()), entry("asked", quantity), entry("max", 1_000_000L));
        }
        assertThat(malformed(() -> units.of(nothing(), 1)).field()).contains("option");
        assertThat(units.of(MUG, 1)).isEqualTo(units.of(MUG, 1));
        assertThat(units.of(MUG, 1_000_000)).isNotEqualTo(units.of(MUG, 1));
    }
}
