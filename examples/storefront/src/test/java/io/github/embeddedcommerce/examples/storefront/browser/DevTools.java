package io.github.embeddedcommerce.examples.storefront.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The DevTools protocol over one web socket: calls with answers, and events. For one caller at a time. */
final class DevTools implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> sessions = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final WebSocket socket;

    DevTools(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Incoming())
                .join();
    }

    /** Calls the browser itself. */
    JsonNode call(String method, Map<String, ?> parameters) {
        return call(null, method, parameters);
    }

    /** Calls the tab of this session. */
    JsonNode call(@Nullable String session, String method, Map<String, ?> parameters) {
        long id = ids.incrementAndGet();
        Map<String, Object> message = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        socket.sendText(new String(Json.write(message), StandardCharsets.UTF_8), true)
                .join();
        JsonNode told = await(method, answer);
        if (told.has("error")) {
            throw new AssertionError(method + ": " + told.at("/error/message").asText());
        }
        return told.path("result");
    }

    private static JsonNode await(String method, CompletableFuture<JsonNode> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException failure) {
            throw new AssertionError(method + " was not answered", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** From now on, the events of this session are told to it. */
    void listen(String session, Consumer<JsonNode> listener) {
        sessions.put(session, listener);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Incoming implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = Json.read(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
                if (message.has("id")) {
                    Optional.ofNullable(calls.remove(message.get("id").longValue()))
                            .ifPresent(call -> call.complete(message));
                } else {
                    Optional.ofNullable(sessions.get(message.path("sessionId").asText()))
                            .ifPresent(listener -> listener.accept(message));
                }
            }
            from.request(1);
            return null;
        }
    }
}
