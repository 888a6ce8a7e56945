package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What is there to be looked at in the catalog. */
final class CatalogSteps {
    private CatalogSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(1, "look at product", Step.picks(), CatalogSteps::get),
                Step.of(1, "look at sku", Arbitraries.of("A", "B", "E", "a"), CatalogSteps::findBySku),
                Step.of(1, "look at stock", Step.picks(), CatalogSteps::findStock),
                Step.of(3, "list products", lists(), CatalogSteps::list),
                Step.of(1, "stock history", histories(), CatalogSteps::stockHistory),
                Step.of(1, "popular", Step.pageSizes(), CatalogSteps::popular));
    }

    private record Listing(ProductQuery.Sort sort, @Nullable String category, int size) {}

    private record History(int choice, int size) {}

    private static Arbitrary<Listing> lists() {
        return Combinators.combine(
                        Arbitraries.of(ProductQuery.Sort.class),
                        Arbitraries.of("kitchen", "garden", "cellar").injectNull(0.6),
                        Step.pageSizes())
                .as(Listing::new);
    }

    private static Arbitrary<History> histories() {
        return Combinators.combine(Step.picks(), Step.pageSizes()).as(History::new);
    }

    private static void get(World world, int choice) {
        long id = World.pick(choice, world.expected.products.goods);
        world.compare(
                "get product " + id,
                () -> world.shop.products().get(new ProductId(id)),
                Answers::of,
                () -> world.expected.products.get(id));
    }

    private static void findBySku(World world, String sku) {
        world.compare(
                "find sku " + sku,
                () -> world.shop.products().findBySku(sku),
                found -> found.map(Answers::of).orElse("none"),
                () -> world.expected.products.findBySku(sku));
    }

    private static void findStock(World world, int choice) {
        long id = World.pick(choice, world.expected.products.units);
        world.compare(
                "find stock of option " + id,
                () -> world.shop.products().findStock(new OptionId(id)),
                found -> found.map(Answers::of).orElse("none"),
                () -> world.expected.products.findStock(id));
    }

    private static void list(World world, Listing listing) {
        ProductQuery query = new ProductQuery(listing.category(), listing.sort());
        world.compare(
                "list products " + listing,
                () -> Answers.pages(
                        listing.size(), page -> world.shop.products().list(query, page), Answers::of),
                pages -> pages,
                () -> Told.pages(
                        world.expected.products.onSale(listing.sort().name(), listing.category()), listing.size()));
    }

    private static void stockHistory(World world, History history) {
        long id = World.pick(history.choice(), world.expected.products.units);
        world.compare(
                "stock history of option " + id,
                () -> Answers.pages(
                        history.size(),
                        page -> world.shop.products().listStockChanges(new OptionId(id), page),
                        Answers::of),
                pages -> pages,
                () -> Told.pages(world.expected.products.history(id), history.size()));
    }

    private static void popular(World world, int size) {
        LocalDate today = LocalDate.ofInstant(world.expected.now, ZoneOffset.UTC);
        world.compare(
                "popular products",
                () -> Told.of(
                        world.shop.products().findPopular().map(Answers::of).orElse("none"),
                        world.shop
                                .products()
                                .findPopular()
                                .filter(latest -> latest.day().equals(today))
                                .map(world.shop.products()::recountPopular)
                                .map(Answers::of)
                                .orElse("none"),
                        Answers.pages(size, world.shop.products()::listPopular, Answers::of)),
                told -> told,
                () -> Told.of(
                        world.expected.popularity.latest(),
                        world.expected.popularity.recount(),
                        Told.pages(world.expected.popularity.all(), size)));
    }
}
