package io.github.embeddedcommerce.examples.storefront;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
    @Tag("E2")
    void a_body_that_is_too_large_is_taken_in_before_it_is_refused_or_its_sender_would_not_see_the_answer()
            throws IOException {
        try (TestHost shop = new TestHost();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.host.port())) {
            socket.getOutputStream()
                    .write("POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n"
                            .getBytes(US_ASCII));
            socket.setSoTimeout(500);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            socket.getOutputStream().write(new byte[65_537]);
            socket.setSoTimeout(20_000);
            assertThat(socket.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    @Tag("E2")
    void the_method_is_that_of_the_request_line_whatever_a_header_says() {
        try (TestHost shop = new TestHost()) {
            String user = "/api/users/" + shop.user(0);
            String header = "X-HTTP-Method-Override";
            shop.client
                    .send(shop.client
                            .request("/api/users")
                            .header(header, "POST")
                            .GET())
                    .refused(405, "METHOD_NOT_ALLOWED");
            shop.client
                    .send(shop.client
                            .request(user + "/cart")
                            .header(header, "POST")
                            .GET())
                    .expect(200);
            shop.client
                    .send(shop.client.json("POST", "/api/users", "{}").header(header, "GET"))
                    .expect(201);
        }
    }

    @Test
    @Tag("E2")
    void what_is_no_http_is_answered_with_400_in_json() throws IOException {
        String post = "POST /api/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        List<String> malformed = List.of(
                "GET /health\r\n\r\n",
                "GET /health HTTP/3.0\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/products/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/products?size=% HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/products?size=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n",
                post + "Content-Length: -1\r\n\r\n{}",
                post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n",
                post + "Transfer-Encoding: gzip\r\n\r\n{}",
                post + "Content-Length: 99223372036854775807\r\n\r\n{}",
                post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                post + "Content-Length: 9\r\n\r\n{}",
                "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: one\r\nHost: two\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x/../y\r\n\r\n",
                "GET http://elsewhere/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /js/shop.js%00.html HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /js/%2e%2e/%2e%2e/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\r\n\r\n");
        try (TestHost shop = new TestHost()) {
            for (String request : malformed) {
                assertThat(sent(shop, request))
                        .as(request)
                        .startsWith("HTTP/1.1 400 ")
                        .contains("\"errorCode\":\"VALIDATION_ERROR\"", "\"timestamp\"");
            }
        }
    }

    private static String sent(TestHost shop, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.host.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    @Tag("E2")
    void a_head_is_what_get_would_be_without_its_body() {
        try (TestHost shop = new TestHost()) {
            for (String path : List.of(
                    "/health",
                    "/metrics",
                    "/api/products/top",
                    "/api/products/999",
                    "/api/products?size=x",
                    "/admin/users",
                    "/")) {
                Client.Answer get = shop.client.get(path);
                Client.Answer head =
                        shop.client.send(shop.client.request(path).method("HEAD", BodyPublishers.noBody()));
                assertThat(head.status()).as(path).isEqualTo(get.status());
                assertThat(head.response().body()).isEmpty();
                assertThat(head.response().headers().firstValue("Content-Type"))
                        .isEqualTo(get.response().headers().firstValue("Content-Type"));
            }
        }
    }

    @Test
    @Tag("E2")
    void who_has_no_token_is_told_how_to_send_it() {
        try (TestHost shop = new TestHost()) {
            Client.Answer refused = shop.client.get("/admin/users");
            refused.refused(401, "UNAUTHORIZED");
            assertThat(refused.response().headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer");
            shop.client
                    .send(shop.client
                            .request("/admin/users")
                            .header("Authorization", "bearer " + TestHost.TOKEN)
                            .GET())
                    .expect(200);
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
