package io.github.embeddedcommerce.examples.storefront;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.examples.storefront.admin.AdminToken;
import io.github.embeddedcommerce.examples.storefront.admin.CatalogRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.CouponAdminRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.DeadLetterRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.Figures;
import io.github.embeddedcommerce.examples.storefront.admin.OperationsRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.OrderDeskRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.PaymentDeskRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.SalesRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.StockRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.UserDeskRoutes;
import io.github.embeddedcommerce.examples.storefront.api.CartRoutes;
import io.github.embeddedcommerce.examples.storefront.api.CouponRoutes;
import io.github.embeddedcommerce.examples.storefront.api.OrderRoutes;
import io.github.embeddedcommerce.examples.storefront.api.ProductRoutes;
import io.github.embeddedcommerce.examples.storefront.api.SystemRoutes;
import io.github.embeddedcommerce.examples.storefront.api.UserRoutes;
import io.github.embeddedcommerce.examples.storefront.card.CardProvider;
import io.github.embeddedcommerce.examples.storefront.card.CardRoutes;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.examples.storefront.http.WebServer;
import io.github.embeddedcommerce.micrometer.MicrometerListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole application: the shop, its jobs and its server, begun together and ended in turn. Thread-safe. */
final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private static final Duration REFUNDS = Duration.ofSeconds(2);

    private final CommerceFacade shop;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private List<Route> routes = List.of();
    private int port;

    private Host(CommerceFacade shop) {
        this.shop = shop;
        open.push(shop);
    }

    /**
     * How it is run.
     *
     * @param address the one to bind to
     * @param port 0 for any that is free
     * @param startingBalance what a new user gets
     * @param patience how long a call may wait for the database
     */
    record Settings(
            String address, int port, AdminToken token, Money startingBalance, Duration patience, EventSink sink) {}

    /** Opens the shop, does what is to be done before customers come, schedules the jobs and begins to serve. */
    static Host start(Database database, Settings settings, Clock clock, DemoData demo) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Figures figures = new Figures(Clock.systemUTC());
        Host host =
                new Host(database.open(settings.patience(), clock, List.of(new MicrometerListener(metrics), figures)));
        try {
            demo.fill(host.shop, clock);
            CardProvider provider = new CardProvider();
            host.open.push(provider);
            CardRoutes cards = new CardRoutes(host.shop, provider);
            Schedule schedule = Schedule.start(host.shop.jobs(), settings.sink(), figures, clock);
            host.open.push(schedule);
            schedule.every(REFUNDS, "refunds", cards::refund);
            OperationsRoutes operations = new OperationsRoutes(host.shop, figures);
            host.open.push(operations);
            host.routes = host.routes(settings, clock, metrics, operations, cards);
            WebServer server = WebServer.start(settings.address(), settings.port(), host.routes);
            host.open.push(server);
            host.port = server.port();
            provider.tell(URI.create("http://" + reachable(settings.address()) + ":" + host.port + "/webhooks/card"));
            return host;
        } catch (RuntimeException failure) {
            host.close();
            throw failure;
        }
    }

    private List<Route> routes(
            Settings settings,
            Clock clock,
            PrometheusMeterRegistry metrics,
            OperationsRoutes operations,
            CardRoutes cards) {
        List<Route> forAll = Stream.of(
                        new ProductRoutes(shop).routes(),
                        new UserRoutes(shop, settings.startingBalance()).routes(),
                        new CartRoutes(shop).routes(),
                        new OrderRoutes(shop).routes(),
                        cards.routes(),
                        new CouponRoutes(shop, clock).routes(),
                        new SystemRoutes(shop, metrics::scrape).routes())
                .flatMap(List::stream)
                .toList();
        List<Route> forStaff = Stream.of(
                        new CatalogRoutes(shop).routes(),
                        new StockRoutes(shop).routes(),
                        new CouponAdminRoutes(shop).routes(),
                        new OrderDeskRoutes(shop).routes(),
                        new SalesRoutes(shop).routes(),
                        new UserDeskRoutes(shop).routes(),
                        new PaymentDeskRoutes(shop).routes(),
                        new DeadLetterRoutes(shop).routes(),
                        operations.routes())
                .flatMap(List::stream)
                .toList();
        return Stream.concat(forAll.stream(), settings.token().guard(forStaff).stream())
                .toList();
    }

    /** Where a process of the same machine reaches what is bound to this address. */
    private static String reachable(String address) {
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "127.0.0.1";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /** The port that it listens on. */
    int port() {
        return port;
    }

    /** What there is to call. */
    List<Route> routes() {
        return routes;
    }

    /** The shop itself. */
    CommerceFacade shop() {
        return shop;
    }

    /** Lets running calls end, then stops the jobs, then closes the shop. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                LOG.warn("did not end cleanly", failure);
            }
        }
    }
}
