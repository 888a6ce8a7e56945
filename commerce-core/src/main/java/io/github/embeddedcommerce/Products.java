package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.stock.StockMovement;
import io.github.embeddedcommerce.transaction.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The use cases of the catalog and its stock. Each is one transaction. Thread-safe. */
public final class Products {
    private final Context context;

    Products(Context context) {
        this.context = context;
    }

    /**
     * Registers a product with its options and their starting stock.
     *
     * @return the product, with the ids it was given
     * @throws CommerceException VALIDATION_ERROR if it has no option, a price in another currency, or a sku that is
     *     taken
     */
    public Product register(NewProduct product) {
        NewProduct complete = required(product, "product").complete();
        context.settings().inCurrency(complete.details().price(), "product price");
        return context.transactions().run("products.register", stores -> {
            refuseTaken(complete.options(), stores);
            Instant now = context.now();
            ProductId id = stores.products().insert(complete.details(), now);
            addOptions(id, complete.options(), now, stores);
            return stores.products().find(id).orElseThrow();
        });
    }

    /** The product with this id, with what is available of each option now; empty if there is none. */
    public Optional<Product> find(ProductId id) {
        required(id, "product");
        return context.transactions()
                .run("products.find", stores -> stores.products().find(id));
    }

    /**
     * The product with this id, with what is available of each option now.
     *
     * @throws CommerceException PRODUCT_NOT_FOUND
     */
    public Product get(ProductId id) {
        return find(id).orElseThrow(() -> Product.notFound(id));
    }

    /**
     * Takes goods in: adds units to what is on hand, and a line to the stock history.
     *
     * @param quantity 1 or more
     * @return the stock after it
     * @throws CommerceException INVALID_STOCK_QUANTITY below 1 or where the stock would become too large,
     *     PRODUCT_OPTION_NOT_FOUND
     */
    public StockLevel receiveStock(OptionId option, long quantity) {
        required(option, "option");
        if (quantity < 1) {
            throw new CommerceException(
                    ErrorCode.INVALID_STOCK_QUANTITY,
                    "received quantity must be at least 1, it is " + quantity,
                    Map.of("option", option.value(), "asked", quantity));
        }
        Reason reason = new Reason(Kind.RECEIPT, "");
        return context.transactions().run("products.receiveStock", stores -> change(option, quantity, reason, stores));
    }

    private StockLevel change(OptionId option, long quantity, Reason reason, Stores stores) {
        StockLevel before = stores.stock().lock(Set.of(option)).get(option);
        if (before == null) {
            throw Offer.notFound(option);
        }
        StockLevel after = before.change(quantity);
        stores.stock().move(List.of(StockMovement.change(option, quantity)));
        stores.stock().record(List.of(StockChange.between(before, after, reason, context.now())));
        return after;
    }

    private static void refuseTaken(List<NewOption> options, Stores stores) {
        Set<String> taken =
                stores.products().taken(options.stream().map(NewOption::sku).toList());
        if (!taken.isEmpty()) {
            throw refusal(
                    "sku is taken by another option: " + String.join(", ", taken), Map.of("sku", taken.toString()));
        }
    }

    private static void addOptions(ProductId product, List<NewOption> options, Instant now, Stores stores) {
        List<OptionId> ids = stores.products().insertOptions(product, options);
        List<StockLevel> levels = new ArrayList<>();
        List<StockChange> changes = new ArrayList<>();
        for (NewOption option : options) {
            OptionId id = ids.get(levels.size());
            StockLevel level = new StockLevel(id, option.startingStock(), 0);
            levels.add(level);
            if (level.onHand() > 0) {
                changes.add(new StockChange(id, 0, level.onHand(), new Reason(Kind.INITIAL, ""), now));
            }
        }
        stores.stock().insert(levels);
        stores.stock().record(changes);
    }
}
