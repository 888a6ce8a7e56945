package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Whatever a field, a parameter, a path or a key holds, the server does not fail: there is no 5xx. */
final class OddInput {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e3",
            "1e999999999",
            "-1e-999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "[]",
            "[null]",
            "[[[[]]]]",
            "{}",
            "\"\"",
            "\" \"",
            "\"x\\u0000y\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"'; drop table orders; --\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"" + "x".repeat(20_000) + "\"");

    private OddInput() {}

    /** Tries every value in every field of every call. */
    static int inBodies(Client client) {
        int tried = 0;
        for (OpenApi.Operation operation : OpenApi.operations()) {
            JsonNode schema = operation.body();
            if (schema == null || operation.path().contains("flash-sales")) {
                continue;
            }
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                for (String value : VALUES) {
                    ObjectNode body = schema.has("example")
                            ? schema.get("example").deepCopy()
                            : JsonNodeFactory.instance.objectNode();
                    String text = body.put(property.getKey(), "?").toString().replace("\"?\"", value);
                    answered(operation.path(), text, client.staff(operation.method(), operation.filled(1), text));
                    tried++;
                }
            }
        }
        return tried;
    }

    /** Tries every text in every parameter of every read. */
    static int inQueries(Client client) {
        int tried = 0;
        for (OpenApi.Operation operation : OpenApi.operations()) {
            for (JsonNode parameter : operation.node().path("parameters")) {
                if (!OpenApi.resolved(parameter).path("in").asText().equals("query")) {
                    continue;
                }
                String name = OpenApi.resolved(parameter).get("name").textValue();
                for (String value : VALUES) {
                    String text = value.startsWith("\"")
                            ? Json.read(value.getBytes(StandardCharsets.UTF_8)).textValue()
                            : value;
                    String bounded = text.substring(0, Math.min(text.length(), 5_000));
                    String query = "?" + name + "=" + URLEncoder.encode(bounded, StandardCharsets.UTF_8);
                    answered(operation.path(), query, client.staff(operation.filled(1) + query));
                    tried++;
                }
            }
        }
        return tried;
    }

    private static void answered(String path, String input, Client.Answer answer) {
        assertThat(answer.status())
                .as(
                        "%s with %s: %s",
                        path,
                        input.substring(0, Math.min(input.length(), 300)),
                        answer.response().body())
                .isLessThan(500);
    }
}
