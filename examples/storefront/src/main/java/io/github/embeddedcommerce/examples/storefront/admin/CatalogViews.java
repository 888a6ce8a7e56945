package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.Products;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Products and their stock as the back office sees them. */
final class CatalogViews {
    private CatalogViews() {}

    record Stocked(
            long productId,
            String name,
            String description,
            String category,
            long price,
            boolean onSale,
            List<Option> options) {
        static Stocked of(Product product, Products products) {
            return new Stocked(
                    product.id().value(),
                    product.name(),
                    product.details().texts().description(),
                    product.details().category(),
                    Won.in(product.price()),
                    product.details().onSale(),
                    product.options().stream()
                            .map(option -> Option.of(
                                    option, products.findStock(option.id()).orElseThrow()))
                            .toList());
        }
    }

    record Option(
            long productOptionId,
            String sku,
            @Nullable String color,
            @Nullable String size,
            long onHand,
            long reserved,
            long available) {
        static Option of(ProductOption option, StockLevel level) {
            return new Option(
                    option.id().value(),
                    option.sku(),
                    option.attributes().get("color"),
                    option.attributes().get("size"),
                    level.onHand(),
                    level.reserved(),
                    level.available());
        }
    }

    record Stock(List<Entry> stock, @Nullable String nextCursor) {}

    record Entry(long productId, String productName, Option option) {
        static Entry of(StockEntry entry) {
            return new Entry(entry.product().value(), entry.productName(), Option.of(entry.option(), entry.level()));
        }
    }

    record Level(long productOptionId, long onHand, long reserved, long available) {
        static Level of(StockLevel level) {
            return new Level(level.option().value(), level.onHand(), level.reserved(), level.available());
        }
    }

    record Change(long before, long after, String kind, String note, String createdAt) {
        static Change of(StockChange change) {
            return new Change(
                    change.before(),
                    change.after(),
                    change.reason().kind().name(),
                    change.reason().note(),
                    change.at().toString());
        }
    }

    record Changes(List<Change> changes, @Nullable String nextCursor) {}
}
