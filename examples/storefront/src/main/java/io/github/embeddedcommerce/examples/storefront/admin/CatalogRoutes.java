package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/** Products, as those who run the shop register and change them. */
public final class CatalogRoutes {
    private static final String[] PRODUCT_FIELDS = {"name", "description", "category", "price", "onSale", "options"};
    private static final String[] OPTION_FIELDS = {"sku", "color", "size", "stock"};

    private final CommerceFacade shop;

    /** The routes of this shop. */
    public CatalogRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.create("/admin/products", this::register),
                Route.post("/admin/products/imports", this::importAll),
                Route.get("/admin/products", this::findBySku),
                Route.get("/admin/products/{productId}", this::get),
                Route.patch("/admin/products/{productId}", this::change),
                Route.create("/admin/products/{productId}/options", this::addOption));
    }

    private CatalogViews.Stocked register(Call call) {
        return stocked(shop.products().register(wanted(call.body(PRODUCT_FIELDS))));
    }

    /** Many at once, all or nothing or row by row. */
    private CatalogViews.Imported importAll(Call call) {
        Body body = call.body("mode", "products");
        BulkMode mode = body.constant("mode", BulkMode.class);
        List<NewProduct> products = body.objects("products", PRODUCT_FIELDS).stream()
                .map(CatalogRoutes::wanted)
                .toList();
        return CatalogViews.Imported.of(shop.products().registerAll(products, mode));
    }

    private static NewProduct wanted(Body body) {
        NewProduct product = NewProduct.of(body.text("name"), body.text("category"), price(body.wholeNumber("price")))
                .describedAs(body.optionalText("description").orElse(""));
        if (!body.optionalFlag("onSale").orElse(true)) {
            product = product.notOnSale();
        }
        List<Body> options = body.objects("options", OPTION_FIELDS);
        if (options.size() > NewProduct.MAX_OPTIONS) {
            throw Refusals.of("options", "must have at most " + NewProduct.MAX_OPTIONS + " entries");
        }
        for (Body option : options) {
            product = product.withOption(
                    option.text("sku"),
                    attributes(option),
                    option.optionalWholeNumber("stock").orElse(0));
        }
        return product;
    }

    /** 0 or more; anything else is refused by the shop. */
    private static Money price(long won) {
        return Won.of(won);
    }

    private static Map<String, String> attributes(Body option) {
        Map<String, String> attributes = new LinkedHashMap<>();
        option.optionalText("color").ifPresent(color -> attributes.put("color", color));
        option.optionalText("size").ifPresent(size -> attributes.put("size", size));
        return attributes;
    }

    private CatalogViews.Stocked findBySku(Call call) {
        String sku = call.query("sku").text("sku").orElseThrow(() -> Refusals.of("sku", "is missing"));
        return stocked(shop.products()
                .findBySku(sku)
                .orElseThrow(() -> new CommerceException(
                        ErrorCode.PRODUCT_OPTION_NOT_FOUND, "no option has the sku " + sku, Map.of("sku", sku))));
    }

    private CatalogViews.Stocked get(Call call) {
        call.query();
        return stocked(shop.products().get(product(call)));
    }

    private CatalogViews.Stocked change(Call call) {
        Body body = call.body("name", "description", "category", "price", "onSale");
        ProductChange change = ProductChange.none();
        change = body.optionalText("name").map(change::withName).orElse(change);
        change = body.optionalText("description").map(change::withDescription).orElse(change);
        change = body.optionalText("category").map(change::withCategory).orElse(change);
        if (body.optionalWholeNumber("price").isPresent()) {
            change = change.withPrice(price(body.wholeNumber("price")));
        }
        change = body.optionalFlag("onSale").map(change::withOnSale).orElse(change);
        shop.products().change(product(call), change);
        return stocked(shop.products().get(product(call)));
    }

    private CatalogViews.Stocked addOption(Call call) {
        Body body = call.body(OPTION_FIELDS);
        NewOption option = new NewOption(
                body.text("sku"),
                attributes(body),
                body.optionalWholeNumber("stock").orElse(0));
        return stocked(shop.products().addOption(product(call), option));
    }

    /** With the stock of each option, read in one transaction. */
    private CatalogViews.Stocked stocked(Product product) {
        return shop.inTransaction(inOne -> CatalogViews.Stocked.of(product, inOne.products()));
    }

    private static ProductId product(Call call) {
        return new ProductId(call.id("productId"));
    }
}
