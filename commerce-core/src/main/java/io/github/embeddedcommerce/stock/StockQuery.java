package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.error.Validation.range;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Selects the stock of options: of those that match every condition. Immutable.
 *
 * <pre>{@code
 * StockQuery.all().withAtMost(5)
 * }</pre>
 *
 * @param product only options of this product; null for all
 * @param reference only options with this reference, unique or not, 1 to 64 characters, compared exactly; null for all
 * @param maxAvailable only options with at most this many units available, 0 to {@link NewOption#MAX_STOCK}
 */
public record StockQuery(
        @Nullable ProductId product, @Nullable String reference, long maxAvailable) {
    /** Refuses a value out of range (VALIDATION_ERROR). */
    public StockQuery {
        if (reference != null) {
            text(reference, "reference", 1, Reference.MAX_LENGTH);
        }
        range(maxAvailable, "maxAvailable", 0, NewOption.MAX_STOCK);
    }

    /** Every option. */
    public static StockQuery all() {
        return new StockQuery(null, null, NewOption.MAX_STOCK);
    }

    /** Only options of this product. */
    public StockQuery ofProduct(ProductId wanted) {
        return new StockQuery(required(wanted, "product"), reference, maxAvailable);
    }

    /** Only options with this reference. */
    public StockQuery withReference(String wanted) {
        return new StockQuery(product, required(wanted, "reference"), maxAvailable);
    }

    /** Only options with at most this many units available. */
    public StockQuery withAtMost(long available) {
        return new StockQuery(product, reference, available);
    }
}
