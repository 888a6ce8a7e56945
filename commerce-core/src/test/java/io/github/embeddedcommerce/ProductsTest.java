package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.mugs;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.product.NewOption.MAX_STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProductsTest {
    private final InMemoryShop shop = new InMemoryShop();
    private final Products products = shop.open().products();

    @AfterEach
    void the_shop_is_sound() {
        shop.assertSound();
    }

    @Test
    @Tag("P1")
    @Tag("P3")
    void a_registered_product_is_found_as_it_was_told() {
        Product mug = products.register(mugs(1_000, 5).withOption("MUG-RED", 0));
        assertThat(mug.details()).isEqualTo(mugs(1_000, 5).details());
        assertThat(mug.registeredAt()).isEqualTo(NOON);
        assertThat(mug.options())
                .containsExactly(
                        new ProductOption(new OptionId(1), "MUG-BLUE", Map.of("color", "blue"), 5),
                        new ProductOption(new OptionId(2), "MUG-RED", Map.of(), 0));
        assertThat(products.get(mug.id())).isEqualTo(mug);
        assertThat(products.find(mug.id())).contains(mug);
    }

    @Test
    @Tag("P1")
    @Tag("S4")
    void starting_stock_is_the_first_line_of_its_history() {
        products.register(mugs(1_000, 5).withOption("MUG-RED", 0));
        assertThat(shop.rows().stockChanges())
                .containsExactly(new StockChange(new OptionId(1), 0, 5, new Reason(Kind.INITIAL, ""), NOON));
        assertThat(shop.rows().levels().values())
                .containsExactly(new StockLevel(new OptionId(1), 5, 0), new StockLevel(new OptionId(2), 0, 0));
    }

    @Test
    @Tag("P1")
    void times_are_kept_in_whole_microseconds() {
        shop.clock.set(NOON.plusNanos(1_234_567));
        assertThat(products.register(mugs(1, 1)).registeredAt()).isEqualTo(NOON.plusNanos(1_234_000));
    }

    @Test
    @Tag("P1")
    @Tag("E2")
    void a_sku_that_is_taken_is_refused_and_nothing_is_written() {
        products.register(mugs(1_000, 5));
        NewProduct other =
                NewProduct.of("Cup", "kitchen", won(5)).withOption("CUP", 1).withOption("MUG-BLUE", 1);
        assertThat(shop.refused(VALIDATION_ERROR, () -> products.register(other)))
                .hasMessage("sku is taken by another option: MUG-BLUE (VALIDATION_ERROR)")
                .satisfies(refusal -> assertThat(refusal.values()).containsOnly(Map.entry("sku", "[MUG-BLUE]")));
    }

    @Test
    @Tag("P1")
    @Tag("E2")
    void a_malformed_product_is_refused_at_the_door() {
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.register(nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.register(NewProduct.of("Mug", "kitchen", won(1))));
        NewProduct inDollars = NewProduct.of("Mug", "kitchen", Money.of(USD, 1)).withOption("MUG", 1);
        assertThat(shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.register(inDollars))
                        .values())
                .containsEntry("field", "product price")
                .containsEntry("currency", "KRW");
    }

    @Test
    @Tag("P3")
    @Tag("S1")
    void a_product_shows_what_is_available_now() {
        Product mug = products.register(mugs(1_000, 5));
        OptionId blue = mug.option("MUG-BLUE").id();
        shop.open().users().register(Given.ANN);
        shop.open().orders().place(PlaceOrder.by(Given.ANN).line(blue, 3));
        assertThat(products.get(mug.id()).option("MUG-BLUE").available()).isEqualTo(2);
        assertThat(mug.option("MUG-BLUE").available()).isEqualTo(5);
    }

    @Test
    @Tag("P3")
    @Tag("S1")
    void a_sku_leads_to_its_product_and_an_option_to_its_stock() {
        Product mug = products.register(Given.mugs(1_000, 5).withOption("MUG-RED", 2));
        products.register(NewProduct.of("Spoon", "kitchen", won(10)).withOption("SPOON", 1));
        assertThat(products.findBySku("MUG-RED")).hasValue(mug);
        assertThat(products.findBySku("mug-red")).isEmpty();
        OptionId red = mug.option("MUG-RED").id();
        assertThat(products.findStock(red)).hasValue(new StockLevel(red, 2, 0));
        assertThat(products.findStock(new OptionId(99))).isEmpty();
    }

    @Test
    @Tag("E2")
    void a_malformed_sku_or_option_is_refused_at_the_door() {
        malformed(() -> products.findBySku(nothing()));
        malformed(() -> products.findBySku(""));
        malformed(() -> products.findBySku("x".repeat(65)));
        malformed(() -> products.findStock(nothing()));
    }

    @Test
    @Tag("P3")
    @Tag("E1")
    void an_unknown_product_is_not_found() {
        ProductId unknown = new ProductId(99);
        assertThat(products.find(unknown)).isEmpty();
        assertThat(shop.refused(PRODUCT_NOT_FOUND, () -> products.get(unknown)).values())
                .containsOnly(Map.entry("product", 99L));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.find(nothing()));
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.get(nothing()));
    }

    @Test
    @Tag("P5")
    @Tag("S4")
    void received_stock_adds_to_what_is_on_hand_and_to_its_history() {
        OptionId mug = products.register(mugs(1_000, 5)).options().get(0).id();
        shop.clock.set(NOON.plusSeconds(5));
        assertThat(products.receiveStock(mug, 7)).isEqualTo(new StockLevel(mug, 12, 0));
        assertThat(shop.rows().levels()).containsEntry(mug, new StockLevel(mug, 12, 0));
        List<StockChange> history = shop.rows().stockChanges();
        assertThat(history.get(history.size() - 1))
                .isEqualTo(new StockChange(mug, 5, 12, new Reason(Kind.RECEIPT, ""), NOON.plusSeconds(5)));
    }

    @Test
    @Tag("P5")
    @Tag("E2")
    void a_receipt_of_nothing_or_less_is_refused_at_the_door() {
        OptionId mug = products.register(mugs(1_000, 5)).options().get(0).id();
        for (long quantity : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThat(shop.refusedAtTheDoor(INVALID_STOCK_QUANTITY, () -> products.receiveStock(mug, quantity)))
                    .hasMessage("received quantity must be at least 1, it is " + quantity + " (P003)")
                    .satisfies(refusal -> assertThat(refusal.values())
                            .containsOnly(Map.entry("option", 1L), Map.entry("asked", quantity)));
        }
        shop.refusedAtTheDoor(VALIDATION_ERROR, () -> products.receiveStock(nothing(), 1));
        assertThat(products.receiveStock(mug, 1).onHand()).isEqualTo(6);
    }

    @Test
    @Tag("P5")
    @Tag("E2")
    void a_receipt_beyond_the_limit_is_refused_and_nothing_is_written() {
        OptionId mug = products.register(mugs(1_000, 5)).options().get(0).id();
        shop.refused(INVALID_STOCK_QUANTITY, () -> products.receiveStock(mug, MAX_STOCK - 4));
        shop.refused(INVALID_STOCK_QUANTITY, () -> products.receiveStock(mug, Long.MAX_VALUE));
        assertThat(products.receiveStock(mug, MAX_STOCK - 5).onHand()).isEqualTo(MAX_STOCK);
    }

    @Test
    @Tag("P5")
    @Tag("E1")
    void a_receipt_of_an_unknown_option_is_refused() {
        assertThat(shop.refused(PRODUCT_OPTION_NOT_FOUND, () -> products.receiveStock(new OptionId(9), 1))
                        .values())
                .containsOnly(Map.entry("option", 9L));
    }
}
