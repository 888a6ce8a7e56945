package io.github.embeddedcommerce.examples.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storefront as it is started: a process of its own, with its options, on a file that outlives it. */
class ProcessTest {
    private static final Pattern LISTENING = Pattern.compile("shop +http://127\\.0\\.0\\.1:(\\d+)/");
    private static final String TOKEN = "50%off#1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_a_process_has_answered_the_next_one_knows() throws Exception {
        BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/events", exchange -> {
            events.add(Json.read(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
        String told = "http://127.0.0.1:" + listener.getAddress().getPort() + "/events";
        long order;
        try (Running first = new Running(folder, "--demo-data", "--event-url", told, "--starting-balance", "50000")) {
            assertThat(first.said).anyMatch(line -> line.endsWith("/admin.html#50%25off%231"));
            for (InetAddress address : NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList()) {
                assertThatThrownBy(() -> new Socket(address, first.port).close())
                        .as("%s", address)
                        .isInstanceOf(IOException.class);
            }
            Client client = new Client(first.port);
            long user = client.post("/api/users", "").expect(201).get("userId").longValue();
            order = client.post("/api/orders", """
                            {"userId": %d, "items": [{"productOptionId": 1, "quantity": 2}]}""".formatted(user))
                    .expect(201)
                    .get("orderId")
                    .longValue();
            assertThat(client.post("/api/orders/" + order + "/payment", TestHost.by(user))
                            .expect(200)
                            .get("remainingBalance")
                            .longValue())
                    .isEqualTo(14_000);
            assertThat(events.poll(30, TimeUnit.SECONDS)).isNotNull();
            first.askToEnd();
        } finally {
            listener.stop(0);
        }
        try (Running second = new Running(folder)) {
            Client client = new Client(second.port);
            assertThat(client.get("/api/orders/" + order)
                            .expect(200)
                            .get("status")
                            .textValue())
                    .isEqualTo("PAID");
            client.send(client.request("/admin/users")
                            .header("X-Admin-Token", TOKEN)
                            .GET())
                    .expect(200);
            second.askToEnd();
        }
    }

    /** A process that listens. */
    private static final class Running implements AutoCloseable {
        final List<String> said = new ArrayList<>();
        final int port;
        private final Process process;

        Running(Path folder, String... more) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Storefront.class.getName(),
                    "--port",
                    "0",
                    "--admin-token",
                    TOKEN,
                    "--url",
                    "jdbc:h2:file:" + folder.resolve("shop")));
            command.addAll(Arrays.asList(more));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            String line = output.readLine();
            for (; line != null && !line.contains("Ctrl-C stops"); line = output.readLine()) {
                said.add(line);
            }
            assertThat(line).as("it did not start: %s", said).isNotNull();
            Thread rest = new Thread(() -> output.lines().forEach(ignored -> {}), "output");
            rest.setDaemon(true);
            rest.start();
            port = said.stream()
                    .map(LISTENING::matcher)
                    .filter(Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .findFirst()
                    .orElseThrow();
        }

        void askToEnd() throws InterruptedException {
            process.toHandle().destroy();
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("has ended").isTrue();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
