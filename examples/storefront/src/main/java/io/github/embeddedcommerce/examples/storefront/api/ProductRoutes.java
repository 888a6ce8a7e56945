package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.UseCases;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.product.ProductQuery.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalog, as customers see it. */
public final class ProductRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public ProductRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/products", this::list),
                Route.get("/api/products/top", this::top),
                Route.get("/api/products/{productId}", this::get));
    }

    record Summary(long productId, String name, long price, String category, boolean isAvailable) {
        static Summary of(Product product) {
            return new Summary(
                    product.id().value(),
                    product.name(),
                    Won.in(product.price()),
                    product.details().category(),
                    available(product));
        }
    }

    record Products(List<Summary> products, @Nullable String nextCursor) {}

    record Detail(
            long productId,
            String name,
            long price,
            String description,
            String category,
            boolean isAvailable,
            List<Option> options) {}

    record Option(
            long productOptionId,
            @Nullable String color,
            @Nullable String size,
            long stock) {
        static Option of(ProductOption option) {
            return new Option(
                    option.id().value(),
                    option.attributes().get("color"),
                    option.attributes().get("size"),
                    option.available());
        }
    }

    record Top(List<Ranked> products, @Nullable String createdAt) {}

    record Ranked(
            int rank, long productId, String name, long price, String category, long salesCount, String lastSoldAt) {
        static Ranked of(PopularProducts.Entry entry, Product product) {
            return new Ranked(
                    entry.rank(),
                    product.id().value(),
                    product.name(),
                    Won.in(product.price()),
                    product.details().category(),
                    entry.quantity(),
                    entry.lastPaidAt().toString());
        }
    }

    private Products list(Call call) {
        Query query = call.query("category", "sortBy", "cursor", "size");
        ProductQuery wanted = new ProductQuery(
                query.text("category").orElse(null), sort(query.text("sortBy").orElse("latest")));
        Page<Product> page = shop.products().list(wanted, query.page());
        return new Products(page.map(Summary::of).items(), Cursors.text(page.next()));
    }

    private static Sort sort(String sortBy) {
        return switch (sortBy) {
            case "price_asc" -> Sort.PRICE_UP;
            case "price_desc" -> Sort.PRICE_DOWN;
            case "popular" -> Sort.MOST_POPULAR;
            case "latest" -> Sort.NEWEST;
            default -> throw Refusals.of("sortBy", "must be price_asc, price_desc, popular or latest");
        };
    }

    private Top top(Call call) {
        call.query();
        return shop.inTransaction(ProductRoutes::top);
    }

    private static Top top(UseCases shop) {
        return shop.products()
                .findPopular()
                .map(popular -> new Top(
                        popular.entries().stream()
                                .map(entry -> Ranked.of(entry, shop.products().get(entry.product())))
                                .toList(),
                        popular.createdAt().toString()))
                .orElse(new Top(List.of(), null));
    }

    private Detail get(Call call) {
        call.query();
        Product product = shop.products().get(new ProductId(call.id("productId")));
        return new Detail(
                product.id().value(),
                product.name(),
                Won.in(product.price()),
                product.details().texts().description(),
                product.details().category(),
                available(product),
                product.options().stream().map(Option::of).toList());
    }

    private static boolean available(Product product) {
        return product.details().onSale() && product.options().stream().anyMatch(option -> option.available() > 0);
    }
}
