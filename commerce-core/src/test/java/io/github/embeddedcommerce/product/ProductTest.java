package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.fixture.Given.KITCHENWARE;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.SPOON;
import static io.github.embeddedcommerce.fixture.Given.details;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.offer;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.error.CommerceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("P3")
class ProductTest {
    private static final ProductOption BLUE = new ProductOption(MUG, "MUG-BLUE", Map.of("color", "blue"), 3);
    private static final ProductOption RED = new ProductOption(SPOON, "MUG-RED", Map.of("color", "red"), 0);
    private static final Product PRODUCT = new Product(KITCHENWARE, details("Mug", 12_000), List.of(BLUE, RED), NOON);

    @Example
    void a_product_shows_its_name_price_and_options() {
        assertThat(PRODUCT.name()).isEqualTo("Mug");
        assertThat(PRODUCT.price()).isEqualTo(won(12_000));
        assertThat(PRODUCT.option("MUG-BLUE")).isSameAs(BLUE);
        assertThat(PRODUCT.option("MUG-RED")).isSameAs(RED);
    }

    @Example
    @Tag("E1")
    void an_option_is_found_by_its_exact_sku_or_refused() {
        CommerceException refusal = refused(PRODUCT_OPTION_NOT_FOUND, () -> PRODUCT.option("mug-blue"));
        assertThat(refusal).hasMessage("product 7 has no option mug-blue (P004)");
        assertThat(refusal.values()).containsOnly(Map.entry("product", 7L), Map.entry("sku", "mug-blue"));
    }

    @Example
    @Tag("E2")
    void an_option_without_a_sku_is_malformed() {
        assertThat(malformed(() -> PRODUCT.option(nothing())).values()).containsOnly(Map.entry("field", "sku"));
    }

    @Example
    @Tag("E1")
    void an_unknown_product_or_option_is_refused_by_its_id() {
        CommerceException product = refused(PRODUCT_NOT_FOUND, () -> {
            throw Product.notFound(KITCHENWARE);
        });
        assertThat(product).hasMessage("there is no product 7: use an id that register or list returned (P001)");
        assertThat(product.values()).containsOnly(Map.entry("product", 7L));
        CommerceException option = refused(PRODUCT_OPTION_NOT_FOUND, () -> {
            throw Offer.notFound(SPOON);
        });
        assertThat(option).hasMessage("there is no product option 2: use an id from a product's options (P004)");
        assertThat(option.values()).containsOnly(Map.entry("option", 2L));
    }

    @Example
    void an_offer_has_its_products_price() {
        assertThat(offer(MUG, 900).price()).isEqualTo(won(900));
    }

    @Example
    @Tag("E2")
    void a_product_keeps_its_options_whatever_happens_to_the_list() {
        List<ProductOption> options = new ArrayList<>(List.of(BLUE));
        Product product = new Product(KITCHENWARE, details("Mug", 1), options, NOON);
        options.clear();
        assertThat(product.options()).containsExactly(BLUE);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> product.options().clear());
    }
}
