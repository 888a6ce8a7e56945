package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many at once, and the same call more than once. */
class ConcurrencyTest {
    private static TestHost shop;
    private static Client client;

    @BeforeAll
    static void open() {
        shop = new TestHost();
        client = shop.client;
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    @Tag("S1")
    @Tag("S2")
    void of_a_hundred_buyers_exactly_twenty_get_the_twenty_pieces() {
        long option = shop.option("SOUGHT", 1_000, 20);
        List<Long> buyers =
                IntStream.range(0, 100).mapToObj(i -> shop.user(1_000)).toList();
        List<CompletableFuture<Client.Answer>> orders = buyers.stream()
                .map(buyer -> client.later(client.json("POST", "/api/orders", """
                        {"userId": %d, "items": [{"productOptionId": %d, "quantity": 1}]}""".formatted(buyer, option))))
                .toList();
        int sold = 0;
        for (CompletableFuture<Client.Answer> order : orders) {
            Client.Answer answer = order.join();
            if (answer.status() == 201) {
                JsonNode placed = answer.json();
                shop.pay(placed.get("userId").longValue(), placed.get("orderId").longValue())
                        .expect(200);
                sold++;
            } else {
                answer.refused(400, "P002");
            }
        }
        assertThat(sold).isEqualTo(20);
    }

    @Test
    @Tag("T5")
    void a_repeated_key_gets_the_first_answer_and_changes_nothing() {
        long option = shop.option("KEYED", 100, 10);
        long user = shop.user(1_000);
        String order = "{\"userId\":" + user + ",\"items\":[{\"productOptionId\":" + option + ",\"quantity\":2}]}";
        JsonNode first = client.post("/api/orders", order, "order-1").expect(201);
        assertThat(client.post("/api/orders", order, "order-1").expect(201)).isEqualTo(first);
        client.post("/api/orders", order.replace("\"quantity\":2", "\"quantity\":3"), "order-1")
                .invalid("Idempotency-Key");

        String payment = "/api/orders/" + first.get("orderId") + "/payment";
        JsonNode paid = client.post(payment, TestHost.by(user), "pay-1").expect(200);
        assertThat(client.post(payment, TestHost.by(user), "pay-1").expect(200)).isEqualTo(paid);
        String cancellation = "/api/orders/" + first.get("orderId") + "/cancellation";
        JsonNode cancelled =
                client.post(cancellation, TestHost.by(user), "cancel-1").expect(200);
        assertThat(client.post(cancellation, TestHost.by(user), "cancel-1").expect(200))
                .isEqualTo(cancelled);

        for (int i = 0; i < 2; i++) {
            client.send(client.json("PATCH", "/api/users/" + user + "/balance", "{\"amount\": 5}")
                            .header("Idempotency-Key", "top-up-1"))
                    .expect(200);
        }
        assertThat(client.get("/api/users/" + user + "/balance")
                        .expect(200)
                        .get("balance")
                        .longValue())
                .isEqualTo(1_005);
    }

    @Test
    @Tag("T5")
    void what_is_put_into_a_cart_twice_with_one_key_is_there_once() {
        String cart = "/api/users/" + shop.user(0) + "/cart";
        String item = "{\"productOptionId\":" + shop.option("CARTED", 100, 10) + ",\"quantity\":2}";
        JsonNode first = client.post(cart, item, "cart-1").expect(201);
        assertThat(client.post(cart, item, "cart-1").expect(201)).isEqualTo(first);
        assertThat(client.get(cart).expect(200).at("/items/0/quantity").longValue())
                .isEqualTo(2);
        client.post(cart, item, "cart-2").expect(201);
        assertThat(client.get(cart).expect(200).at("/items/0/quantity").longValue())
                .isEqualTo(4);
        client.post(cart, item.replace("\"quantity\":2", "\"quantity\":3"), "cart-1")
                .invalid("Idempotency-Key");
    }

    @Test
    @Tag("K2")
    @Tag("J5")
    void a_flash_sale_ends_at_exactly_its_pieces_with_clean_books() {
        client.staff("POST", "/admin/flash-sales", "").expect(202);
        client.staff("POST", "/admin/flash-sales", "").invalid("flashSale");
        JsonNode sale = latest();
        List<String> phases = new ArrayList<>();
        while (!List.of("DONE", "FAILED").contains(sale.get("phase").textValue())) {
            phases.add(sale.get("phase").textValue());
            LockSupport.parkNanos(20_000_000);
            sale = latest();
        }
        assertThat(sale.get("phase").textValue()).as(phases.toString()).isEqualTo("DONE");
        assertThat(sale.get("sold").intValue()).isEqualTo(50);
        assertThat(sale.get("tooLate").intValue()).isEqualTo(450);
        assertThat(sale.get("outcomes").textValue()).hasSize(500).doesNotContain(".");
        assertThat(sale.get("auditClean").booleanValue()).isTrue();
        JsonNode report = client.staff("POST", "/admin/audits", "").expect(200);
        assertThat(report.get("clean").booleanValue()).isTrue();
        assertThat(report.get("checked").size()).isGreaterThan(10);
    }

    private static JsonNode latest() {
        return client.staff("/admin/flash-sales/latest").expect(200).get("flashSale");
    }
}
