package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Texts;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

class StockChangeTest {
    @Example
    @Tag("S4")
    void a_change_says_what_was_on_hand_before_and_after_and_why() {
        StockLevel before = new StockLevel(MUG, 10, 4);
        Reason broken = new Reason(Kind.ADJUSTMENT, "three broke");
        assertThat(StockChange.between(before, before.change(-3), broken, NOON))
                .isEqualTo(new StockChange(MUG, 10, 7, broken, NOON));
    }

    @Example
    @Tag("P5")
    @Tag("E2")
    void a_reason_has_a_kind_and_a_note_of_at_most_255_characters() {
        Texts.assertBounds("note of a stock change", 0, 255, note -> new Reason(Kind.RECEIPT, note));
        assertThat(malformed(() -> new Reason(nothing(), "")).values()).containsEntry("field", "kind of stock change");
    }
}
