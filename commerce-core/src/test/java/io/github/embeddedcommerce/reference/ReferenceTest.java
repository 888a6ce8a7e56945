package io.github.embeddedcommerce.reference;

import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Texts;
import io.github.embeddedcommerce.order.OrderLabels;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("R5")
@Tag("E2")
class ReferenceTest {
    @Example
    void a_reference_has_1_to_64_characters_unless_it_is_none() {
        Texts.assertBounds("text", 1, 64, Reference::of);
        Texts.assertBounds("text", 1, 64, Reference::unique);
        assertThat(Reference.none().isNone()).isTrue();
        assertThat(Reference.of("A").isNone()).isFalse();
        assertThat(new Reference("", false)).isEqualTo(Reference.none());
        malformed(() -> new Reference("", true));
        malformed(() -> new Reference(" ", false));
    }

    @Example
    void a_unique_reference_is_another_than_one_that_is_not() {
        assertThat(Reference.unique("A")).isNotEqualTo(Reference.of("A")).hasToString("A (unique)");
        assertThat(Reference.of("A")).hasToString("A");
    }

    @Example
    void a_note_has_up_to_1000_characters() {
        Texts.assertBounds("note", 0, 1_000, OrderLabels.none()::withNote);
        assertThat(OrderLabels.none().isEmpty()).isTrue();
        assertThat(OrderLabels.none().withNote("x").isEmpty()).isFalse();
        assertThat(OrderLabels.none().withReference(Reference.of("x")).isEmpty())
                .isFalse();
    }
}
