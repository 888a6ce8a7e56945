package io.github.embeddedcommerce.examples.storefront.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server without a shop. */
class WebServerTest {
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
}
