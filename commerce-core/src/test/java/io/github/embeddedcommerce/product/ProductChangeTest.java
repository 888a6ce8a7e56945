package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.fixture.Given.details;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.joda.money.Money;

@Tag("P4")
class ProductChangeTest {
    private static final ProductDetails BEFORE = details("Mug", 1_000);

    /** Each thing that can be changed, alone. */
    private static final Map<String, UnaryOperator<ProductChange>> STEPS = Map.of(
            "name", change -> change.withName("Cup"),
            "description", change -> change.withDescription(""),
            "category", change -> change.withCategory("cups"),
            "price", change -> change.withPrice(won(0)),
            "on sale", change -> change.withOnSale(false));

    @Property
    void changes_of_different_things_come_to_the_same_in_any_order(@ForAll("steps") List<String> steps) {
        ProductDetails oneByOne = BEFORE;
        ProductChange together = ProductChange.none();
        for (String step : steps) {
            oneByOne = only(step).appliedTo(oneByOne);
            together = next(step).apply(together);
        }

        ProductDetails after = together.appliedTo(BEFORE);
        assertThat(after).isEqualTo(oneByOne);
        assertThat(after.texts().name()).isEqualTo(steps.contains("name") ? "Cup" : "Mug");
        assertThat(after.texts().description()).isEqualTo(steps.contains("description") ? "" : "of steel");
        assertThat(after.category()).isEqualTo(steps.contains("category") ? "cups" : "kitchen");
        assertThat(after.price()).isEqualTo(steps.contains("price") ? won(0) : won(1_000));
        assertThat(after.onSale()).isEqualTo(!steps.contains("on sale"));
    }

    @Example
    @Tag("E2")
    void a_change_of_nothing_or_to_nothing_is_refused() {
        malformed(() -> ProductChange.none().complete());
        STEPS.keySet().forEach(step -> assertThat(only(step).complete()).isEqualTo(only(step)));
        malformed(() -> ProductChange.none().withName(nothing()));
        malformed(() -> ProductChange.none().withDescription(nothing()));
        malformed(() -> ProductChange.none().withCategory(nothing()));
        malformed(() -> ProductChange.none().withPrice(nothing()));
        malformed(() -> new ProductChange(nothing(), null, null, null));
    }

    @Example
    @Tag("E2")
    void a_change_to_what_a_product_cannot_have_is_refused() {
        for (String bad : List.of("", "  ", "x".repeat(256), "a\0b", "\uD800")) {
            malformed(() -> ProductChange.none().withName(bad));
        }
        for (String bad : List.of("", "  ", "x".repeat(101))) {
            malformed(() -> ProductChange.none().withCategory(bad));
        }
        malformed(() -> ProductChange.none().withDescription("x".repeat(10_001)));
        for (Money bad : List.of(won(-1), won(1_000_000_000_000_001L))) {
            malformed(() -> ProductChange.none().withPrice(bad));
        }
    }

    @Provide
    Arbitrary<List<String>> steps() {
        return Arbitraries.of(STEPS.keySet()).list().ofMaxSize(8);
    }

    private static ProductChange only(String step) {
        return next(step).apply(ProductChange.none());
    }

    private static UnaryOperator<ProductChange> next(String step) {
        return STEPS.getOrDefault(step, change -> change);
    }
}
