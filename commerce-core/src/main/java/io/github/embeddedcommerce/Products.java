package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.entries;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.job.SnapshotPopularProducts;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.RecordedStockChange;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.BulkCall;
import io.github.embeddedcommerce.usecase.ChangeProducts;
import io.github.embeddedcommerce.usecase.ChangeStock;
import io.github.embeddedcommerce.usecase.References;
import io.github.embeddedcommerce.usecase.RegisterProducts;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The catalog and its stock. Each use case is one transaction; a refusal has written nothing. Thread-safe.
 *
 * <p>{@link #receiveStock} and {@link #adjustStock} can carry an idempotency key, as {@link Orders} describes it.
 */
public final class Products {
    private final UseCaseContext context;
    private final RegisterProducts register;
    private final ChangeProducts change;
    private final ChangeStock receive;
    private final ChangeStock adjust;

    Products(UseCaseContext context) {
        this.context = context;
        this.register = new RegisterProducts(context);
        this.change = new ChangeProducts();
        this.receive = ChangeStock.receive(context);
        this.adjust = ChangeStock.adjust(context);
    }

    /**
     * Registers a product with its options and their starting stock.
     *
     * @return the product, with the ids of it and its options
     * @throws CommerceException VALIDATION_ERROR if the product is null or has no option, the price is in another
     *     currency, a sku is the sku of another option in the shop, or a reference is unique and another product or
     *     option has it
     * @throws StorageException if the database could not do it
     */
    public Product register(NewProduct product) {
        requireSound(required(product, "product"));
        return context.perform(register, product);
    }

    /**
     * Registers many products, each as {@link #register} does, with a few statements for all of them. A sku that an
     * earlier row of the list has, counts as taken.
     *
     * @param products up to {@value BulkReport#MAX_ROWS}, each of their options counted
     * @return of each row the product, or why it was refused; only products if it is all or nothing
     * @throws CommerceException VALIDATION_ERROR if an argument is null or has a null row, or there are too many; and,
     *     if it is all or nothing, as {@link #register} would refuse the first row that is to blame
     * @throws StorageException if it is all or nothing and the database could not do it
     */
    public BulkReport<Product> registerAll(List<NewProduct> products, BulkMode mode) {
        return new BulkCall<>(register, "products.registerAll", "products", this::requireSound)
                .perform(products, mode, context);
    }

    /**
     * Finds a product, on sale or not, with the available units of each option; empty if there is none.
     *
     * @throws CommerceException VALIDATION_ERROR if the product is null
     * @throws StorageException if the database could not do it
     */
    public Optional<Product> find(ProductId product) {
        required(product, "product");
        return context.transactions()
                .run("products.find", stores -> stores.products().find(product));
    }

    /**
     * Returns a product, on sale or not, with the available units of each option.
     *
     * @throws CommerceException PRODUCT_NOT_FOUND if there is no such product
     * @throws CommerceException VALIDATION_ERROR if the product is null
     * @throws StorageException if the database could not do it
     */
    public Product get(ProductId product) {
        return find(product).orElseThrow(() -> Product.notFound(product));
    }

    /**
     * Finds the product that has the option with this sku; empty if there is none. {@link Product#option} returns the
     * option.
     *
     * @param sku 1 to 64 characters, compared exactly
     * @throws CommerceException VALIDATION_ERROR if the sku is null or malformed
     * @throws StorageException if the database could not do it
     */
    public Optional<Product> findBySku(String sku) {
        text(sku, "sku", 1, 64);
        return context.transactions()
                .run("products.findBySku", stores -> stores.products().findBySku(sku));
    }

    /**
     * Finds the current stock of an option; empty if there is no such option.
     *
     * @throws CommerceException VALIDATION_ERROR if the option is null
     * @throws StorageException if the database could not do it
     */
    public Optional<StockLevel> findStock(OptionId option) {
        required(option, "option");
        return context.transactions()
                .run(
                        "products.findStock",
                        stores -> Optional.ofNullable(
                                stores.stock().find(Set.of(option)).get(option)));
    }

    /**
     * Lists products on sale, with the available units of each option. A page takes a constant number of statements.
     *
     * <p>Keyset pagination: a page continues after the last product of the page before, so no product appears twice or
     * is missed when others are added or removed. In a list sorted by price, a product whose price changes can. A
     * cursor belongs to its sort and category.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Product> list(ProductQuery query, PageRequest page) {
        ProductPages pages = new ProductPages(required(query, "query"), required(page, "page"));
        return context.transactions().run("products.list", pages::read);
    }

    /**
     * Changes the parts of a product that the change names. Orders keep the name and price they were placed with; an
     * order that is being placed at the same time has either the old or the new ones.
     *
     * @return the product, changed
     * @throws CommerceException PRODUCT_NOT_FOUND if there is no such product
     * @throws CommerceException VALIDATION_ERROR if an argument is null, the change is empty, or the price is in
     *     another currency
     * @throws StorageException if the database could not do it
     */
    public Product change(ProductId product, ProductChange change) {
        required(product, "product");
        requireSound(required(change, "change"));
        List<ChangeProduct> request = List.of(new ChangeProduct(product, change));
        return context.transactions().run("products.change", stores -> {
            this.change.perform(request, stores).get(0).orThrow();
            return stores.products().find(product).orElseThrow();
        });
    }

    /**
     * Changes many products, each as {@link #change} does, with a few statements for all of them. Of several rows for
     * one product, each changes what the one before it left.
     *
     * @param changes up to {@value BulkReport#MAX_ROWS}
     * @return of each row what the product is after it, or why it was refused; only products if it is all or nothing
     * @throws CommerceException VALIDATION_ERROR if an argument is null or has a null row, or there are too many; and,
     *     if it is all or nothing, as {@link #change} would refuse the first row that is to blame
     * @throws StorageException if it is all or nothing and the database could not do it
     */
    public BulkReport<ProductDetails> changeAll(List<ChangeProduct> changes, BulkMode mode) {
        return new BulkCall<>(
                        change,
                        "products.changeAll",
                        "changes",
                        (ChangeProduct row) -> Validation.checkPart("change", () -> requireSound(row.change())))
                .perform(changes, mode, context);
    }

    /**
     * Adds an option to a product, with its starting stock.
     *
     * @return the product, with the new option
     * @throws CommerceException PRODUCT_NOT_FOUND if there is no such product
     * @throws CommerceException VALIDATION_ERROR if an argument is null, the sku is the sku of another option in the
     *     shop, its reference is unique and another option has it, or the product has {@value NewProduct#MAX_OPTIONS}
     *     options
     * @throws StorageException if the database could not do it
     */
    public Product addOption(ProductId product, NewOption option) {
        required(product, "product");
        List<NewOption> options = List.of(required(option, "option"));
        return context.transactions().run("products.addOption", stores -> {
            lock(product, stores).requireRoomForOption();
            RegisterProducts.refuseTaken(options, "sku", stores.products().taken(List.of(option.sku())));
            References.refuseTaken(option, stores);
            OptionId id = stores.products().insertOptions(product, options).get(0);
            if (!option.reference().isNone()) {
                stores.products().referOptions(Map.of(id, option.reference()));
            }
            ProductOption added = new ProductOption(id, option.sku(), option.attributes(), option.startingStock());
            RegisterProducts.writeStock(List.of(added), context.now(), stores);
            return stores.products().find(product).orElseThrow();
        });
    }

    /**
     * Adds received units to the stock on hand, with a line in the stock history.
     *
     * @return the stock after it
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if there is no such option
     * @throws CommerceException INVALID_STOCK_QUANTITY if the stock would exceed {@link NewOption#MAX_STOCK}
     * @throws CommerceException VALIDATION_ERROR if the request is null, or the key was used for another request
     * @throws StorageException if the database could not do it
     */
    public StockLevel receiveStock(ReceiveStock request) {
        return context.perform(receive, ChangeStock.Request.of(required(request, "request")));
    }

    /**
     * Corrects the stock on hand, up or down, with a line in the stock history.
     *
     * @return the stock after it
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if there is no such option
     * @throws CommerceException INVALID_STOCK_QUANTITY if the quantity is 0, or the stock would be less than is
     *     reserved or exceed {@link NewOption#MAX_STOCK}
     * @throws CommerceException VALIDATION_ERROR if the request is null, or the key was used for another request
     * @throws StorageException if the database could not do it
     */
    public StockLevel adjustStock(AdjustStock request) {
        return context.perform(adjust, ChangeStock.Request.of(required(request, "request")));
    }

    /**
     * Receives stock of many options, each as {@link #receiveStock} does, with a few statements for all of them. A row
     * with an idempotency key is the same call as a single one with that key.
     *
     * @param receipts up to {@value BulkReport#MAX_ROWS}
     * @return of each row the stock after it, or why it was refused; only stock if it is all or nothing
     * @throws CommerceException VALIDATION_ERROR if an argument is null or has a null row, or there are too many; and,
     *     if it is all or nothing, as {@link #receiveStock} would refuse the first row that is to blame, and if two
     *     rows have one key
     * @throws StorageException if it is all or nothing and the database could not do it
     */
    public BulkReport<StockLevel> receiveStockAll(List<ReceiveStock> receipts, BulkMode mode) {
        List<ChangeStock.Request> requests = entries(receipts, "receipts", 0, BulkReport.MAX_ROWS).stream()
                .map(ChangeStock.Request::of)
                .toList();
        return new BulkCall<>(receive, "products.receiveStockAll", "receipts", (ChangeStock.Request row) -> {})
                .perform(requests, mode, context);
    }

    /**
     * Corrects the stock of many options, each as {@link #adjustStock} does, with a few statements for all of them. A
     * row with an idempotency key is the same call as a single one with that key.
     *
     * @param adjustments up to {@value BulkReport#MAX_ROWS}
     * @return of each row the stock after it, or why it was refused; only stock if it is all or nothing
     * @throws CommerceException VALIDATION_ERROR if an argument is null or has a null row, or there are too many; and,
     *     if it is all or nothing, as {@link #adjustStock} would refuse the first row that is to blame, and if two rows
     *     have one key
     * @throws StorageException if it is all or nothing and the database could not do it
     */
    public BulkReport<StockLevel> adjustStockAll(List<AdjustStock> adjustments, BulkMode mode) {
        List<ChangeStock.Request> requests = entries(adjustments, "adjustments", 0, BulkReport.MAX_ROWS).stream()
                .map(ChangeStock.Request::of)
                .toList();
        return new BulkCall<>(adjust, "products.adjustStockAll", "adjustments", (ChangeStock.Request row) -> {})
                .perform(requests, mode, context);
    }

    /**
     * Lists the changes of an option's stock on hand other than sales, newest first. Nothing updates or deletes one.
     *
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if there is no such option
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
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

    /**
     * Finds the latest snapshot of popular products; empty if there is none.
     *
     * @throws StorageException if the database could not do it
     */
    public Optional<PopularProducts> findPopular() {
        return context.transactions()
                .run("products.findPopular", stores -> stores.popularity().latest());
    }

    /**
     * Lists the stored snapshots of popular products, the latest first.
     *
     * @throws CommerceException VALIDATION_ERROR if the page is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
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
     * @throws StorageException if the database could not do it
     */
    public PopularProducts recountPopular(PopularProducts snapshot) {
        required(snapshot, "snapshot");
        return context.transactions()
                .scan(
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

    private void requireSound(NewProduct product) {
        product.complete();
        context.settings().inCurrency(product.details().price(), "details.price");
    }

    private void requireSound(ProductChange asked) {
        if (asked.complete().price() != null) {
            context.settings().inCurrency(asked.price(), "price");
        }
    }
}
