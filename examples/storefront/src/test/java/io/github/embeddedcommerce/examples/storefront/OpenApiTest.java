package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and the server say the same, and bodies are read as the document has them. */
@Tag("E1")
@Tag("E2")
class OpenApiTest {
    private static TestHost shop;

    @BeforeAll
    static void open() {
        shop = new TestHost();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void the_document_has_the_routes_of_the_server_and_no_others() {
        List<String> documented = OpenApi.operations().stream()
                .map(operation -> operation.method() + " " + operation.path())
                .toList();
        List<String> served = shop.host.routes().stream()
                .map(route -> route.method().name() + " " + route.path())
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(served).doesNotHaveDuplicates();
    }

    @Test
    void the_document_has_the_statuses_of_the_server() {
        Map<String, JsonNode> responses = new HashMap<>();
        OpenApi.operations()
                .forEach(operation -> responses.put(
                        operation.method() + operation.path(), operation.node().get("responses")));
        assertThat(shop.host.routes())
                .allSatisfy(route -> assertThat(responses
                                .getOrDefault(route.method().name() + route.path(), MissingNode.getInstance())
                                .has(Integer.toString(route.status())))
                        .as(route.path())
                        .isTrue());
    }

    @Test
    void it_is_served() {
        assertThat(shop.client.get("/openapi.json").expect(200)).isEqualTo(OpenApi.DOCUMENT);
    }

    @Test
    void every_unknown_field_is_refused_with_its_name() {
        for (OpenApi.Operation operation : withBodies()) {
            ObjectNode body = example(operation);
            body.put("surprise", 1);
            send(operation, body).invalid("surprise");
        }
    }

    @Test
    void every_field_of_the_wrong_type_is_refused_with_its_name() {
        int tried = 0;
        for (OpenApi.Operation operation : withBodies()) {
            for (Map.Entry<String, JsonNode> property : example(operation).properties()) {
                ObjectNode body = example(operation);
                body.putObject(property.getKey());
                send(operation, body).invalid(property.getKey());
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(30);
    }

    @Test
    void every_missing_field_is_refused_with_its_name() {
        for (OpenApi.Operation operation : withBodies()) {
            for (JsonNode name : schema(operation).path("required")) {
                ObjectNode body = example(operation);
                body.remove(name.textValue());
                send(operation, body).invalid(name.textValue());
            }
        }
    }

    @Test
    void every_unknown_parameter_is_refused_with_its_name() {
        for (OpenApi.Operation operation : OpenApi.operations()) {
            boolean aDocument =
                    operation.path().equals("/metrics") || operation.path().equals("/openapi.json");
            if (operation.method().equals("GET") && !aDocument) {
                shop.client.staff(operation.filled(1) + "?surprise=1").invalid("surprise");
            }
        }
    }

    @Test
    void every_path_with_a_malformed_id_is_refused_with_its_name() {
        for (OpenApi.Operation operation : OpenApi.operations()) {
            if (operation.path().contains("{")) {
                String path = operation.path().replaceAll("\\{\\w+}", "x");
                ObjectNode body = operation.body() == null ? JsonNodeFactory.instance.objectNode() : example(operation);
                JsonNode error = shop.client
                        .staff(operation.method(), path, operation.method().equals("GET") ? "" : body.toString())
                        .refused(400, "VALIDATION_ERROR");
                assertThat(operation.path()).contains("{" + error.get("field").textValue() + "}");
            }
        }
    }

    @Test
    void every_call_of_the_back_office_needs_the_token() {
        for (OpenApi.Operation operation : OpenApi.operations()) {
            if (operation.path().startsWith("/admin")) {
                String path = operation.filled(1);
                shop.client
                        .send(shop.client.json(operation.method(), path, "{}"))
                        .refused(401, "UNAUTHORIZED");
                shop.client
                        .send(shop.client.json(operation.method(), path, "{}").header("Authorization", "Bearer guess"))
                        .refused(401, "UNAUTHORIZED");
            }
        }
    }

    @Test
    void a_key_is_taken_by_the_calls_that_say_so_and_no_others() {
        shop.order(shop.user(0), shop.option("KEYED", 1, 1), 1).expect(201); // for those that look for an order first
        for (OpenApi.Operation operation : withBodies()) {
            if (operation.path().contains("flash-sales")) { // would begin
                continue;
            }
            boolean documented = operation
                    .node()
                    .path("parameters")
                    .findValuesAsText("$ref")
                    .contains("#/components/parameters/IdempotencyKey");
            JsonNode answer = shop.client
                    .send(shop.client
                            .json(
                                    operation.method(),
                                    operation.filled(1),
                                    example(operation).toString())
                            .header("X-Admin-Token", TestHost.TOKEN)
                            .header("Idempotency-Key", "one")
                            .header("Idempotency-Key", "two"))
                    .json();
            assertThat(answer.path("field").asText().equals("Idempotency-Key"))
                    .as("%s %s: %s", operation.method(), operation.path(), answer)
                    .isEqualTo(documented);
        }
    }

    @Test
    void no_input_makes_the_server_fail() {
        assertThat(OddInput.inBodies(shop.client)).isGreaterThan(500);
        assertThat(OddInput.inQueries(shop.client)).isGreaterThan(300);
    }

    private static List<OpenApi.Operation> withBodies() {
        return OpenApi.operations().stream()
                .filter(operation -> operation.body() != null)
                .toList();
    }

    private static JsonNode schema(OpenApi.Operation operation) {
        return Objects.requireNonNull(operation.body());
    }

    private static ObjectNode example(OpenApi.Operation operation) {
        JsonNode example = schema(operation).path("example");
        return example.isMissingNode() ? JsonNodeFactory.instance.objectNode() : example.deepCopy();
    }

    private static Client.Answer send(OpenApi.Operation operation, ObjectNode body) {
        return shop.client.staff(operation.method(), operation.filled(1), body.toString());
    }
}
