package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.job.SnapshotPopularProducts;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.RecordedStockChange;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.ChangeStock;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The use cases of the catalog and its stock. Each is one transaction. Thread-safe. */
public final class Products {
    private final UseCaseContext context;
    private final ChangeStock receive;
    private final ChangeStock adjust;

    Products(UseCaseContext context) {
        this.context = context;
        this.receive = ChangeStock.receive(context);
        this.adjust = ChangeStock.adjust(context);
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
        context.settings().inCurrency(complete.details().price(), "details.price");
        return context.transactions().run("products.register", stores -> {
            refuseTaken(complete.options(), "options[%d].sku", stores);
            Instant now = context.now();
            ProductId id = stores.products().insert(complete.details(), now);
            addOptions(id, complete.options(), now, stores);
            return stores.products().find(id).orElseThrow();
        });
    }

    /** The product with this id, with what is available of each option now; empty if there is none. */
    public Optional<Product> find(ProductId product) {
        required(product, "product");
        return context.transactions()
                .run("products.find", stores -> stores.products().find(product));
    }

    /**
     * The product with this id, with what is available of each option now.
     *
     * @throws CommerceException PRODUCT_NOT_FOUND
     */
    public Product get(ProductId product) {
        return find(product).orElseThrow(() -> Product.notFound(product));
    }

    /**
     * The product that has the option with this sku, which {@link Product#option} then tells; empty if none has.
     *
     * @param sku 1 to 64 characters, compared exactly
     */
    public Optional<Product> findBySku(String sku) {
        text(sku, "sku", 1, 64);
        return context.transactions()
                .run("products.findBySku", stores -> stores.products().findBySku(sku));
    }

    /** The stock of this option as of now, what is reserved included; empty if there is no such option. */
    public Optional<StockLevel> findStock(OptionId option) {
        required(option, "option");
        return context.transactions()
                .run(
                        "products.findStock",
                        stores -> Optional.ofNullable(
                                stores.stock().find(Set.of(option)).get(option)));
    }

    /**
     * Products on sale, with what is available of each of their options now. Each page takes a constant number of
     * statements, whatever its size.
     *
     * <p>Pages go on behind the last product seen, so products that come and go in the meantime do not shift them: none
     * is seen twice or missed, unless its own price changes in a list sorted by price. A cursor belongs to its sort and
     * category.
     *
     * @throws CommerceException VALIDATION_ERROR if the cursor is not one of this list
     */
    public Page<Product> list(ProductQuery query, PageRequest page) {
        ProductPages pages = new ProductPages(required(query, "query"), required(page, "page"));
        return context.transactions().run("products.list", pages::read);
    }

    /**
     * Changes what the change names, and nothing else. Orders already placed keep the name and price they were placed
     * with; an order that is being placed at this moment has the old or the new ones.
     *
     * @return the product as it is now
     * @throws CommerceException PRODUCT_NOT_FOUND, VALIDATION_ERROR if it changes nothing or has a price in another
     *     currency
     */
    public Product change(ProductId product, ProductChange change) {
        required(product, "product");
        ProductChange complete = required(change, "change").complete();
        if (complete.price() != null) {
            context.settings().inCurrency(complete.price(), "price");
        }
        return context.transactions().run("products.change", stores -> {
            Product before = lock(product, stores);
            ProductDetails details = complete.appliedTo(before.details());
            stores.products().write(Map.of(product, details));
            return new Product(product, details, before.options(), before.registeredAt());
        });
    }

    /**
     * Adds an option to a product, with its starting stock.
     *
     * @return the product as it is now
     * @throws CommerceException PRODUCT_NOT_FOUND, VALIDATION_ERROR if the sku is taken by any option in the shop or
     *     the product has {@value NewProduct#MAX_OPTIONS} options
     */
    public Product addOption(ProductId product, NewOption option) {
        required(product, "product");
        List<NewOption> options = List.of(required(option, "option"));
        return context.transactions().run("products.addOption", stores -> {
            lock(product, stores).roomForOption();
            refuseTaken(options, "sku", stores);
            addOptions(product, options, context.now(), stores);
            return stores.products().find(product).orElseThrow();
        });
    }

    /**
     * Takes goods in: adds units to what is on hand, and a line to the stock history.
     *
     * @return the stock after it
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if there is no such option
     * @throws CommerceException INVALID_STOCK_QUANTITY if the stock would become too large
     * @throws CommerceException VALIDATION_ERROR if the key was used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public StockLevel receiveStock(ReceiveStock request) {
        return context.perform(receive, ChangeStock.Request.of(required(request, "request")));
    }

    /**
     * Corrects what is on hand, up or down, after a count or a breakage, with a line in the stock history.
     *
     * @return the stock after it
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if there is no such option
     * @throws CommerceException INVALID_STOCK_QUANTITY if the quantity is 0, would leave less on hand than pending
     *     orders have reserved, or too much
     * @throws CommerceException VALIDATION_ERROR if the key was used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public StockLevel adjustStock(AdjustStock request) {
        return context.perform(adjust, ChangeStock.Request.of(required(request, "request")));
    }

    /**
     * Every change of what is on hand of an option other than a sale, the latest first. Nothing changes or removes one.
     *
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND, VALIDATION_ERROR if the cursor is not one of this option's
     *     history
     */
    public Page<StockChange> listStockChanges(OptionId option, PageRequest page) {
        required(option, "option");
        String list = "products.listStockChanges." + option;
        long before = required(page, "page").below(list);
        return context.transactions().run("products.listStockChanges", stores -> {
            if (stores.products().offers(Set.of(option)).isEmpty()) {
                throw Offer.notFound(option);
            }
            List<RecordedStockChange> found = stores.stock().history(option, before, page.size() + 1);
            return Page.of(found, page.size(), last -> Cursor.behind(list, List.of(last.id())))
                    .map(RecordedStockChange::change);
        });
    }

    /** The latest snapshot of popular products; empty if the job has never made one. */
    public Optional<PopularProducts> findPopular() {
        return context.transactions()
                .run("products.findPopular", stores -> stores.popularity().latest());
    }

    /** Every snapshot of popular products that is still kept, the latest day first. */
    public Page<PopularProducts> listPopular(PageRequest page) {
        String list = "products.listPopular";
        LocalDate before = PopularProducts.day(required(page, "page").below(list));
        return context.transactions().run("products.listPopular", stores -> {
            List<PopularProducts> found = stores.popularity().before(before, page.size() + 1);
            return Page.of(
                    found,
                    page.size(),
                    last -> Cursor.behind(list, List.of(last.day().toEpochDay())));
        });
    }

    /**
     * Computes a snapshot again from the orders, for the same moment, window and size, and writes nothing. The result
     * equals the snapshot, whatever was paid, cancelled or ordered later. It can differ only by a payment or a
     * cancellation that was in progress when the snapshot was made, and committed after it.
     *
     * @param snapshot as {@link #findPopular} or {@link #listPopular} returned it
     * @throws CommerceException VALIDATION_ERROR if the snapshot is null
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public PopularProducts recountPopular(PopularProducts snapshot) {
        required(snapshot, "snapshot");
        return context.transactions()
                .run(
                        "products.recountPopular",
                        stores -> SnapshotPopularProducts.count(
                                stores.popularity(), snapshot.measure(), snapshot.createdAt()));
    }

    private static Product lock(ProductId id, Stores stores) {
        Product product = stores.products().lock(Set.of(id)).get(id);
        if (product == null) {
            throw Product.notFound(id);
        }
        return product;
    }

    /** @param field where an option's sku is in the request, with %d for the option's place among these */
    private static void refuseTaken(List<NewOption> options, String field, Stores stores) {
        List<String> skus = options.stream().map(NewOption::sku).toList();
        Set<String> taken = stores.products().taken(skus);
        for (int i = 0; i < skus.size(); i++) {
            if (taken.contains(skus.get(i))) {
                throw refusal(
                        field.formatted(i),
                        "must be unique in the shop, " + skus.get(i) + " is the sku of another option",
                        Map.of("sku", skus.get(i)));
            }
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
