package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

class StockLevelTest {
    @Property
    @Tag("S1")
    void all_that_is_on_hand_and_not_reserved_can_be_asked_for_and_not_one_unit_more(
            @ForAll @LongRange(max = 1_000) long reserved, @ForAll @LongRange(max = 1_000) long available) {
        StockLevel level = new StockLevel(MUG, reserved + available, reserved, NOON);

        assertThat(level.available()).isEqualTo(available);
        assertThatNoException().isThrownBy(() -> level.requireAvailable("MUG", available));
        assertThat(refused(INSUFFICIENT_STOCK, () -> level.requireAvailable("MUG", available + 1))
                        .values())
                .containsEntry("asked", available + 1)
                .containsEntry("available", available);
    }
}
