package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A customer in a hurry, who buys, pays, cancels and tops up, and writes down what was acknowledged. A call that is
 * answered with 503 is sent again, under its key, until it has an answer. Runs in one thread; the counts are for all.
 */
final class Customer implements Runnable {
    private static final long MOST_UNITS = 3;
    private static final long TOP_UP = 100_000;

    private final TestHost shop;
    private final List<Long> options;
    private final Random random;
    private final long user;
    private final Map<Long, String> orders = new TreeMap<>();
    private long balance;
    private long keys;
    private volatile boolean leaving;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();

    Customer(TestHost shop, List<Long> options, long seed) {
        this.shop = shop;
        this.options = options;
        random = new Random(seed);
        user = shop.user(0);
    }

    /** How many calls were answered, other than with 503. */
    long answers() {
        return answers.get();
    }

    /** How often the shop was not available. */
    long unavailable() {
        return unavailable.get();
    }

    void leave() {
        leaving = true;
    }

    @Override
    public void run() {
        while (!leaving) {
            switch (random.nextInt(10)) {
                case 0, 1 -> topUp();
                case 2 -> cancel(order());
                case 3 -> cancel(pay(order()));
                case 4 -> order();
                case 5 ->
                    shop.client
                            .later(shop.client.request("/api/products").GET())
                            .join();
                default -> pay(order());
            }
        }
    }

    private void topUp() {
        JsonNode changed = answer("PATCH", "/api/users/" + user + "/balance", "{\"amount\":" + TOP_UP + "}")
                .expect(200);
        balance += TOP_UP;
        assertThat(changed.get("balance").longValue()).isEqualTo(balance);
    }

    /** The id of a new order; 0 if the stock does not suffice. */
    private long order() {
        Client.Answer answer = answer("POST", "/api/orders", """
                {"userId": %d, "items": [{"productOptionId": %d, "quantity": %d}]}""".formatted(
                        user, options.get(random.nextInt(options.size())), random.nextLong(1, MOST_UNITS + 1)));
        if (answer.status() == 400) {
            answer.refused(400, "P002");
            return 0;
        }
        long order = answer.expect(201).get("orderId").longValue();
        orders.put(order, "PENDING");
        return order;
    }

    private long pay(long order) {
        if (order != 0) {
            Client.Answer answer = answer("POST", "/api/orders/" + order + "/payment", TestHost.by(user));
            if (answer.status() == 400) {
                answer.refused(400, "PAY001");
            } else {
                JsonNode paid = answer.expect(200);
                balance -= paid.get("paidAmount").longValue();
                assertThat(paid.get("remainingBalance").longValue()).isEqualTo(balance);
                orders.put(order, "PAID");
            }
        }
        return order;
    }

    private void cancel(long order) {
        if (order != 0) {
            balance += answer("POST", "/api/orders/" + order + "/cancellation", TestHost.by(user))
                    .expect(200)
                    .get("refundedAmount")
                    .longValue();
            orders.put(order, "CANCELLED");
        }
    }

    private Client.Answer answer(String method, String path, String body) {
        String key = user + "-" + ++keys;
        while (true) {
            Client.Answer answer = shop.client
                    .later(shop.client.json(method, path, body).header("Idempotency-Key", key))
                    .join();
            if (answer.status() != 503) {
                answers.incrementAndGet();
                return answer;
            }
            assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
            unavailable.incrementAndGet();
        }
    }

    /** What was acknowledged is there, once, and nothing else is. */
    void expectAllThatWasAcknowledged() {
        JsonNode told =
                shop.client.get("/api/users/" + user + "/orders?size=1000").expect(200);
        Map<Long, String> found = new TreeMap<>();
        told.get("orders")
                .forEach(order -> found.put(
                        order.get("orderId").longValue(), order.get("status").textValue()));
        assertThat(told.get("nextCursor").isNull()).isTrue();
        assertThat(found).isEqualTo(orders);
        assertThat(shop.client
                        .get("/api/users/" + user + "/balance")
                        .expect(200)
                        .get("balance")
                        .longValue())
                .isEqualTo(balance);
    }
}
