package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changing a product, and adding options to it. */
@Tag("P4")
class ProductChangeTest extends ShopTest {
    static final ProductChange NOTHING = ProductChange.none();

    @Test
    void a_change_changes_what_it_names_and_nothing_else() {
        Product mug = product("MUG", 12_000, 10);

        Product dearer = shop.products().change(mug.id(), NOTHING.withPrice(won(13_000)));
        assertThat(dearer)
                .isEqualTo(
                        new Product(mug.id(), mug.details().withPrice(won(13_000)), mug.options(), mug.registeredAt()))
                .isEqualTo(shop.products().get(mug.id()));

        Product all = shop.products()
                .change(
                        mug.id(),
                        NOTHING.withName("Cup")
                                .withDescription("Holds tea")
                                .withCategory("cups")
                                .withPrice(won(0))
                                .withOnSale(false));
        assertThat(all.details().texts().description()).isEqualTo("Holds tea");
        assertThat(all.name()).isEqualTo("Cup");
        assertThat(all.details().category()).isEqualTo("cups");
        assertThat(all.price()).isEqualTo(won(0));
        assertThat(all.details().onSale()).isFalse();
        assertThat(shop.products().get(mug.id())).isEqualTo(all);
    }

    @Test
    void merchants_who_change_different_things_at_once_do_not_undo_each_other() {
        Product mug = product("MUG", 12_000, 10);
        List<ProductChange> changes = List.of(
                NOTHING.withName("Cup"),
                NOTHING.withDescription("Holds tea"),
                NOTHING.withCategory("cups"),
                NOTHING.withPrice(won(1)),
                NOTHING.withOnSale(false));

        Together<Product> changed =
                Together.each(changes, change -> shop.products().change(mug.id(), change));

        assertThat(changed.results()).hasSize(5);
        Product after = shop.products().get(mug.id());
        assertThat(changes)
                .allSatisfy(
                        change -> assertThat(change.appliedTo(after.details())).isEqualTo(after.details()));
    }

    @Test
    void orders_already_placed_keep_their_name_and_price() {
        Product mug = product("MUG", 12_000, 10);
        UserId ann = user("ann", 100_000);
        OptionId option = mug.option("MUG").id();
        Order before = shop.orders().place(PlaceOrder.by(ann).line(option, 1));

        shop.products()
                .change(mug.id(), NOTHING.withName("Cup").withPrice(won(99)).withOnSale(false));

        assertThat(shop.orders().get(ann, before.id())).isEqualTo(before);
        refused(
                PRODUCT_OPTION_NOT_FOUND,
                () -> shop.orders().place(PlaceOrder.by(ann).line(option, 1)));
        assertThat(shop.orders().pay(PayOrder.by(ann, before.id())).remainingBalance())
                .isEqualTo(won(88_000));
        shop.products().change(mug.id(), NOTHING.withOnSale(true));
        Order after = shop.orders().place(PlaceOrder.by(ann).line(option, 1));
        assertThat(after.lines().get(0).item().productName()).isEqualTo("Cup");
        assertThat(after.total()).isEqualTo(won(99));
    }

    @Test
    void products_change_while_they_are_ordered_and_nobody_waits_in_a_circle() {
        List<Product> products =
                IntStream.range(0, 3).mapToObj(n -> product("P" + n, 10, 1_000)).toList();
        UserId ann = user("ann", 0);

        Together<Object> done = Together.each(IntStream.range(0, 60).boxed().toList(), n -> {
            Product product = products.get(n % 3);
            if (n % 4 == 0) {
                return shop.products().change(product.id(), NOTHING.withPrice(won(n)));
            }
            if (n % 4 == 1) {
                return shop.products().addOption(product.id(), new NewOption("N" + n, Map.of(), 1));
            }
            return shop.orders()
                    .place(PlaceOrder.by(ann)
                            .line(products.get((n + 1) % 3).options().get(0).id(), 1)
                            .line(product.options().get(0).id(), 1));
        });

        assertThat(done.results()).hasSize(60);
    }

    @Test
    @Tag("E2")
    void a_change_that_cannot_be_is_refused_and_changes_nothing() {
        Product mug = product("MUG", 12_000, 10);

        refused(PRODUCT_NOT_FOUND, () -> shop.products().change(new ProductId(999999999), NOTHING.withName("Cup")));
        refused(VALIDATION_ERROR, () -> shop.products().change(mug.id(), NOTHING));
        refused(
                VALIDATION_ERROR,
                () -> shop.products()
                        .change(mug.id(), NOTHING.withName("Cup").withPrice(Money.of(CurrencyUnit.USD, 1))));

        assertThat(shop.products().get(mug.id())).isEqualTo(mug);
    }

    @Test
    @Tag("S4")
    void an_added_option_has_its_stock_and_the_line_that_explains_it() {
        Product mug = product("MUG", 12_000, 10);

        Product more = shop.products().addOption(mug.id(), new NewOption("MUG-RED", Map.of("color", "red"), 7));
        Product evenMore = shop.products().addOption(mug.id(), new NewOption("MUG-SOON", Map.of(), 0));

        assertThat(more.options()).hasSize(2);
        assertThat(more.option("MUG-RED").attributes()).containsExactly(Map.entry("color", "red"));
        assertThat(more.option("MUG-RED").available()).isEqualTo(7);
        assertThat(evenMore).isEqualTo(shop.products().get(mug.id()));
        assertThat(history(more.option("MUG-RED").id()))
                .containsExactly(new StockChange(
                        more.option("MUG-RED").id(), 0, 7, new StockChange.Reason(Kind.INITIAL, ""), clock.instant()));
        assertThat(history(evenMore.option("MUG-SOON").id())).isEmpty();
    }

    @Test
    void one_sku_asked_for_by_many_at_once_is_given_once() {
        List<Product> products =
                IntStream.range(0, 8).mapToObj(n -> product("P" + n, 10, 1)).toList();

        Together<Product> added = Together.each(
                products, product -> shop.products().addOption(product.id(), new NewOption("SAME", Map.of(), 1)));

        assertThat(added.results()).hasSize(1);
        assertThat(added.refusals()).hasSize(7).containsOnly(VALIDATION_ERROR);
        assertThat(products.stream()
                        .mapToInt(product ->
                                shop.products().get(product.id()).options().size())
                        .sum())
                .isEqualTo(9);
    }

    @Test
    void no_more_options_than_allowed_however_many_are_added_at_once() {
        NewProduct full = NewProduct.of("Shirt", "clothes", won(1));
        for (int n = 0; n < NewProduct.MAX_OPTIONS - 3; n++) {
            full = full.withOption("S" + n, 0);
        }
        ProductId shirt = shop.products().register(full).id();

        Together<Product> added = Together.each(
                IntStream.range(0, 8).boxed().toList(),
                n -> shop.products().addOption(shirt, new NewOption("N" + n, Map.of(), 0)));

        assertThat(added.results()).hasSize(3);
        assertThat(added.refusals()).hasSize(5).containsOnly(VALIDATION_ERROR);
        assertThat(shop.products().get(shirt).options()).hasSize(NewProduct.MAX_OPTIONS);
    }

    @Test
    @Tag("E2")
    void an_option_that_cannot_be_is_refused_and_nothing_is_written() {
        Product mug = product("MUG", 12_000, 10);
        product("SPOON", 500, 1);

        refused(
                PRODUCT_NOT_FOUND,
                () -> shop.products().addOption(new ProductId(999999999), new NewOption("NEW", Map.of(), 1)));
        refused(VALIDATION_ERROR, () -> shop.products().addOption(mug.id(), new NewOption("SPOON", Map.of(), 1)));
        refused(VALIDATION_ERROR, () -> shop.products().addOption(mug.id(), new NewOption("MUG", Map.of(), 1)));
        refused(INVALID_STOCK_QUANTITY, () -> new NewOption("NEW", Map.of(), -1));

        assertThat(shop.products().get(mug.id())).isEqualTo(mug);
    }

    private List<StockChange> history(OptionId option) {
        return shop.products().listStockChanges(option, PageRequest.first()).items();
    }
}
