package io.github.embeddedcommerce.examples.storefront.card;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.WebServer;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the provider has signed is sent again, byte for byte, by whoever has seen it. */
@Tag("M3")
class ReplayTest {
    private static final UserId ANN = new UserId("ann");

    @Test
    void a_signed_notice_settles_once_and_changes_nothing_when_it_is_sent_again() throws Exception {
        BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
        HttpServer wire = wire(seen);
        try (CommerceFacade shop = JdbcCommerce.open("jdbc:h2:mem:" + UUID.randomUUID(), null, null)
                        .build();
                CardProvider provider = new CardProvider();
                WebServer server = WebServer.start("127.0.0.1", 0, new CardRoutes(shop, provider).routes())) {
            provider.tell(URI.create("http://127.0.0.1:" + wire.getAddress().getPort() + "/"));
            Order order = order(shop);
            Payment begun = shop.payments().begin(BeginPayment.by(ANN, order.id(), "card"));
            long session = provider.open(begun.id().value(), 7_000).sessionId();
            provider.answer(session, CardProvider.Answer.SUCCEED, Duration.ZERO);
            byte[] notice = seen.poll(20, TimeUnit.SECONDS);
            assertThat(notice).isNotNull();

            byte[] altered = new String(notice, UTF_8).replace("7000", "7001").getBytes(UTF_8);
            assertThat(altered).isNotEqualTo(notice);
            assertThat(send(server, altered).body()).contains("signature");
            assertThat(shop.payments().get(begun.id()).state()).isEqualTo(PaymentState.BEGUN);

            HttpResponse<String> first = send(server, notice);
            Payment settled = shop.payments().get(begun.id());
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(settled.state()).isEqualTo(PaymentState.SETTLED);
            assertThat(send(server, notice).body()).isEqualTo(first.body());
            assertThat(shop.payments().get(begun.id())).isEqualTo(settled);
            assertThat(shop.payments().getParts(order.id())).hasSize(1);

            shop.orders().cancel(CancelOrder.by(ANN, order.id()));
            assertThat(send(server, notice).body()).isEqualTo(first.body());
            assertThat(shop.payments().get(begun.id()).state()).isEqualTo(PaymentState.SETTLED);
            assertThat(shop.payments()
                            .listRefunds(order.id(), PageRequest.first())
                            .items())
                    .hasSize(1);
            assertThat(shop.orders().get(ANN, order.id()).status()).isEqualTo(OrderStatus.CANCELLED);
            assertThat(told(shop))
                    .containsOnlyOnce(OrderEvent.Type.PAID)
                    .doesNotContain(OrderEvent.Type.PAYMENT_UNAPPLIED);
            assertThat(shop.jobs().audit().call().violations()).isEmpty();
        } finally {
            wire.stop(0);
        }
    }

    /** Where the provider believes the shop to be. */
    private static HttpServer wire(BlockingQueue<byte[]> seen) throws IOException {
        HttpServer wire = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        wire.createContext("/", exchange -> {
            seen.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        wire.start();
        return wire;
    }

    private static Order order(CommerceFacade shop) {
        shop.users().register(ANN);
        var option = shop.products()
                .register(NewProduct.of("Pot", "kitchen", Won.of(7_000)).withOption("POT", 5))
                .option("POT");
        return shop.orders().place(PlaceOrder.by(ANN).line(option.id(), 1));
    }

    private static HttpResponse<String> send(WebServer server, byte[] notice) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/webhooks/card"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(notice))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static List<OrderEvent.Type> told(CommerceFacade shop) {
        List<OrderEvent.Type> told = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) { // the events of one order come one after the other
            shop.jobs().deliverEvents(event -> told.add(event.type())).call();
        }
        return told;
    }
}
