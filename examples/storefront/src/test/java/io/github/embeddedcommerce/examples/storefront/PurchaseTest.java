package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What customers and staff do, over HTTP, from the shelf to the refund. */
class PurchaseTest {
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
    @Tag("P3")
    @Tag("B2")
    @Tag("B4")
    @Tag("C1")
    @Tag("C2")
    @Tag("K2")
    @Tag("K3")
    @Tag("O1")
    @Tag("O2")
    @Tag("O5")
    @Tag("O7")
    void a_purchase_from_the_cart_to_the_refund() {
        JsonNode shirt = client.staff("POST", "/admin/products", """
                {"name": "Shirt", "description": "Linen", "category": "clothing", "price": 30000,
                 "options": [{"sku": "S-M", "color": "sand", "size": "M", "stock": 5}]}""").expect(201);
        long option = shirt.at("/options/0/productOptionId").longValue();
        long user = shop.user(100_000);

        client.post("/api/users/" + user + "/cart", item(option, 1)).expect(201);
        long inCart = client.post("/api/users/" + user + "/cart", item(option, 1))
                .expect(201)
                .get("cartItemId")
                .longValue();
        JsonNode cart = client.get("/api/users/" + user + "/cart").expect(200);
        assertThat(cart.at("/items/0/quantity").longValue()).isEqualTo(2);
        assertThat(cart.at("/items/0/optionColor").textValue()).isEqualTo("sand");
        assertThat(cart.get("totalAmount").longValue()).isEqualTo(60_000);
        client.delete("/api/users/" + user + "/cart/" + inCart).expect(204);
        assertThat(client.get("/api/users/" + user + "/cart").expect(200).get("items"))
                .isEmpty();

        long coupon = shop.coupon(", \"totalQuantity\": 3");
        JsonNode issued = client.post("/api/coupons/" + coupon + "/issue", TestHost.by(user))
                .expect(201);
        assertThat(issued.get("discountRate").intValue()).isEqualTo(10);
        assertThat(issued.get("remainingQuantity").longValue()).isEqualTo(2);

        JsonNode placed = shop.order(user, option, 2).expect(201);
        long order = placed.get("orderId").longValue();
        assertThat(placed.get("status").textValue()).isEqualTo("PENDING");
        assertThat(stock(shirt)).isEqualTo(3);

        JsonNode paid = client.post("/api/orders/" + order + "/payment", """
                {"userId": %d, "couponId": %d}""".formatted(user, coupon))
                .expect(200);
        assertThat(paid.get("paidAmount").longValue()).isEqualTo(54_000);
        assertThat(paid.get("remainingBalance").longValue()).isEqualTo(46_000);
        assertThat(client.get("/api/users/" + user + "/coupons?status=USED")
                        .expect(200)
                        .get("coupons"))
                .hasSize(1);
        JsonNode detail = client.get("/api/orders/" + order).expect(200);
        assertThat(detail.get("discountAmount").longValue()).isEqualTo(6_000);
        assertThat(detail.get("paidAt")).isEqualTo(paid.get("paidAt"));

        JsonNode cancelled = client.post("/api/orders/" + order + "/cancellation", TestHost.by(user))
                .expect(200);
        assertThat(cancelled.get("refundedAmount").longValue()).isEqualTo(54_000);
        assertThat(stock(shirt)).isEqualTo(5);
        assertThat(client.get("/api/users/" + user + "/balance")
                        .expect(200)
                        .get("balance")
                        .longValue())
                .isEqualTo(100_000);
        assertThat(client.get("/api/users/" + user + "/coupons?status=AVAILABLE")
                        .expect(200)
                        .get("coupons"))
                .hasSize(1);
        JsonNode logs = client.get("/api/users/" + user + "/balance/logs").expect(200);
        assertThat(logs.get("logs").findValuesAsText("code")).containsExactly("REFUND", "PAYMENT", "SYSTEM_CHARGE");
        assertThat(client.get("/api/users/" + user + "/balance/logs?refId=" + order + "&code=PAYMENT")
                        .expect(200)
                        .get("total")
                        .longValue())
                .isEqualTo(1);
    }

    @Test
    @Tag("P2")
    void products_are_listed_by_price_and_category_page_by_page() {
        for (int i = 0; i < 5; i++) {
            client.staff("POST", "/admin/products", """
                    {"name": "Lamp %d", "category": "lamps", "price": %d, "options": [{"sku": "LAMP-%d", "stock": %d}]}""".formatted(i, 1_000 + i, i, i))
                    .expect(201);
        }
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get("/api/products?category=lamps&sortBy=price_desc&size=2&cursor=" + cursor)
                    .expect(200);
            names.addAll(page.get("products").findValuesAsText("name"));
            cursor = page.get("nextCursor").asText("");
        } while (!cursor.equals("null") && !cursor.isEmpty());
        assertThat(names).containsExactly("Lamp 4", "Lamp 3", "Lamp 2", "Lamp 1", "Lamp 0");
        JsonNode cheapest = client.get("/api/products?category=lamps&sortBy=price_asc&size=1")
                .expect(200);
        assertThat(cheapest.at("/products/0/isAvailable").booleanValue()).isFalse();
        for (String sort : List.of("popular", "latest")) {
            assertThat(client.get("/api/products?category=lamps&sortBy=" + sort)
                            .expect(200)
                            .get("products"))
                    .hasSize(5);
        }
    }

    @Test
    @Tag("J2")
    void the_top_products_are_those_of_the_latest_snapshot() {
        try (TestHost other = new TestHost()) {
            long option = other.option("TOP", 1_000, 9);
            long user = other.user(10_000);
            other.pay(
                            user,
                            other.order(user, option, 3)
                                    .expect(201)
                                    .get("orderId")
                                    .longValue())
                    .expect(200);
            other.clock.advance(Duration.ofDays(1));
            other.host.shop().jobs().snapshotPopularProducts().call();
            JsonNode top = other.client.get("/api/products/top").expect(200);
            assertThat(top.at("/products/0/rank").intValue()).isEqualTo(1);
            assertThat(top.at("/products/0/salesCount").longValue()).isEqualTo(3);
            assertThat(top.get("createdAt").isTextual()).isTrue();
        }
    }

    @Test
    @Tag("B4")
    void balance_logs_are_counted_in_pages() {
        long user = shop.user(1);
        for (int i = 2; i <= 5; i++) {
            client.patch("/api/users/" + user + "/balance", "{\"amount\":" + i + "}")
                    .expect(200);
        }
        String path = "/api/users/" + user + "/balance/logs?size=2&page=";
        assertThat(client.get(path + 0).expect(200).get("logs").findValuesAsText("amount"))
                .containsExactly("5", "4");
        assertThat(client.get(path + 2).expect(200).get("logs").findValuesAsText("amount"))
                .containsExactly("1");
        JsonNode beyond = client.get(path + 3).expect(200);
        assertThat(beyond.get("logs")).isEmpty();
        assertThat(beyond.get("total").longValue()).isEqualTo(5);
        assertThat(client.get("/api/users/" + user + "/balance/logs?from=2099-01-01T00:00:00Z")
                        .expect(200)
                        .get("total")
                        .longValue())
                .isZero();
    }

    @Test
    @Tag("O7")
    void orders_are_listed_newest_first_by_status_at_both_paths() {
        long option = shop.option("LISTED", 100, 9);
        long user = shop.user(1_000);
        long first = shop.order(user, option, 1).expect(201).get("orderId").longValue();
        long second = shop.order(user, option, 1).expect(201).get("orderId").longValue();
        shop.pay(user, first).expect(200);
        for (String path : List.of("/api/users/" + user + "/orders", "/api/orders/users/" + user)) {
            assertThat(client.get(path).expect(200).get("orders").findValuesAsText("orderId"))
                    .containsExactly(Long.toString(second), Long.toString(first));
            JsonNode page = client.get(path + "?size=1").expect(200);
            assertThat(client.get(path + "?size=1&cursor="
                                    + page.get("nextCursor").textValue())
                            .expect(200)
                            .at("/orders/0/orderId")
                            .longValue())
                    .isEqualTo(first);
            assertThat(client.get(path + "?status=PAID").expect(200).get("orders"))
                    .hasSize(1);
        }
        assertThat(client.get("/api/orders/" + second + "?userId=" + user)
                        .expect(200)
                        .get("status")
                        .textValue())
                .isEqualTo("PENDING");
    }

    @Test
    @Tag("P4")
    @Tag("P5")
    void the_back_office_changes_products_and_stock() {
        JsonNode product = shop.product("OFFICE", 500, 3);
        String path = "/admin/products/" + product.get("productId");
        client.staff("PATCH", path, "{\"price\": 700, \"onSale\": false}").expect(200);
        JsonNode changed = client.staff("POST", path + "/options", "{\"sku\": \"OFFICE-2\", \"size\": \"L\"}")
                .expect(201);
        assertThat(changed.get("price").longValue()).isEqualTo(700);
        assertThat(changed.get("onSale").booleanValue()).isFalse();
        assertThat(client.staff("/admin/products?sku=OFFICE-2").expect(200).get("productId"))
                .isEqualTo(product.get("productId"));
        String option = "/admin/options/" + product.at("/options/0/productOptionId");
        assertThat(client.staff("POST", option + "/receipts", "{\"quantity\": 4}")
                        .expect(201)
                        .get("onHand")
                        .longValue())
                .isEqualTo(7);
        assertThat(client.staff("POST", option + "/adjustments", "{\"quantity\": -2, \"note\": \"broken\"}")
                        .expect(201)
                        .get("available")
                        .longValue())
                .isEqualTo(5);
        assertThat(client.staff(option + "/stock-changes")
                        .expect(200)
                        .get("changes")
                        .findValuesAsText("kind"))
                .containsExactly("ADJUSTMENT", "RECEIPT", "INITIAL");
    }

    @Test
    @Tag("K1")
    void the_back_office_creates_coupons_and_customers_see_them() {
        JsonNode coupon = client.staff("POST", "/admin/coupons", """
                {"couponName": "Fixed", "discountAmount": 500, "minimumTotal": 1000, "validFrom": "2026-01-01T00:00:00Z",
                 "expiresAt": "2099-01-01T00:00:00Z", "totalQuantity": 1}""").expect(201);
        String path = "/admin/coupons/" + coupon.get("couponId");
        assertThat(client.staff("PATCH", path, "{\"totalQuantity\": 2}")
                        .expect(200)
                        .get("remainingQuantity")
                        .longValue())
                .isEqualTo(2);
        assertThat(client.staff(path).expect(200).get("discountAmount").longValue())
                .isEqualTo(500);
        assertThat(client.get("/api/coupons").expect(200).get("coupons").findValuesAsText("couponName"))
                .contains("Fixed");
    }

    private static String item(long option, long quantity) {
        return "{\"productOptionId\": " + option + ", \"quantity\": " + quantity + "}";
    }

    private static long stock(JsonNode product) {
        return client.get("/api/products/" + product.get("productId"))
                .expect(200)
                .at("/options/0/stock")
                .longValue();
    }
}
