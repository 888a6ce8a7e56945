package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.examples.storefront.api.Cursors;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.page.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that could not be delivered. */
public final class DeadLetterRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public DeadLetterRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/admin/dead-letters", this::list),
                Route.post("/admin/dead-letters/retry", this::retryAll),
                Route.post("/admin/dead-letters/{orderId}/retry", this::retry),
                Route.post("/admin/dead-letters/{orderId}/discard", this::discard));
    }

    record Letters(List<Letter> deadLetters, @Nullable String nextCursor) {}

    record Letter(
            String eventId, long orderId, String type, String occurredAt, String status, int tries, String error) {
        static Letter of(Delivery delivery) {
            return new Letter(
                    delivery.event().id(),
                    delivery.event().order().value(),
                    delivery.event().type().name(),
                    delivery.event().at().toString(),
                    delivery.status().name(),
                    delivery.tries(),
                    delivery.error());
        }
    }

    record Retried(long retried) {}

    private Letters list(Call call) {
        Page<Delivery> page =
                shop.deadLetters().list(call.query("cursor", "size").page());
        return new Letters(page.map(Letter::of).items(), Cursors.text(page.next()));
    }

    private Retried retryAll(Call call) {
        call.body();
        return new Retried(shop.deadLetters().retryAll());
    }

    private Letter retry(Call call) {
        call.body();
        return Letter.of(shop.deadLetters().retry(new OrderId(call.id("orderId"))));
    }

    private Letter discard(Call call) {
        call.body();
        return Letter.of(shop.deadLetters().discard(new OrderId(call.id("orderId"))));
    }
}
