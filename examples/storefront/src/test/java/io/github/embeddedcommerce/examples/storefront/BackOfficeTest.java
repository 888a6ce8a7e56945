package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What staff find and do. */
@Tag("R1")
@Tag("R2")
class BackOfficeTest {
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
    @Tag("R5")
    void orders_are_found_by_what_is_known_of_them() {
        JsonNode product = shop.product("FOUND", 100, 50);
        long option = product.at("/options/0/productOptionId").longValue();
        long ann = shop.user(1_000);
        long first = order(ann, option);
        long second = order(ann, option);
        long bobs = order(shop.user(0), option);
        shop.pay(ann, first).expect(200);
        String productId = product.get("productId").toString();
        assertThat(found("productId=" + productId)).containsExactly(bobs, second, first);
        assertThat(found("userId=" + ann)).containsExactly(second, first);
        assertThat(found("userId=" + ann + "&status=PAID")).containsExactly(first);
        assertThat(found("productId=" + productId + "&placedFrom=2099-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(found("productId=" + productId + "&paidFrom=2000-01-01T00:00:00Z"))
                .containsExactly(first);
        client.staff("PATCH", "/admin/orders/" + bobs, "{\"reference\": \"K-17\", \"note\": \"ring twice\"}")
                .expect(200);
        assertThat(found("reference=K-17")).containsExactly(bobs);
        assertThat(client.staff("/admin/orders/" + bobs)
                        .expect(200)
                        .at("/order/note")
                        .textValue())
                .isEqualTo("ring twice");
        client.staff("PATCH", "/admin/orders/" + bobs, "{\"reference\": \"\"}").expect(200);
        assertThat(found("reference=K-17")).isEmpty();
        client.staff("/admin/orders?paidFrom=2000-01-01T00:00:00Z&placedTo=2000-01-01T00:00:00Z")
                .invalid("paidFrom");
        client.staff("/admin/orders/987654321").refused(404, "O002");
    }

    @Test
    @Tag("M6")
    void an_order_is_given_back_in_part_and_cancelled_and_its_history_tells_it_all() {
        long option = shop.option("RETURNED", 100, 5);
        long user = shop.user(1_000);
        long order = shop.order(user, option, 3).expect(201).get("orderId").longValue();
        shop.pay(user, order).expect(200);
        JsonNode back = client.staff(
                        "POST",
                        "/admin/orders/" + order + "/returns",
                        "{\"items\": [{\"line\": 1, \"quantity\": 1}], \"restocked\": true}")
                .expect(201);
        assertThat(back.get("refundedAmount").longValue()).isEqualTo(100);
        client.staff(
                        "POST",
                        "/admin/orders/" + order + "/returns",
                        "{\"items\": [{\"line\": 1, \"quantity\": 4294967297}]}")
                .expect(400);
        assertThat(client.staff("POST", "/admin/orders/" + order + "/cancellation", "")
                        .expect(200)
                        .get("refundedAmount")
                        .longValue())
                .isEqualTo(200);
        JsonNode detail = client.staff("/admin/orders/" + order).expect(200);
        assertThat(detail.at("/order/lines/0/returned").longValue()).isEqualTo(1);
        List<String> kinds = new ArrayList<>();
        detail.get("history")
                .forEach(entry -> kinds.add(
                        entry.get("kind").textValue() + entry.get("what").asText("")));
        assertThat(kinds)
                .startsWith("PLACED", "PAID")
                .contains("BALANCEPAYMENT", "BALANCEREFUND", "EVENTPAID", "EVENTRETURNED", "CANCELLED");
    }

    @Test
    void stock_is_listed_lowest_first() {
        shop.option("MANY", 1, 900);
        shop.option("NONE", 1, 0);
        shop.option("FEW", 1, 2);
        JsonNode stock = client.staff("/admin/stock?size=1000").expect(200).get("stock");
        List<Long> available = new ArrayList<>();
        stock.forEach(entry -> available.add(entry.at("/option/available").longValue()));
        assertThat(available).isSorted().contains(0L, 2L, 900L);
        assertThat(client.staff("/admin/stock?maxAvailable=0")
                        .expect(200)
                        .get("stock")
                        .findValuesAsText("sku"))
                .contains("NONE")
                .doesNotContain("FEW");
    }

    @Test
    void coupons_are_listed_with_how_many_were_issued_and_used() {
        long coupon = shop.coupon(", \"totalQuantity\": 5");
        client.post("/api/coupons/" + coupon + "/issue", TestHost.by(shop.user(0)))
                .expect(201);
        JsonNode latest = client.staff("/admin/coupons?size=1").expect(200).at("/coupons/0");
        assertThat(latest.at("/coupon/couponId").longValue()).isEqualTo(coupon);
        assertThat(latest.get("issued").longValue()).isEqualTo(1);
        assertThat(latest.get("used").longValue()).isZero();
        assertThat(latest.at("/coupon/remainingQuantity").longValue()).isEqualTo(4);
    }

    @Test
    void coupons_are_read_on_page_by_page() {
        long older = shop.coupon("");
        long newer = shop.coupon("");
        JsonNode first = client.staff("/admin/coupons?size=1").expect(200);
        JsonNode second = client.staff("/admin/coupons?size=1&cursor="
                        + first.get("nextCursor").textValue())
                .expect(200);
        assertThat(first.at("/coupons/0/coupon/couponId").longValue()).isEqualTo(newer);
        assertThat(second.at("/coupons/0/coupon/couponId").longValue()).isEqualTo(older);
    }

    @Test
    void users_are_found_by_number_and_balance() {
        long rich = shop.user(777_777);
        shop.user(777_776);
        assertThat(client.staff("/admin/users?prefix=" + rich)
                        .expect(200)
                        .get("users")
                        .findValuesAsText("balance"))
                .containsExactly("777777");
        assertThat(client.staff("/admin/users?minBalance=777776&maxBalance=777777&sortBy=BALANCE_DOWN")
                        .expect(200)
                        .get("users")
                        .findValuesAsText("balance"))
                .containsExactly("777777", "777776");
        client.staff("/admin/users?minBalance=2&maxBalance=1").invalid("maxBalance");
    }

    @Test
    @Tag("R3")
    void figures_tell_what_was_sold_by_day_and_by_product() {
        try (TestHost other = new TestHost()) {
            JsonNode product = other.product("FIGURED", 1_000, 9);
            long user = other.user(10_000);
            long order = other.order(
                            user, product.at("/options/0/productOptionId").longValue(), 3)
                    .expect(201)
                    .get("orderId")
                    .longValue();
            other.pay(user, order).expect(200);
            other.client
                    .staff(
                            "POST",
                            "/admin/orders/" + order + "/returns",
                            "{\"items\": [{\"line\": 1, \"quantity\": 1}]}")
                    .expect(201);
            LocalDate today = LocalDate.ofInstant(other.clock.instant(), ZoneOffset.UTC);
            String range = "from=" + today.minusDays(1) + "&until=" + today.plusDays(2);
            JsonNode days =
                    other.client.staff("/admin/sales/days?" + range).expect(200).get("days");
            assertThat(days).hasSize(3);
            assertThat(days.findValuesAsText("units").stream()
                            .mapToLong(Long::parseLong)
                            .sum())
                    .isEqualTo(3);
            assertThat(days.findValuesAsText("returned")).containsExactly("0", "1", "0");
            JsonNode sold = other.client
                    .staff("/admin/sales/products?from=" + today.minusDays(1) + "T00:00:00Z&until=" + today.plusDays(2)
                            + "T00:00:00Z")
                    .expect(200)
                    .at("/products/0");
            assertThat(sold.get("productId")).isEqualTo(product.get("productId"));
            assertThat(sold.at("/sales/revenue").longValue()).isEqualTo(3_000);
            assertThat(sold.at("/sales/returned").longValue()).isEqualTo(1);
            other.client.staff("/admin/sales/days?zone=Nowhere&" + range).invalid("zone");
            other.client.staff("/admin/sales/days?from=today&until=" + today).invalid("from");
            other.client.staff("/admin/sales/days?from=" + today).invalid("until");
        }
    }

    @Test
    @Tag("R4")
    void products_are_imported_row_by_row_or_all_or_nothing() {
        shop.option("IMPORT-TAKEN", 1, 1);
        String rows = """
                [{"name": "Good", "category": "c", "price": 1, "options": [{"sku": "IMPORT-GOOD"}]},
                 {"name": "Taken", "category": "c", "price": 1, "options": [{"sku": "IMPORT-TAKEN"}]}]""";
        client.staff("POST", "/admin/products/imports", "{\"mode\": \"ALL_OR_NOTHING\", \"products\": " + rows + "}")
                .invalid("products[1].options[0].sku");
        client.staff("/admin/products?sku=IMPORT-GOOD").refused(404, "P004");
        JsonNode report = client.staff(
                        "POST", "/admin/products/imports", "{\"mode\": \"ROW_BY_ROW\", \"products\": " + rows + "}")
                .expect(200);
        assertThat(report.get("complete").booleanValue()).isFalse();
        assertThat(report.at("/rows/0/productId").longValue()).isPositive();
        assertThat(report.at("/rows/1/field").textValue()).isEqualTo("options[0].sku");
        client.staff("/admin/products?sku=IMPORT-GOOD").expect(200);
    }

    private static long order(long user, long option) {
        return shop.order(user, option, 1).expect(201).get("orderId").longValue();
    }

    private static List<Long> found(String query) {
        List<Long> found = new ArrayList<>();
        client.staff("/admin/orders?" + query)
                .expect(200)
                .get("orders")
                .forEach(order -> found.add(order.get("orderId").longValue()));
        return found;
    }
}
