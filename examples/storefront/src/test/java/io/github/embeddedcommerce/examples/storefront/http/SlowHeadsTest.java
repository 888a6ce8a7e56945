package io.github.embeddedcommerce.examples.storefront.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that come bit by bit. */
class SlowHeadsTest {
    private static final Duration LOOK = Duration.ofMillis(150);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory());

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        connector.addBean(new SlowHeads(connector, LOOK));
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.setStatus(204);
                callback.succeeded();
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void one_that_never_ends_is_not_waited_for() throws IOException {
        try (Socket socket = connect()) {
            assertThat(sent(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nX: ")).isTrue();
            int bytes = 0;
            while (bytes < 2_000 && sent(socket, "x")) {
                bytes++;
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(bytes).isBetween(2, 1_999);
        }
    }

    @Test
    void one_after_the_other_on_one_connection_is_served_for_as_long_as_they_come() throws IOException {
        try (Socket socket = connect()) {
            long end = System.nanoTime() + LOOK.multipliedBy(8).toNanos();
            byte[] answer = new byte[1_000];
            while (System.nanoTime() < end) {
                assertThat(sent(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                        .isTrue();
                int length = socket.getInputStream().read(answer);
                assertThat(new String(answer, 0, length, US_ASCII)).startsWith("HTTP/1.1 204");
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    }

    private static boolean sent(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
