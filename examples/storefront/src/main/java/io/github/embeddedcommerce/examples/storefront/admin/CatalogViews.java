package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.Products;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
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

    record Imported(boolean complete, List<Row> rows) {
        static Imported of(BulkReport<Product> report) {
            return new Imported(
                    report.isComplete(), report.rows().stream().map(Row::of).toList());
        }
    }

    /**
     * What became of a row.
     *
     * @param productId null if it was not registered
     * @param errorCode null if it was
     * @param field null if none is to blame
     * @param message null if it was registered
     */
    record Row(
            @Nullable Long productId,
            @Nullable String errorCode,
            @Nullable String field,
            @Nullable String message) {
        static Row of(BulkReport.Row<Product> row) {
            if (row instanceof BulkReport.Row.Done<Product> done) {
                return new Row(done.value().id().value(), null, null, null);
            }
            if (row instanceof BulkReport.Row.Refused<Product> refused) {
                CommerceException refusal = refused.refusal();
                return new Row(
                        null, refusal.code().code(), Refusals.field(refusal).orElse(null), Refusals.message(refusal));
            }
            return new Row(null, "BUSY", null, "the database was busy or away: look whether it is there");
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
