package io.github.embeddedcommerce.examples.storefront;

import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Posts each event to a URL. Whatever does not answer with 2xx within a few seconds counts as failed: then the library
 * keeps the event and tries again, later. Thread-safe.
 */
final class WebhookSink implements EventSink {
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration ANSWERING = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECTING).build();

    WebhookSink(URI url) {
        this.url = url;
    }

    @Override
    public void deliver(OrderEvent event) throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("eventId", event.id());
        body.put("orderId", event.order().value());
        body.put("type", event.type().name());
        body.put("userId", event.user().value());
        body.put("occurredAt", event.at().toString());
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(ANSWERING)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
        if (response.statusCode() < OK || response.statusCode() >= REDIRECT) {
            throw new IOException(url + " answered " + response.statusCode());
        }
    }
}
