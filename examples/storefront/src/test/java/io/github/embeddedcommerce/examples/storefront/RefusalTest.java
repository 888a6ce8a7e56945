package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every code that a call can be refused with, over HTTP. PAY002 is kept for payments from outside. */
@Tag("E1")
@Tag("E2")
class RefusalTest {
    private static final long UNKNOWN = 987_654_321;

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
    void unknown_things_are_not_found() {
        long user = shop.user(0);
        client.get("/api/products/" + UNKNOWN).refused(404, "P001");
        shop.order(user, UNKNOWN, 1).refused(404, "P004");
        client.staff("/admin/products?sku=NOBODY").refused(404, "P004");
        shop.pay(user, UNKNOWN).refused(404, "O002");
        client.get("/api/orders/" + UNKNOWN).refused(404, "O002");
        client.get("/api/users/" + UNKNOWN + "/balance").refused(404, "U001");
        client.get("/api/users/" + UNKNOWN + "/orders").refused(404, "U001");
        client.get("/api/users/" + UNKNOWN + "/coupons").refused(404, "U001");
        client.get("/api/users/" + UNKNOWN + "/balance/logs").refused(404, "U001");
        client.post("/api/coupons/" + UNKNOWN + "/issue", TestHost.by(user)).refused(404, "C007");
        client.delete("/api/users/" + user + "/cart/" + UNKNOWN).refused(404, "CART001");
        long order = shop.order(user, shop.option("UNKNOWN", 1, 1), 1)
                .expect(201)
                .get("orderId")
                .longValue();
        client.post("/api/orders/" + order + "/payment", "{\"userId\":" + user + ",\"userCouponId\":" + UNKNOWN + "}")
                .refused(404, "C006");
        client.post("/api/orders/" + order + "/payment", "{\"userId\":" + user + ",\"couponId\":" + UNKNOWN + "}")
                .refused(404, "C006");
        client.staff("POST", "/admin/dead-letters/" + UNKNOWN + "/retry", "").refused(404, "O002");
    }

    @Test
    void what_belongs_to_another_user_is_forbidden() {
        long ann = shop.user(1_000);
        long bob = shop.user(1_000);
        long option = shop.option("OWNED", 100, 5);
        long order = shop.order(ann, option, 1).expect(201).get("orderId").longValue();
        shop.pay(bob, order).refused(403, "O005");
        client.post("/api/orders/" + order + "/cancellation", TestHost.by(bob)).refused(403, "O005");
        client.get("/api/orders/" + order + "?userId=" + bob).refused(403, "O005");
        long item = client.post("/api/users/" + ann + "/cart", "{\"productOptionId\":" + option + ",\"quantity\":1}")
                .expect(201)
                .get("cartItemId")
                .longValue();
        client.delete("/api/users/" + bob + "/cart/" + item).refused(403, "CART002");
    }

    @Test
    void stock_and_quantities_are_bounded() {
        long user = shop.user(0);
        long option = shop.option("SHORT", 100, 2);
        JsonNode error = shop.order(user, option, 3).refused(400, "P002");
        assertThat(error.at("/values/available").longValue()).isEqualTo(2);
        assertThat(error.at("/values/asked").longValue()).isEqualTo(3);
        JsonNode none = shop.order(user, option, 0).refused(400, "O001");
        assertThat(none.get("field").textValue()).isEqualTo("items[0].quantity");
        client.post("/api/users/" + user + "/cart", "{\"productOptionId\":" + option + ",\"quantity\":3}")
                .refused(400, "P002");
        client.post("/api/users/" + user + "/cart", "{\"productOptionId\":" + option + ",\"quantity\":-1}")
                .refused(400, "O001");
        client.staff("POST", "/admin/options/" + option + "/adjustments", "{\"quantity\": -3, \"note\": \"lost\"}")
                .refused(400, "P003");
    }

    @Test
    void an_order_is_paid_once_in_time_and_with_enough_money() {
        long user = shop.user(100);
        long option = shop.option("ONCE", 100, 9);
        long order = shop.order(user, option, 1).expect(201).get("orderId").longValue();
        long dear = shop.order(user, option, 2).expect(201).get("orderId").longValue();
        JsonNode error = shop.pay(user, dear).refused(400, "PAY001");
        assertThat(error.at("/values/available").asText()).contains("100");
        shop.pay(user, order).expect(200);
        shop.pay(user, order).refused(400, "O004");
        client.post("/api/orders/" + order + "/cancellation", TestHost.by(user)).expect(200);
        client.post("/api/orders/" + order + "/cancellation", TestHost.by(user)).refused(400, "O006");
        shop.pay(user, order).refused(400, "O006");
        client.staff("POST", "/admin/dead-letters/" + order + "/retry", "").refused(400, "O006");
        client.staff("POST", "/admin/dead-letters/" + order + "/discard", "").refused(400, "O006");
        shop.clock.advance(Duration.ofMinutes(11));
        shop.pay(user, dear).refused(400, "O003");
    }

    @Test
    void coupons_are_refused_for_their_reason() {
        long ann = shop.user(10_000);
        long bob = shop.user(10_000);
        long last = shop.coupon(", \"totalQuantity\": 1");
        long issued = issue(last, ann);
        client.post("/api/coupons/" + last + "/issue", TestHost.by(ann)).refused(400, "C005");
        client.post("/api/coupons/" + last + "/issue", TestHost.by(bob)).refused(400, "C001");
        long option = shop.option("COUPONED", 1_000, 9);
        long order = shop.order(bob, option, 1).expect(201).get("orderId").longValue();
        pay(order, bob, issued).refused(400, "C002");
        long own = shop.order(ann, option, 1).expect(201).get("orderId").longValue();
        pay(own, ann, issued).expect(200);
        long next = shop.order(ann, option, 1).expect(201).get("orderId").longValue();
        pay(next, ann, issued).refused(400, "C004");
        client.post(
                        "/api/orders/" + next + "/payment",
                        "{\"userId\":%d,\"userCouponId\":%d,\"couponId\":%d}".formatted(ann, issued, last))
                .invalid("couponId");
        long old = shop.coupon("");
        long expiring = issue(old, ann);
        shop.clock.advance(Duration.ofDays(2));
        client.post("/api/coupons/" + old + "/issue", TestHost.by(bob)).refused(400, "C003");
        long late = shop.order(ann, option, 1).expect(201).get("orderId").longValue();
        pay(late, ann, expiring).refused(400, "C003");
    }

    @Test
    void what_is_no_json_in_utf_8_is_refused_in_words_of_this_api() {
        String place = "/api/orders";
        List<byte[]> malformed = List.of(
                bytes("{\"userId\":1e" + "9".repeat(300) + "}"),
                bytes("{\"userId\":" + "9".repeat(5_000) + "}"),
                bytes("{\"userId\":NaN}"),
                bytes("{\"userId\":-Infinity}"),
                bytes("{\"userId\":01}"),
                bytes("{'userId':1}"),
                bytes("{/**/\"userId\":1}"),
                bytes("{\"userId\":1,}"),
                bytes("{\"userId\":1} x"),
                bytes("{\"" + "n".repeat(60_000) + "\":1}"),
                bytes("{\"a\":".repeat(5_000)),
                bytes("\0"),
                bytes("\ufeff{}"),
                "{}".getBytes(StandardCharsets.UTF_16BE),
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        for (byte[] body : malformed) {
            Client.Answer answer = client.send(client.request(place)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body)));
            answer.invalid("body");
            assertThat(answer.response().body()).doesNotContain("Feature", "jackson", "StreamRead", "REDACTED");
        }
        assertThat(client.post(place, "{\"userId\": 1,\n \"userId\": 2}")
                        .refused(400, "VALIDATION_ERROR")
                        .get("message")
                        .textValue())
                .contains("Duplicate field 'userId'", "line 2, column");
    }

    @Test
    void a_media_type_counts_and_its_parameters_do_not() {
        for (String type :
                List.of("application/json; charset=nonsense", "Application/JSON;charset=\"", "application/json;;")) {
            client.send(client.request("/api/users")
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString("{}")))
                    .expect(201);
        }
    }

    @Test
    void malformed_queries_and_paths_are_refused() {
        for (String query : List.of("category=%ff%fe", "category=%c0%af", "category=%ed%a0%80", "%ff=1")) {
            client.get("/api/products?" + query).invalid("query");
        }
        for (String id : List.of("+1", "%D9%A3", "1%20", "1%2F2", "1;x", "0x1", "1e0")) {
            client.get("/api/products/" + id).invalid("productId");
        }
    }

    @Test
    void a_key_that_is_given_twice_is_refused() {
        long user = shop.user(0);
        client.send(client.json("PATCH", "/api/users/" + user + "/balance", "{\"amount\": 5}")
                        .header("Idempotency-Key", "one")
                        .header("Idempotency-Key", "two"))
                .invalid("Idempotency-Key");
    }

    @Test
    void a_body_is_of_one_media_type_and_read_as_it_is() {
        client.send(client.request("/api/users")
                        .header("Content-Type", "application/json")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}")))
                .invalid("Content-Type");
        for (String coding : List.of("gzip", "x, identity", "")) {
            client.send(client.json("POST", "/api/users", "{}").header("Content-Encoding", coding))
                    .invalid("Content-Encoding");
        }
        client.send(client.json("POST", "/api/users", "{}").header("Content-Encoding", "Identity"))
                .expect(201);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void malformed_input_is_refused_with_its_field() {
        long user = shop.user(0);
        String balance = "/api/users/" + user + "/balance";
        client.patch(balance, "{\"amount\": 0}").invalid("amount");
        client.patch(balance, "{\"amount\": 1.5}").invalid("amount");
        client.patch(balance, "{\"amount\": 99999999999999999999}").invalid("amount");
        client.patch(balance, "{\"amount\": \"5\"}").invalid("amount");
        client.patch(balance, "{\"amount\": 1, \"amount\": 2}").invalid("body");
        client.patch(balance, "{\"amount\": 1} {}").invalid("body");
        client.patch(balance, "[1]").invalid("body");
        client.patch(balance, "{").invalid("body");
        client.patch(balance, "[".repeat(5_000)).invalid("body");
        client.get(balance + "/logs?page=-1").invalid("page");
        client.get(balance + "/logs?size=0").invalid("size");
        client.get(balance + "/logs?code=GIFT").invalid("code");
        client.get(balance + "/logs?from=yesterday").invalid("from");
        client.get(balance + "/logs?size=2&size=3").invalid("size");
        client.get("/api/products?sortBy=taste").invalid("sortBy");
        client.get("/api/products?cursor=!").invalid("cursor");
        client.post("/api/orders", "{\"userId\":" + user + ",\"items\":[]}").invalid("items");
        client.post(
                        "/api/orders",
                        "{\"userId\":" + user
                                + ",\"items\":[{\"productOptionId\":1,\"quantity\":1},{\"productOptionId\":0,\"quantity\":1}]}")
                .invalid("items[1].productOptionId");
        client.post("/api/orders", "{\"userId\":" + user + ",\"items\":[3]}").invalid("items[0]");
        client.post("/api/orders", "{\"userId\":" + user + ",\"items\":[{\"productOptionId\":1,\"amount\":1}]}")
                .invalid("items[0].amount");
        client.post("/api/orders", "{\"userId\":1,\"items\":[{\"productOptionId\":1,\"quantity\":1}]}", "k".repeat(65))
                .invalid("Idempotency-Key");
    }

    @Test
    void the_back_office_is_told_the_field_as_it_named_it() {
        shop.option("TAKEN", 1, 1);
        client.staff("POST", "/admin/products", product("\"name\": \"\", \"category\": \"c\", \"price\": 1", "NEW"))
                .invalid("name");
        client.staff("POST", "/admin/products", product("\"name\": \"n\", \"category\": \"\", \"price\": 1", "NEW"))
                .invalid("category");
        client.staff("POST", "/admin/products", product("\"name\": \"n\", \"category\": \"c\", \"price\": -1", "NEW"))
                .invalid("price");
        client.staff("POST", "/admin/products", product("\"name\": \"n\", \"category\": \"c\", \"price\": 1", "TAKEN"))
                .invalid("options[0].sku");
        client.staff("POST", "/admin/products", "{\"name\":\"n\",\"category\":\"c\",\"price\":1,\"options\":[]}")
                .invalid("options");
        coupon("\"discountRate\": 101").invalid("discountRate");
        coupon("\"discountRate\": 0.001").invalid("discountRate");
        coupon("\"discountAmount\": 0").invalid("discountAmount");
        coupon("\"discountRate\": 5, \"maximumDiscount\": 0").invalid("maximumDiscount");
        coupon("\"discountRate\": 5, \"minimumTotal\": -1").invalid("minimumTotal");
        coupon("\"discountRate\": 5, \"totalQuantity\": -1").invalid("totalQuantity");
        coupon("\"discountRate\": 5, \"discountAmount\": 1").invalid("discountRate");
        coupon("\"discountRate\": 5, \"validFrom\": \"2099-01-02T00:00:00Z\"").invalid("expiresAt");
    }

    private static String product(String fields, String sku) {
        return "{" + fields + ", \"options\": [{\"sku\": \"" + sku + "\"}]}";
    }

    private static Client.Answer coupon(String fields) {
        return client.staff(
                "POST",
                "/admin/coupons",
                "{\"couponName\": \"c\", \"expiresAt\": \"2099-01-01T00:00:00Z\", " + fields + "}");
    }

    private static long issue(long coupon, long user) {
        return client.post("/api/coupons/" + coupon + "/issue", TestHost.by(user))
                .expect(201)
                .get("userCouponId")
                .longValue();
    }

    private static Client.Answer pay(long order, long user, long userCoupon) {
        return client.post(
                "/api/orders/" + order + "/payment", "{\"userId\":" + user + ",\"userCouponId\":" + userCoupon + "}");
    }
}
