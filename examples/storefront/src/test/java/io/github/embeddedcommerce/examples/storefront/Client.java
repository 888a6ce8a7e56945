package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls the storefront over HTTP. Every answer of its API is held against the OpenAPI document. Thread-safe. */
final class Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
        }

        JsonNode expect(int status) {
            assertThat(status()).as(response.body()).isEqualTo(status);
            return response.body().isEmpty() ? Json.read(new byte[] {'{', '}'}) : json();
        }

        /** The error body of a refusal with this status and code. */
        JsonNode refused(int status, String code) {
            JsonNode error = expect(status);
            assertThat(error.get("errorCode").textValue()).as(response.body()).isEqualTo(code);
            return error;
        }

        /** A VALIDATION_ERROR for this field. */
        void invalid(String field) {
            JsonNode error = refused(400, "VALIDATION_ERROR");
            assertThat(error.path("field").asText()).as(response.body()).isEqualTo(field);
            assertThat(error.get("message").textValue()).startsWith(field);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return send(json("POST", path, body));
    }

    Answer post(String path, String body, String key) {
        return send(json("POST", path, body).header("Idempotency-Key", key));
    }

    Answer patch(String path, String body) {
        return send(json("PATCH", path, body));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer staff(String method, String path, String body) {
        return send(json(method, path, body).header("Authorization", "Bearer " + TestHost.TOKEN));
    }

    Answer staff(String path) {
        return send(request(path).GET().header("X-Admin-Token", TestHost.TOKEN));
    }

    CompletableFuture<Answer> later(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Answer::new);
    }

    HttpRequest.Builder json(String method, String path, String body) {
        return request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    Answer send(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        try {
            Answer answer = new Answer(http.send(built, BodyHandlers.ofString()));
            OpenApi.check(built, answer);
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
