package io.github.embeddedcommerce.examples.storefront.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

/** Answers that are read slowly, or not at all. */
class SlowReadersTest {
    private static final int THREADS = 8;
    private static final int MORE_THAN_THE_SYSTEM_TAKES = 10_000_000;
    private static final String GET = "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void they_hold_no_thread() throws IOException, InterruptedException {
        String large = "x".repeat(MORE_THAN_THE_SYSTEM_TAKES / 2);
        List<Route> routes = List.of(
                Route.get("/large", call -> new WebServer.Text("text/plain", large)),
                Route.get("/small", call -> new WebServer.Text("text/plain", "x")));
        List<Socket> readers = new ArrayList<>();
        try (WebServer server = WebServer.start(
                "127.0.0.1", 0, routes, config -> config.jetty.threadPool = new QueuedThreadPool(THREADS))) {
            for (int i = 0; i < THREADS; i++) {
                readers.add(asking(server.port()));
            }
            HttpRequest small = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/small"))
                    .timeout(Duration.ofSeconds(3)) // less than the silence after which a reader is given up
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(small, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            for (Socket reader : readers) {
                assertThat(reader.getInputStream().readNBytes(15))
                        .asString(US_ASCII)
                        .isEqualTo("HTTP/1.1 200 OK");
            }
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    @Test
    void one_that_never_ends_is_not_waited_for() throws Exception {
        Server server = serving(new WholeAnswer(Long.MAX_VALUE, Duration.ofMillis(500)));
        try (Socket reader = asking(port(server))) {
            InputStream answer = reader.getInputStream();
            byte[] bytes = new byte[1_000];
            int read = 0;
            for (int more = answer.read(bytes); more > 0; more = answer.read(bytes)) {
                read += more;
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(read).isLessThan(MORE_THAN_THE_SYSTEM_TAKES);
        } catch (IOException closed) {
            assertThat(closed).hasMessageContaining("reset");
        } finally {
            server.stop();
        }
    }

    @Test
    void no_more_answers_wait_than_there_is_room_for() throws Exception {
        Server server = serving(new WholeAnswer(3L * MORE_THAN_THE_SYSTEM_TAKES / 2, Duration.ofMinutes(1)));
        try (Socket first = asking(port(server))) {
            first.getInputStream().readNBytes(1_000);
            try (Socket second = asking(port(server))) {
                assertThat(lengthRead(second)).isLessThan(MORE_THAN_THE_SYSTEM_TAKES);
            }
            assertThat(lengthRead(first)).isGreaterThan(MORE_THAN_THE_SYSTEM_TAKES - 1_000);
            try (Socket third = asking(port(server))) {
                assertThat(lengthRead(third)).isGreaterThan(MORE_THAN_THE_SYSTEM_TAKES);
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void answers_that_are_sent_by_other_threads_do_not_get_into_each_others_way() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        WholeAnswer answers = new WholeAnswer(Long.MAX_VALUE, Duration.ofMinutes(1));
        Server server = serving(
                answers,
                (response, callback) -> response.getRequest().getContext().execute(() -> {
                    try {
                        response.write(true, ByteBuffer.allocate(10), Callback.NOOP);
                        callback.succeeded();
                    } catch (RuntimeException failure) {
                        failures.add(failure);
                    }
                }));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(server)))
                .build();
        try {
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < 300; i++) {
                assertThat(client.send(request, BodyHandlers.ofString()).body()).hasSize(10);
            }
        } finally {
            server.stop();
        }
        assertThat(failures).isEmpty();
    }

    private static long lengthRead(Socket reader) {
        long length = 0;
        try {
            InputStream answer = reader.getInputStream();
            byte[] bytes = new byte[100_000];
            for (int read = answer.read(bytes); read > 0; read = answer.read(bytes)) {
                length += read;
            }
        } catch (IOException closed) {
            return length;
        }
        return length;
    }

    private static Socket asking(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_000);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(GET.getBytes(US_ASCII));
        return socket;
    }

    private static Server serving(WholeAnswer answers) throws Exception {
        return serving(answers, (response, callback) -> {
            response.getHeaders().put("Connection", "close");
            response.write(true, ByteBuffer.allocate(MORE_THAN_THE_SYSTEM_TAKES), callback);
        });
    }

    private static Server serving(WholeAnswer answers, BiConsumer<Response, Callback> answer) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        answers.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                answer.accept(response, callback);
                return true;
            }
        });
        server.setHandler(answers);
        server.start();
        return server;
    }

    private static int port(Server server) {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }
}
