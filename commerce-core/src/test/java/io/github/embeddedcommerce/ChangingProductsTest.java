package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.USD;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Texts;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductTexts;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import java.util.Map;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChangingProductsTest {
    private static final ProductId MUGS = new ProductId(1);
    private static final ProductId UNKNOWN = new ProductId(99);
    private static final NewOption RED = new NewOption("MUG-RED", Map.of("color", "red"), 4);

    private final StockedShop shop = new StockedShop(5, 100);
    private final Products products = shop.door.products();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    @Tag("P4")
    void orders_already_placed_keep_the_name_and_price_they_were_placed_with() {
        Order order = shop.mugsFor(ANN, 1);
        Product before = products.get(MUGS);
        Product changed =
                products.change(MUGS, ProductChange.none().withPrice(won(9_999)).withName("Cup"));
        assertThat(changed.details())
                .isEqualTo(before.details().withPrice(won(9_999)).withTexts(new ProductTexts("Cup", "")));
        assertThat(products.get(MUGS)).isEqualTo(changed);
        assertThat(shop.door.orders().get(ANN, order.id())).isEqualTo(order);
        assertThat(shop.mugsFor(ANN, 1).total()).isEqualTo(won(9_999));
    }

    @Test
    @Tag("P4")
    @Tag("E2")
    void a_change_of_nothing_or_of_something_unknown_is_refused() {
        ProductChange hide = ProductChange.none().withOnSale(false);
        shop.memory.refused(PRODUCT_NOT_FOUND, () -> products.change(UNKNOWN, hide));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.change(MUGS, ProductChange.none()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.change(MUGS, nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.change(nothing(), hide));
        ProductChange inDollars = ProductChange.none().withPrice(Money.of(USD, 1));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.change(MUGS, inDollars));
    }

    @Test
    @Tag("P4")
    @Tag("S4")
    void an_added_option_comes_with_its_stock_and_can_be_ordered() {
        Product mugs = products.addOption(MUGS, RED);
        OptionId red = mugs.option("MUG-RED").id();
        assertThat(mugs.options()).hasSize(2);
        assertThat(shop.level(red)).isEqualTo(new StockLevel(red, 4, 0));
        assertThat(products.stockHistory(red, PageRequest.first()).items())
                .containsExactly(new StockChange(red, 0, 4, new Reason(Kind.INITIAL, ""), NOON));
    }

    @Test
    @Tag("P4")
    @Tag("E2")
    void an_option_that_cannot_be_added_is_refused_and_nothing_is_written() {
        products.addOption(MUGS, RED);
        shop.memory.refused(VALIDATION_ERROR, () -> products.addOption(MUGS, RED));
        shop.memory.refused(VALIDATION_ERROR, () -> products.addOption(new ProductId(2), RED));
        shop.memory.refused(PRODUCT_NOT_FOUND, () -> products.addOption(UNKNOWN, RED));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.addOption(nothing(), RED));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.addOption(MUGS, nothing()));
        IntStream.rangeClosed(3, 200).forEach(i -> products.addOption(MUGS, new NewOption("MUG-" + i, Map.of(), 0)));
        shop.memory.refused(VALIDATION_ERROR, () -> products.addOption(MUGS, new NewOption("MUG-201", Map.of(), 0)));
    }

    @Test
    @Tag("P5")
    @Tag("S4")
    void an_adjustment_goes_up_or_down_and_says_why() {
        assertThat(products.adjustStock(shop.mug, -2, "two broke")).isEqualTo(new StockLevel(shop.mug, 3, 0));
        assertThat(products.adjustStock(shop.mug, 4, "counted")).isEqualTo(new StockLevel(shop.mug, 7, 0));
        products.receiveStock(shop.mug, 1, "delivery 12");
        Page<StockChange> page = products.stockHistory(shop.mug, PageRequest.first(2));
        assertThat(page.items())
                .containsExactly(
                        new StockChange(shop.mug, 7, 8, new Reason(Kind.RECEIPT, "delivery 12"), NOON),
                        new StockChange(shop.mug, 3, 7, new Reason(Kind.ADJUSTMENT, "counted"), NOON));
        assertThat(products.stockHistory(shop.mug, PageRequest.first(2).after(page.next()))
                        .items())
                .containsExactly(
                        new StockChange(shop.mug, 5, 3, new Reason(Kind.ADJUSTMENT, "two broke"), NOON),
                        new StockChange(shop.mug, 0, 5, new Reason(Kind.INITIAL, ""), NOON));
    }

    @Test
    @Tag("P5")
    @Tag("S1")
    @Tag("E2")
    void an_adjustment_below_what_is_reserved_is_refused_and_nothing_changes() {
        shop.mugsFor(ANN, 3);
        assertThat(shop.memory
                        .refused(INVALID_STOCK_QUANTITY, () -> products.adjustStock(shop.mug, -3, "lost"))
                        .values())
                .containsEntry("onHand", 5L)
                .containsEntry("reserved", 3L);
        assertThat(products.adjustStock(shop.mug, -2, "lost").available()).isZero();
        shop.memory.refused(INVALID_STOCK_QUANTITY, () -> products.adjustStock(shop.mug, 0, "why"));
        shop.memory.refused(PRODUCT_OPTION_NOT_FOUND, () -> products.adjustStock(new OptionId(99), 1, "why"));
        shop.memory.refused(
                PRODUCT_OPTION_NOT_FOUND, () -> products.stockHistory(new OptionId(99), PageRequest.first()));
        Texts.assertBounds("note of a stock adjustment", 1, 255, note -> products.adjustStock(shop.mug, 1, note));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.adjustStock(nothing(), 1, "why"));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.stockHistory(nothing(), PageRequest.first()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> products.stockHistory(shop.mug, nothing()));
    }
}
