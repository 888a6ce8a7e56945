package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.examples.storefront.admin.AdminToken;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A storefront in memory, on a free port, and a client that calls it. At the end its books must be in order. */
final class TestHost implements AutoCloseable {
    static final String TOKEN = "staff-only";

    final TestClock clock = new TestClock();
    final Host host;
    final Client client;

    TestHost() {
        this(Duration.ofSeconds(10), event -> {});
    }

    TestHost(Duration patience, EventSink sink) {
        this("jdbc:h2:mem:" + UUID.randomUUID(), patience, sink, DemoData.NONE);
    }

    TestHost(String url, Duration patience, EventSink sink, DemoData demo) {
        host = Host.start(
                new Database(url, null, null),
                new Host.Settings("127.0.0.1", 0, new AdminToken(TOKEN), Won.of(0), patience, sink),
                clock,
                demo);
        client = new Client(host.port());
    }

    /** A user with so much money. */
    long user(long won) {
        long user = client.post("/api/users", "{}").expect(201).get("userId").longValue();
        if (won > 0) {
            client.patch("/api/users/" + user + "/balance", "{\"amount\":" + won + "}")
                    .expect(200);
        }
        return user;
    }

    /** The first option of a new product with so many pieces at this price. */
    JsonNode product(String sku, long price, long pieces) {
        return client.staff("POST", "/admin/products", """
                {"name": "Thing %s", "category": "things", "price": %d, "options": [{"sku": "%s", "stock": %d}]}""".formatted(sku, price, sku, pieces))
                .expect(201);
    }

    long option(String sku, long price, long pieces) {
        return product(sku, price, pieces).at("/options/0/productOptionId").longValue();
    }

    Client.Answer order(long user, long option, long quantity) {
        return client.post("/api/orders", """
                {"userId": %d, "items": [{"productOptionId": %d, "quantity": %d}]}""".formatted(user, option, quantity));
    }

    Client.Answer pay(long user, long order) {
        return client.post("/api/orders/" + order + "/payment", by(user));
    }

    /** Money that came by card when its order was cancelled already. */
    void unappliedMoney(String sku) {
        long user = user(0);
        long order =
                order(user, option(sku, 1_000, 5), 1).expect(201).get("orderId").longValue();
        JsonNode begun =
                client.post("/api/orders/" + order + "/card-payments", by(user)).expect(201);
        client.post("/api/orders/" + order + "/cancellation", by(user)).expect(200);
        client.post("/provider/sessions/" + begun.get("sessionId"), "{\"answer\": \"SUCCEED\"}")
                .expect(202);
        await(
                "unapplied money of order " + order,
                () ->
                        client
                                .staff("/admin/payments?state=UNAPPLIED")
                                .expect(200)
                                .get("payments")
                                .findValues("orderId")
                                .stream()
                                .anyMatch(one -> one.longValue() == order));
    }

    /** Waits until this holds, which a failure names. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    static String by(long user) {
        return "{\"userId\":" + user + "}";
    }

    long coupon(String more) {
        return client.staff(
                        "POST", "/admin/coupons", """
                {"couponName": "Coupon", "discountRate": 10, "expiresAt": "%s"%s}""".formatted(clock.instant().plus(Duration.ofDays(1)), more))
                .expect(201)
                .get("couponId")
                .longValue();
    }

    @Override
    public void close() {
        assertThat(host.shop().jobs().audit().call().violations()).isEmpty();
        host.close();
    }
}
