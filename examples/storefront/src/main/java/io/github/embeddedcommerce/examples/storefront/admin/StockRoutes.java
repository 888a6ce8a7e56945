package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.examples.storefront.api.Cursors;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockQuery;
import java.util.List;
import java.util.OptionalLong;

/** Stock: received, corrected, and the history of it. */
public final class StockRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public StockRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/admin/stock", this::list),
                Route.create("/admin/options/{productOptionId}/receipts", this::receive),
                Route.create("/admin/options/{productOptionId}/adjustments", this::adjust),
                Route.get("/admin/options/{productOptionId}/stock-changes", this::changes));
    }

    /** The fewest available first. */
    private CatalogViews.Stock list(Call call) {
        Query query = call.query("productId", "maxAvailable", "cursor", "size");
        StockQuery wanted = StockQuery.all();
        OptionalLong product = query.id("productId");
        wanted = product.isPresent() ? wanted.ofProduct(new ProductId(product.getAsLong())) : wanted;
        OptionalLong most = query.wholeNumber("maxAvailable");
        wanted = most.isPresent() ? wanted.withAtMost(most.getAsLong()) : wanted;
        Page<StockEntry> page = shop.backOffice().listStock(wanted, query.page());
        return new CatalogViews.Stock(page.map(CatalogViews.Entry::of).items(), Cursors.text(page.next()));
    }

    private CatalogViews.Level receive(Call call) {
        Body body = call.body("quantity", "note");
        ReceiveStock request = ReceiveStock.of(option(call), body.wholeNumber("quantity"))
                .withNote(body.optionalText("note").orElse(""));
        return CatalogViews.Level.of(
                shop.products().receiveStock(call.key().map(request::withKey).orElse(request)));
    }

    private CatalogViews.Level adjust(Call call) {
        Body body = call.body("quantity", "note");
        AdjustStock request = AdjustStock.of(option(call), body.wholeNumber("quantity"), body.text("note"));
        return CatalogViews.Level.of(
                shop.products().adjustStock(call.key().map(request::withKey).orElse(request)));
    }

    private CatalogViews.Changes changes(Call call) {
        Page<StockChange> page = shop.products()
                .listStockChanges(option(call), call.query("cursor", "size").page());
        return new CatalogViews.Changes(page.map(CatalogViews.Change::of).items(), Cursors.text(page.next()));
    }

    private static OptionId option(Call call) {
        return new OptionId(call.id("productOptionId"));
    }
}
