package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who takes which coupon next: a user can take each once, so when all have taken one, they go on with the next.
 * Thread-safe.
 */
final class Tickets {
    private final List<String> users;
    private final List<Long> coupons;
    private final AtomicLong taken = new AtomicLong();

    Tickets(Catalog catalog, List<Long> coupons) {
        this.users = catalog.users();
        this.coupons = coupons;
    }

    record Ticket(String user, long coupon) {}

    Ticket next() {
        long number = taken.getAndIncrement();
        long coupon = number / users.size();
        if (coupon >= coupons.size()) {
            throw new IllegalStateException("all " + number + " coupons are taken: measure for a shorter time");
        }
        return new Ticket(users.get((int) (number % users.size())), coupons.get((int) coupon));
    }
}
