package io.github.embeddedcommerce.examples.storefront;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.examples.storefront.admin.AdminToken;
import io.github.embeddedcommerce.examples.storefront.admin.CatalogRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.CouponAdminRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.DeadLetterRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.Figures;
import io.github.embeddedcommerce.examples.storefront.admin.OperationsRoutes;
import io.github.embeddedcommerce.examples.storefront.admin.StockRoutes;
import io.github.embeddedcommerce.examples.storefront.api.Announcements;
import io.github.embeddedcommerce.examples.storefront.api.CartRoutes;
import io.github.embeddedcommerce.examples.storefront.api.CouponRoutes;
import io.github.embeddedcommerce.examples.storefront.api.OrderRoutes;
import io.github.embeddedcommerce.examples.storefront.api.ProductRoutes;
import io.github.embeddedcommerce.examples.storefront.api.SystemRoutes;
import io.github.embeddedcommerce.examples.storefront.api.UserRoutes;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.examples.storefront.http.WebServer;
import io.github.embeddedcommerce.micrometer.MicrometerListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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

    private final CommerceFacade shop;
    private final Announcements announcements = new Announcements();
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
            demo.fill(host.shop, host.announcements, clock);
            host.open.push(Schedule.start(host.shop.jobs(), settings.sink(), figures, clock));
            OperationsRoutes operations = new OperationsRoutes(host.shop, figures);
            host.open.push(operations);
            host.routes = host.routes(settings, clock, metrics, operations);
            WebServer server = WebServer.start(settings.address(), settings.port(), host.routes);
            host.open.push(server);
            host.port = server.port();
            return host;
        } catch (RuntimeException failure) {
            host.close();
            throw failure;
        }
    }

    private List<Route> routes(
            Settings settings, Clock clock, PrometheusMeterRegistry metrics, OperationsRoutes operations) {
        List<Route> forAll = Stream.of(
                        new ProductRoutes(shop).routes(),
                        new UserRoutes(shop, settings.startingBalance()).routes(),
                        new CartRoutes(shop).routes(),
                        new OrderRoutes(shop).routes(),
                        new CouponRoutes(shop, announcements, clock).routes(),
                        new SystemRoutes(shop, metrics::scrape).routes())
                .flatMap(List::stream)
                .toList();
        List<Route> forStaff = Stream.of(
                        new CatalogRoutes(shop).routes(),
                        new StockRoutes(shop).routes(),
                        new CouponAdminRoutes(shop, announcements).routes(),
                        new DeadLetterRoutes(shop).routes(),
                        operations.routes())
                .flatMap(List::stream)
                .toList();
        return Stream.concat(forAll.stream(), settings.token().guard(forStaff).stream())
                .toList();
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
