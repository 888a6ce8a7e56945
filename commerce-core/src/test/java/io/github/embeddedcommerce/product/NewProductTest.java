package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static io.github.embeddedcommerce.product.NewOption.MAX_STOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.fixture.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

@Tag("P1")
class NewProductTest {
    private static final NewProduct MUG = NewProduct.of("Mug", "kitchen", won(12_000));

    @Example
    void a_product_is_told_in_a_sentence() {
        NewProduct product = MUG.describedAs("Keeps tea warm")
                .withOption("MUG-BLUE", Map.of("color", "blue"), 10)
                .withOption("MUG-RED", 0);
        assertThat(product.details())
                .isEqualTo(new ProductDetails(new ProductTexts("Mug", "Keeps tea warm"), "kitchen", won(12_000), true));
        assertThat(product.options())
                .containsExactly(
                        new NewOption("MUG-BLUE", Map.of("color", "blue"), 10), new NewOption("MUG-RED", Map.of(), 0));
        assertThat(product.complete()).isSameAs(product);
        assertThat(MUG.details().texts().description()).isEmpty();
    }

    @Example
    void a_product_can_be_registered_before_it_is_on_sale() {
        NewProduct hidden = MUG.withOption("MUG", 1).notOnSale();
        assertThat(hidden.details()).isEqualTo(MUG.details().withOnSale(false));
        assertThat(hidden.details().onSale()).isFalse();
        assertThat(hidden.options()).hasSize(1);
    }

    @Example
    @Tag("E2")
    void texts_have_bounds() {
        Texts.assertBounds("name", 1, 255, name -> new ProductTexts(name, ""));
        Texts.assertBounds("description", 0, 10_000, text -> new ProductTexts("Mug", text));
        Texts.assertBounds("category", 1, 100, MUG.details()::withCategory);
        Texts.assertBounds("sku", 1, 64, sku -> new NewOption(sku, Map.of(), 0));
        Texts.assertBounds("attributes[color]", 1, 255, color -> new NewOption("MUG", attribute("color", color), 0));
        Texts.assertBounds("attributes.key", 1, 50, name -> new NewOption("MUG", attribute(name, "blue"), 0));
    }

    @Example
    @Tag("E2")
    void details_need_texts_and_a_price_from_0_to_the_limit() {
        assertThat(malformed(() -> MUG.details().withTexts(nothing())).values())
                .containsOnly(Map.entry("field", "texts"));
        assertThat(malformed(() -> MUG.details().withPrice(nothing())).values())
                .containsOnly(Map.entry("field", "price"));
        assertThat(MUG.details().withPrice(won(0)).price()).isEqualTo(won(0));
        assertThat(MUG.details().withPrice(won(MAX_AMOUNT_MINOR)).price()).isEqualTo(won(MAX_AMOUNT_MINOR));
        for (long price : new long[] {-1, Long.MIN_VALUE, MAX_AMOUNT_MINOR + 1, Long.MAX_VALUE}) {
            assertThat(malformed(() -> MUG.details().withPrice(won(price))).values())
                    .containsOnly(
                            Map.entry("field", "price"),
                            Map.entry("value", "KRW " + price),
                            Map.entry("min", 0L),
                            Map.entry("max", MAX_AMOUNT_MINOR));
        }
    }

    @Example
    void one_detail_changes_and_the_others_stay() {
        ProductDetails details = MUG.details();
        ProductTexts texts = new ProductTexts("Cup", "of clay");
        assertThat(details.withTexts(texts)).isEqualTo(new ProductDetails(texts, "kitchen", won(12_000), true));
        assertThat(details.withCategory("gifts"))
                .isEqualTo(new ProductDetails(details.texts(), "gifts", won(12_000), true));
        assertThat(details.withPrice(won(5))).isEqualTo(new ProductDetails(details.texts(), "kitchen", won(5), true));
        assertThat(details.withOnSale(false))
                .isEqualTo(new ProductDetails(details.texts(), "kitchen", won(12_000), false));
    }

    @Property
    @Tag("S1")
    void stock_starts_anywhere_from_none_to_the_limit(@ForAll @LongRange(min = 0, max = MAX_STOCK) long stock) {
        assertThat(new NewOption("MUG", Map.of(), stock).startingStock()).isEqualTo(stock);
    }

    @Example
    @Tag("E1")
    @Tag("E2")
    void stock_below_none_or_above_the_limit_is_refused() {
        for (long stock : new long[] {-1, Long.MIN_VALUE, MAX_STOCK + 1, Long.MAX_VALUE}) {
            assertThat(refused(INVALID_STOCK_QUANTITY, () -> new NewOption("MUG", Map.of(), stock))
                            .values())
                    .containsOnly(
                            Map.entry("field", "startingStock"),
                            Map.entry("sku", "MUG"),
                            Map.entry("value", stock),
                            Map.entry("min", 0L),
                            Map.entry("max", MAX_STOCK));
        }
    }

    @Example
    @Tag("E2")
    void a_product_has_at_least_one_option_and_at_most_200_and_no_sku_twice() {
        assertThat(malformed(() -> new NewProduct(nothing(), List.of())).values())
                .containsOnly(Map.entry("field", "details"));
        assertThat(malformed(() -> new NewProduct(MUG.details(), nothing())).values())
                .containsOnly(Map.entry("field", "options"));
        List<NewOption> withHole = Arrays.asList(new NewOption("MUG", Map.of(), 1), nothing());
        assertThat(malformed(() -> new NewProduct(MUG.details(), withHole)).values())
                .containsOnly(Map.entry("field", "options[1]"));
        assertThat(malformed(MUG::complete).values()).containsEntry("size", 0L).containsEntry("min", 1L);
        NewProduct most = new NewProduct(MUG.details(), options(200));
        assertThat(most.complete().options()).hasSize(200);
        malformed(() -> most.withOption("ONE-MORE", 1));
        assertThat(malformed(() -> most.withOption("SKU-7", 1)).code()).isNotNull();
        assertThat(malformed(() -> MUG.withOption("MUG", 1).withOption("MUG", 2)))
                .hasMessage("options[1].sku must differ from that of every other option, it is MUG (VALIDATION_ERROR)");
        assertThat(MUG.withOption("MUG", 1).withOption("mug", 1).options()).hasSize(2);
    }

    @Example
    @Tag("E2")
    void an_option_has_at_most_20_attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        IntStream.range(0, 20).forEach(i -> attributes.put("attribute" + i, "value"));
        assertThat(new NewOption("MUG", attributes, 1).attributes()).hasSize(20);
        attributes.put("one more", "value");
        assertThat(malformed(() -> new NewOption("MUG", attributes, 1)).values())
                .containsEntry("size", 21L)
                .containsEntry("max", 20L);
        assertThat(malformed(() -> new NewOption("MUG", nothing(), 1)).values())
                .containsOnly(Map.entry("field", "attributes"));
    }

    @Example
    @Tag("E2")
    void an_option_keeps_its_attributes_and_their_order_whatever_happens_to_the_map() {
        Map<String, String> attributes = new LinkedHashMap<>();
        List.of("size", "color", "alloy", "weight").forEach(name -> attributes.put(name, "?"));
        NewOption option = new NewOption("MUG", attributes, 1);
        ProductOption shown = new ProductOption(new OptionId(1), "MUG", attributes, 1);
        attributes.clear();
        for (Map<String, String> kept : List.of(option.attributes(), shown.attributes())) {
            assertThat(kept.keySet()).containsExactly("size", "color", "alloy", "weight");
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(kept::clear);
        }
    }

    @Example
    @Tag("E2")
    void a_product_keeps_its_options_whatever_happens_to_the_list() {
        List<NewOption> options = new ArrayList<>(options(2));
        NewProduct product = new NewProduct(MUG.details(), options);
        options.clear();
        assertThat(product.options()).hasSize(2);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> product.options().clear());
    }

    private static Map<String, String> attribute(String name, String value) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(name, value);
        return attributes;
    }

    private static List<NewOption> options(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new NewOption("SKU-" + i, Map.of(), i))
                .toList();
    }
}
