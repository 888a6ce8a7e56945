package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.api.Cursors;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.order.Sales;
import io.github.embeddedcommerce.order.SalesOfDay;
import io.github.embeddedcommerce.order.SalesOfProduct;
import io.github.embeddedcommerce.page.Page;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was sold, by day and by product. */
public final class SalesRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public SalesRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(Route.get("/admin/sales/days", this::days), Route.get("/admin/sales/products", this::products));
    }

    record Figures(long orders, long units, long returned, long revenue, long discounts, long refunds) {
        static Figures of(Sales sales) {
            return new Figures(
                    sales.orders(),
                    sales.units(),
                    sales.returned(),
                    Won.in(sales.revenue()),
                    Won.in(sales.discounts()),
                    Won.in(sales.refunds()));
        }
    }

    record Days(List<Day> days) {}

    record Day(String day, Figures sales) {
        static Day of(SalesOfDay sold) {
            return new Day(sold.day().toString(), Figures.of(sold.sales()));
        }
    }

    record Products(List<Sold> products, @Nullable String nextCursor) {}

    record Sold(long productId, Figures sales) {
        static Sold of(SalesOfProduct sold) {
            return new Sold(sold.product().value(), Figures.of(sold.sales()));
        }
    }

    private Days days(Call call) {
        Query query = call.query("zone", "from", "until");
        ZoneId zone = query.zone("zone").orElse(ZoneOffset.UTC);
        return new Days(shop
                .figures()
                .getByDay(
                        zone,
                        query.day("from").orElseThrow(() -> Refusals.of("from", "is missing")),
                        query.day("until").orElseThrow(() -> Refusals.of("until", "is missing")))
                .stream()
                .map(Day::of)
                .toList());
    }

    private Products products(Call call) {
        Query query = call.query("from", "until", "cursor", "size");
        Instant from = query.time("from").orElseThrow(() -> Refusals.of("from", "is missing"));
        Instant until = query.time("until").orElseThrow(() -> Refusals.of("until", "is missing"));
        Page<SalesOfProduct> page = shop.figures().listByProduct(from, until, query.page());
        return new Products(page.map(Sold::of).items(), Cursors.text(page.next()));
    }
}
