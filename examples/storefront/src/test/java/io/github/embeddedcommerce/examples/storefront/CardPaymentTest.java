package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Payment by card, whatever the provider does. */
@Tag("M1")
@Tag("M3")
class CardPaymentTest {
    private static TestHost shop;
    private static Client client;
    private static long option;

    @BeforeAll
    static void open() {
        shop = new TestHost();
        client = shop.client;
        option = shop.option("CARDED", 7_000, 100);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void an_order_is_paid_once_the_provider_says_so() {
        long user = shop.user(0);
        long order = order(user);
        answer(begin(user, order), "SUCCEED");
        awaitPayment(user, order, "SETTLED");
        assertThat(status(order)).isEqualTo("PAID");
        client.post("/api/orders/" + order + "/card-payments", TestHost.by(user))
                .refused(400, "O004");
    }

    @Test
    void a_provider_that_tells_it_twice_at_once_is_believed_once() {
        long user = shop.user(0);
        long order = order(user);
        answer(begin(user, order), "TWICE");
        awaitPayment(user, order, "SETTLED");
        assertThat(payments(user, order)).hasSize(1);
    }

    @Test
    @Tag("M2")
    void a_declined_card_leaves_the_order_as_it_was() {
        long user = shop.user(7_000);
        long order = order(user);
        answer(begin(user, order), "DECLINE");
        awaitPayment(user, order, "FAILED");
        assertThat(status(order)).isEqualTo("PENDING");
        shop.pay(user, order).expect(200);
    }

    @Test
    @Tag("M2")
    void a_provider_that_never_answers_holds_the_order_for_a_time_and_no_longer() {
        try (TestHost other = new TestHost()) {
            long user = other.user(7_000);
            long order = other.order(user, other.option("HELD", 7_000, 1), 1)
                    .expect(201)
                    .get("orderId")
                    .longValue();
            JsonNode begun = other.client
                    .post("/api/orders/" + order + "/card-payments", TestHost.by(user))
                    .expect(201);
            other.client
                    .post("/provider/sessions/" + begun.get("sessionId"), "{\"answer\": \"NEVER\"}")
                    .expect(202);
            other.pay(user, order).refused(400, "PAY005");
            other.clock.advance(Duration.ofMinutes(30));
            other.host.shop().jobs().expireOverdueOrders().call();
            assertThat(other.client
                            .get("/api/orders/" + order)
                            .expect(200)
                            .get("status")
                            .textValue())
                    .isEqualTo("EXPIRED");
        }
    }

    @Test
    @Tag("M4")
    void money_that_comes_after_the_order_was_cancelled_is_unapplied_and_given_back() {
        long user = shop.user(0);
        long order = order(user);
        JsonNode begun = begin(user, order);
        client.post("/api/orders/" + order + "/cancellation", TestHost.by(user)).expect(200);
        answer(begun, "SUCCEED");
        awaitPayment(user, order, "UNAPPLIED");
        assertThat(status(order)).isEqualTo("CANCELLED");
        assertThat(client.staff("/admin/payments?state=UNAPPLIED")
                        .expect(200)
                        .get("payments")
                        .findValuesAsText("orderId"))
                .contains(Long.toString(order));
        client.staff("POST", "/admin/payments/" + begun.get("paymentId") + "/refund", "")
                .expect(200);
        awaitPayment(user, order, "CLOSED");
        JsonNode refund = client.staff("/admin/orders/" + order).expect(200).at("/refunds/0");
        assertThat(refund.get("state").textValue()).isEqualTo("SETTLED");
        assertThat(refund.get("amount").longValue()).isEqualTo(7_000);
    }

    @Test
    @Tag("M4")
    void unapplied_money_is_closed_by_a_word_of_the_back_office() {
        long user = shop.user(0);
        long order = order(user);
        JsonNode begun = begin(user, order);
        client.staff("POST", "/admin/payments/" + begun.get("paymentId") + "/closing", "{\"note\": \"too early\"}")
                .refused(400, "PAY007");
        client.post("/api/orders/" + order + "/cancellation", TestHost.by(user)).expect(200);
        answer(begun, "SUCCEED");
        awaitPayment(user, order, "UNAPPLIED");
        assertThat(client.staff(
                                "POST",
                                "/admin/payments/" + begun.get("paymentId") + "/closing",
                                "{\"note\": \"paid out in cash\"}")
                        .expect(200)
                        .get("state")
                        .textValue())
                .isEqualTo("CLOSED");
    }

    @Test
    @Tag("M5")
    void a_cancelled_order_is_refunded_to_the_card() {
        long user = shop.user(0);
        long order = order(user);
        answer(begin(user, order), "SUCCEED");
        awaitPayment(user, order, "SETTLED");
        client.post("/api/orders/" + order + "/cancellation", TestHost.by(user)).expect(200);
        JsonNode refunds = client.staff("/admin/orders/" + order).expect(200).get("refunds");
        assertThat(refunds).hasSize(1);
        assertThat(refunds.at("/0/amount").longValue()).isEqualTo(7_000);
        assertThat(client.get("/api/users/" + user + "/balance")
                        .expect(200)
                        .get("balance")
                        .longValue())
                .isZero();
    }

    @Test
    void nobody_but_the_provider_is_believed() {
        long user = shop.user(0);
        long order = order(user);
        JsonNode begun = begin(user, order);
        client.post("/webhooks/card", """
                {"paymentId": %s, "reference": "forged", "amount": 7000, "outcome": "SUCCEEDED", "signature": "%s"}""".formatted(begun.get("paymentId"), "0".repeat(64)))
                .invalid("signature");
        assertThat(status(order)).isEqualTo("PENDING");
    }

    @Test
    void a_repeated_key_begins_one_payment_with_one_session() {
        long user = shop.user(0);
        long order = order(user);
        String path = "/api/orders/" + order + "/card-payments";
        JsonNode first = client.post(path, TestHost.by(user), "card-1").expect(201);
        assertThat(client.post(path, TestHost.by(user), "card-1").expect(201)).isEqualTo(first);
        client.post(path, TestHost.by(user)).refused(400, "PAY006");
        long other = shop.user(0);
        client.post(path, TestHost.by(other)).refused(403, "O005");
        client.get("/api/orders/" + order + "/payments?userId=" + other).refused(403, "O005");
        client.get("/provider/sessions/1").refused(404, "PAY003");
    }

    private static long order(long user) {
        return shop.order(user, option, 1).expect(201).get("orderId").longValue();
    }

    private static JsonNode begin(long user, long order) {
        return client.post("/api/orders/" + order + "/card-payments", TestHost.by(user))
                .expect(201);
    }

    private static void answer(JsonNode begun, String answer) {
        String session = "/provider/sessions/" + begun.get("sessionId");
        assertThat(client.get(session).expect(200).get("amount").longValue()).isEqualTo(7_000);
        client.post(session, "{\"answer\": \"" + answer + "\"}").expect(202);
    }

    private static JsonNode payments(long user, long order) {
        return client.get("/api/orders/" + order + "/payments?userId=" + user)
                .expect(200)
                .get("payments");
    }

    private static String status(long order) {
        return client.get("/api/orders/" + order).expect(200).get("status").textValue();
    }

    private static void awaitPayment(long user, long order, String state) {
        shop.await(
                "a payment that is " + state,
                () -> Set.copyOf(payments(user, order).findValuesAsText("state"))
                        .equals(Set.of(state)));
    }
}
