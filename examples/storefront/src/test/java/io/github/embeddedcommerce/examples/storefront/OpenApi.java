package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document, and what must hold of an answer if the document is right. Understands as much as it uses. */
final class OpenApi {
    static final JsonNode DOCUMENT = read();

    private OpenApi() {}

    /** One call of the document. */
    record Operation(String method, String path, JsonNode node) {
        /** The schema of the body; null if it has none. */
        @Nullable
        JsonNode body() {
            JsonNode schema = node.at("/requestBody/content/application~1json/schema");
            return schema.isMissingNode() ? null : resolved(schema);
        }

        /** The path with this number for every parameter. */
        String filled(long id) {
            return path.replaceAll("\\{\\w+}", Long.toString(id));
        }
    }

    static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        DOCUMENT.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    /** Holds an answer against the document, if the path is one of the API. */
    static void check(HttpRequest request, Client.Answer answer) {
        String path = request.uri().getPath();
        for (Operation operation : operations()) {
            boolean exact = operation.path().equals(path);
            boolean fits = exact
                    || (path.matches(pattern(operation.path()))
                            && operations().stream()
                                    .noneMatch(other -> other.path().equals(path)));
            if (fits && operation.method().equals(request.method())) {
                check(operation, answer);
            }
        }
    }

    private static String pattern(String path) {
        return Pattern.compile("\\{\\w+}").matcher(path).replaceAll("[^/]+");
    }

    private static void check(Operation operation, Client.Answer answer) {
        JsonNode response = operation.node().get("responses").get(Integer.toString(answer.status()));
        boolean ofHttp = answer.status() == 413;
        if (response == null && ofHttp) {
            response = DOCUMENT.at("/components/responses/Refused");
        }
        assertThat(response)
                .as(
                        "%s %s does not promise %d: %s",
                        operation.method(),
                        operation.path(),
                        answer.status(),
                        answer.response().body())
                .isNotNull();
        JsonNode content = resolved(Objects.requireNonNull(response)).path("content");
        if (content.isMissingNode()) {
            assertThat(answer.response().body()).isEmpty();
            return;
        }
        String type = answer.response().headers().firstValue("Content-Type").orElse("");
        assertThat(content.has(type)).as("%s is not among %s", type, content).isTrue();
        if (type.equals("application/json")) {
            match(answer.json(), content.get(type).get("schema"), operation.path());
        }
    }

    private static void match(JsonNode value, JsonNode schemaOrReference, String at) {
        JsonNode schema = resolved(schemaOrReference);
        if (schema.has("oneOf")) {
            if (!value.isNull()) {
                match(value, schema.get("oneOf").get(0), at);
            }
            return;
        }
        assertThat(types(schema)).as("%s: %s", at, value).containsAnyOf(type(value), widened(value));
        if (schema.has("enum") && !value.isNull()) {
            assertThat(schema.get("enum").toString()).as(at).contains(value.toString());
        }
        if (schema.has("minimum") && value.isNumber()) {
            assertThat(value.longValue())
                    .as(at)
                    .isGreaterThanOrEqualTo(schema.get("minimum").longValue());
        }
        if (value.isArray()) {
            value.forEach(entry -> match(entry, schema.get("items"), at + "[]"));
        }
        if (value.isObject() && schema.has("properties")) {
            Set<String> names = new TreeSet<>();
            value.fieldNames().forEachRemaining(names::add);
            Set<String> known = new TreeSet<>();
            schema.get("properties").fieldNames().forEachRemaining(known::add);
            assertThat(known).as(at).containsAll(names);
            schema.path("required").forEach(name -> assertThat(names).as(at).contains(name.textValue()));
            for (Map.Entry<String, JsonNode> property : value.properties()) {
                match(
                        property.getValue(),
                        schema.get("properties").get(property.getKey()),
                        at + "." + property.getKey());
            }
        }
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.get("type");
        if (type.isTextual()) {
            return List.of(type.textValue());
        }
        List<String> types = new ArrayList<>();
        type.forEach(one -> types.add(one.textValue()));
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            default -> value.isIntegralNumber() ? "integer" : "number";
        };
    }

    /** Every whole number is a number. */
    private static String widened(JsonNode value) {
        return value.isNumber() ? "number" : type(value);
    }

    static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private static JsonNode read() {
        try (InputStream file = Objects.requireNonNull(OpenApi.class.getResourceAsStream("/openapi.json"))) {
            return Json.read(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
