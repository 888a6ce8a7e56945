package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.examples.storefront.http.WebServer;
import io.github.embeddedcommerce.product.OptionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** What machines ask: is it well, how much is it doing, what can be called. */
public final class SystemRoutes {
    private final CommerceFacade shop;
    private final Supplier<String> metrics;
    private final byte[] openApi = openApi();

    /** @param metrics the figures, in the text format of Prometheus */
    public SystemRoutes(CommerceFacade shop, Supplier<String> metrics) {
        this.shop = shop;
        this.metrics = metrics;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/health", this::health),
                Route.get("/metrics", this::metrics),
                Route.get("/openapi.json", this::openApi));
    }

    record Health(String status) {}

    /** Any read will do: it fails, and is answered with 503, if the database does not answer. */
    private Health health(Call call) {
        call.query();
        shop.products().findStock(new OptionId(1));
        return new Health("ok");
    }

    private WebServer.Text metrics(Call call) {
        return new WebServer.Text("text/plain; version=0.0.4; charset=utf-8", metrics.get());
    }

    private WebServer.Text openApi(Call call) {
        return new WebServer.Text("application/json", new ByteArrayInputStream(openApi));
    }

    private static byte[] openApi() {
        try (InputStream file = Objects.requireNonNull(SystemRoutes.class.getResourceAsStream("/openapi.json"))) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
