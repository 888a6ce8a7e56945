package io.github.embeddedcommerce.examples.storefront.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SelectableChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;

/** The server without a shop. */
class WebServerTest {
    /** More than the fifty that a server lets wait by default, and fewer than any system does. */
    private static final int CROWD = 100;

    @Test
    void a_route_that_fails_is_answered_in_json_whatever_it_throws() throws IOException, InterruptedException {
        List<Route> routes = List.of(
                Route.get("/exception", call -> {
                    throw new IllegalStateException("on purpose");
                }),
                Route.get("/error", call -> {
                    throw new LinkageError("on purpose");
                }));
        try (WebServer server = WebServer.start("127.0.0.1", 0, routes)) {
            for (Route route : routes) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + route.path()))
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                                .get("errorCode")
                                .textValue())
                        .as(route.path())
                        .isEqualTo("INTERNAL_ERROR");
            }
        }
    }

    @Test
    void a_crowd_that_comes_at_once_is_let_in() throws IOException {
        CountDownLatch opened = new CountDownLatch(1);
        List<Socket> crowd = new ArrayList<>();
        try (WebServer server = WebServer.start(
                "127.0.0.1", 0, List.of(), config -> config.jetty.modifyServer(jetty -> shut(jetty, opened)))) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            for (int i = 0; i < CROWD; i++) {
                Socket visitor = new Socket();
                crowd.add(visitor);
                visitor.connect(address, 900); // one that is not let in at once is let in after a second
            }
            opened.countDown();
        } finally {
            opened.countDown();
            for (Socket visitor : crowd) {
                visitor.close();
            }
        }
    }

    /** Accepts nobody before it is opened. */
    private static void shut(Server server, CountDownLatch opened) {
        SelectorManager.AcceptListener door = new SelectorManager.AcceptListener() {
            @Override
            public void onAccepting(SelectableChannel channel) {
                try {
                    opened.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                for (Connector connector : server.getConnectors()) {
                    ((ServerConnector) connector).addBean(door);
                }
            }
        });
    }
}
