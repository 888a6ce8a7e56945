package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.jdbc.model.ReferenceProducts.Facts;
import io.github.embeddedcommerce.jdbc.model.ReferenceProducts.Wanted;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What a merchant does with products and their stock. */
final class ProductSteps {
    private static final CurrencyUnit KRW = CurrencyUnit.of("KRW");

    private ProductSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(2, "register", products(), ProductSteps::register),
                Step.of(1, "add option", newOptions(), ProductSteps::addOption),
                Step.of(3, "change product", changes(), ProductSteps::change),
                Step.of(
                        4,
                        "receive",
                        stock(Step.mostly(
                                Arbitraries.of(3L, 1L, 10L), Arbitraries.of(0L, -1L, ReferenceShop.MOST_UNITS))),
                        ProductSteps::receive),
                Step.of(
                        3,
                        "adjust",
                        stock(Step.mostly(
                                Arbitraries.of(-1L, 1L, -2L, 4L), Arbitraries.of(0L, -ReferenceShop.MOST_UNITS))),
                        ProductSteps::adjust));
    }

    static Money won(long amount) {
        return Money.ofMinor(KRW, amount);
    }

    /** A number that stands for something, and an amount. */
    record Some(int choice, long amount) {}

    record NewGoods(Facts facts, List<Wanted> wanted) {}

    private record OptionOf(int choice, Wanted wanted) {}

    private record Change(
            int choice,
            @Nullable String name,
            @Nullable Long price,
            @Nullable Boolean onSale) {}

    private static Arbitrary<Long> prices() {
        return Step.mostly(Arbitraries.of(100L, 333L, 1L, 999L), Arbitraries.of(0L, ReferenceShop.MOST_MONEY));
    }

    private static Arbitrary<Wanted> options() {
        return Combinators.combine(
                        Arbitraries.of("A", "B", "C", "D", "E", "F", "G", "H"), Arbitraries.of(5L, 1L, 8L, 0L, 3L))
                .as(Wanted::new);
    }

    static Arbitrary<NewGoods> products() {
        Arbitrary<Facts> facts = Combinators.combine(
                        Arbitraries.of("mug", "spoon", "bowl"),
                        Arbitraries.of("kitchen", "garden"),
                        prices(),
                        Step.mostly(Arbitraries.just(true), Arbitraries.just(false)))
                .as(Facts::new);
        return Combinators.combine(
                        facts, options().list().ofMinSize(1).ofMaxSize(2).uniqueElements(Wanted::sku))
                .as(NewGoods::new);
    }

    private static Arbitrary<OptionOf> newOptions() {
        return Combinators.combine(Step.picks(), options()).as(OptionOf::new);
    }

    private static Arbitrary<Change> changes() {
        return Combinators.combine(
                        Step.picks(),
                        Arbitraries.of("pot", "pan").injectNull(0.5),
                        prices().injectNull(0.5),
                        Arbitraries.of(true, true, false).injectNull(0.4))
                .as(Change::new);
    }

    private static Arbitrary<Some> stock(Arbitrary<Long> quantities) {
        return Combinators.combine(Step.picks(), quantities).as(Some::new);
    }

    static void register(World world, String name, long price, List<Wanted> options) {
        register(world, new NewGoods(new Facts(name, "kitchen", price, true), options));
    }

    private static void register(World world, NewGoods goods) {
        Facts facts = goods.facts();
        world.compare(
                "register " + goods,
                () -> world.shop.products().register(product(goods)),
                Answers::of,
                made -> world.expected.products.register(
                        made == null ? 0 : World.given(made.id().value(), world.expected.products.goods),
                        optionIds(world, made),
                        facts,
                        goods.wanted()));
    }

    static NewProduct product(NewGoods goods) {
        Facts facts = goods.facts();
        NewProduct product = NewProduct.of(facts.name(), facts.category(), won(facts.price()));
        for (Wanted option : goods.wanted()) {
            product = product.withOption(option.sku(), Map.of("color", option.sku()), option.stock());
        }
        return facts.onSale() ? product : product.notOnSale();
    }

    private static void addOption(World world, OptionOf option) {
        long id = World.pick(option.choice(), world.expected.products.goods);
        Wanted wanted = option.wanted();
        world.compare(
                "add option " + wanted + " to product " + id,
                () -> world.shop
                        .products()
                        .addOption(
                                new ProductId(id),
                                new NewOption(wanted.sku(), Map.of("color", wanted.sku()), wanted.stock())),
                Answers::of,
                grown -> {
                    List<Long> ids = optionIds(world, grown);
                    return world.expected.products.addOption(id, ids.isEmpty() ? 0 : ids.get(0), wanted);
                });
    }

    /** The ids of this product's options that the reference does not know yet. */
    private static List<Long> optionIds(World world, @Nullable Product product) {
        return product == null
                ? List.of()
                : product.options().stream()
                        .map(option -> option.id().value())
                        .filter(id -> !world.expected.products.units.containsKey(id))
                        .map(id -> World.given(id, world.expected.products.units))
                        .toList();
    }

    private static void change(World world, Change change) {
        long id = World.pick(change.choice(), world.expected.products.goods);
        world.compare(
                "change product " + id + " to " + change,
                () -> {
                    ProductChange wanted = ProductChange.none();
                    wanted = change.name() == null ? wanted : wanted.withName(change.name());
                    wanted = change.price() == null ? wanted : wanted.withPrice(won(change.price()));
                    wanted = change.onSale() == null ? wanted : wanted.withOnSale(change.onSale());
                    return world.shop.products().change(new ProductId(id), wanted);
                },
                Answers::of,
                () -> world.expected.products.change(id, change.name(), change.price(), change.onSale()));
    }

    private static void receive(World world, Some stock) {
        long id = World.pick(stock.choice(), world.expected.products.units);
        world.compare(
                "receive " + stock.amount() + " of option " + id,
                () -> world.shop.products().receiveStock(ReceiveStock.of(new OptionId(id), stock.amount())),
                Answers::of,
                () -> world.expected.products.receive(id, stock.amount()));
    }

    private static void adjust(World world, Some stock) {
        long id = World.pick(stock.choice(), world.expected.products.units);
        world.compare(
                "adjust option " + id + " by " + stock.amount(),
                () -> world.shop.products().adjustStock(AdjustStock.of(new OptionId(id), stock.amount(), "counted")),
                Answers::of,
                () -> world.expected.products.adjust(id, stock.amount(), "counted"));
    }
}
