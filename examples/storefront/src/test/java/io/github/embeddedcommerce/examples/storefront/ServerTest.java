package io.github.embeddedcommerce.examples.storefront;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server does with bad manners, a busy database, and at its end. */
class ServerTest {
    private static final int CONNECTIONS = 10;
    private static final int SLOW_CLIENTS = 300;

    @Test
    @Tag("E2")
    void what_http_has_a_status_for_is_answered_with_it_in_json() {
        try (TestHost shop = new TestHost()) {
            Client client = shop.client;
            client.get("/api/nothing").refused(404, "NOT_FOUND");
            Client.Answer notAllowed = client.send(client.json("PUT", "/api/orders/1/payment", "{}"));
            notAllowed.refused(405, "METHOD_NOT_ALLOWED");
            assertThat(notAllowed.response().headers().firstValue("Allow")).hasValue("POST");
            client.send(client.request("/api/orders")
                            .header("Content-Type", "text/plain")
                            .POST(BodyPublishers.ofString("{}")))
                    .invalid("Content-Type");
            client.post("/api/orders", "x".repeat(64 * 1024 + 1)).refused(413, "VALIDATION_ERROR");
            client.get("/health").expect(200);
            assertThat(client.get("/metrics").response().body()).contains("commerce_use_case_seconds_count");
        }
    }

    @Test
    @Tag("T4")
    void a_database_that_is_too_busy_is_answered_with_503_and_when_to_come_again() throws InterruptedException {
        try (TestHost shop = new TestHost(Duration.ofSeconds(1), event -> {})) {
            shop.clock.hold();
            List<CompletableFuture<Client.Answer>> held = new ArrayList<>();
            for (int i = 0; i < 3 * CONNECTIONS; i++) { // a new connection can come too late on a busy machine
                held.add(shop.client.later(shop.client.json("POST", "/api/users", "{}")));
            }
            shop.clock.awaitHeld(CONNECTIONS);
            Client.Answer busy = shop.client.get("/health");
            busy.refused(503, "BUSY");
            assertThat(busy.response().headers().firstValue("Retry-After")).hasValue("1");
            shop.clock.release();
            held.forEach(CompletableFuture::join);
            shop.client.get("/health").expect(200);
        }
    }

    @Test
    void slow_clients_cannot_hold_the_server() throws IOException {
        try (TestHost shop = new TestHost()) {
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < SLOW_CLIENTS; i++) {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.host.port());
                    slow.add(socket);
                    socket.getOutputStream()
                            .write(("POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "Content-Length: 1000\r\n\r\n{")
                                    .getBytes(US_ASCII));
                }
                CompletableFuture<Client.Answer> answer = shop.client.later(shop.client
                        .request("/health")
                        .timeout(Duration.ofSeconds(5))
                        .GET());
                answer.join().expect(200);
                Socket first = slow.get(0);
                first.setSoTimeout(20_000);
                assertThat(first.getInputStream().readAllBytes())
                        .asString(US_ASCII)
                        .doesNotContain(" 200 ", " 201 ");
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void at_shutdown_running_calls_end_and_no_new_ones_begin() throws InterruptedException {
        TestHost shop = new TestHost();
        shop.clock.hold();
        CompletableFuture<Client.Answer> running = shop.client.later(shop.client.json("POST", "/api/users", "{}"));
        shop.clock.awaitHeld(1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(shop.host::close);
        while (isServed(shop.client)) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> closing.get(600, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(running).isNotDone();
        shop.clock.release();
        running.join().expect(201);
        closing.join();
    }

    private static boolean isServed(Client client) {
        try {
            return client.later(client.request("/openapi.json").GET()).join().status() == 200;
        } catch (CompletionException refused) {
            return false;
        }
    }
}
