package io.github.embeddedcommerce.jdbc.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The whole shop again, as simple as can be: maps and longs in one thread, written from the specification and not from
 * the code that it is to check. Each method decides everything before it changes anything.
 */
final class ReferenceShop {
    static final Duration TIME_TO_PAY = Duration.ofMinutes(10);
    static final Duration PAYMENT_HOLD = Duration.ofMinutes(7);
    static final Duration KEEP_BALANCE_HISTORY = Duration.ofMinutes(10);
    static final Duration KEEP_EVENTS = Duration.ofMinutes(5);
    static final Duration KEEP_SNAPSHOTS = Duration.ofDays(1);
    static final Duration KEEP_CARTS = Duration.ofMinutes(10);
    static final Duration KEEP_KEYS = Duration.ofMinutes(15);
    static final long MOST_MONEY = 1_000_000_000_000_000L;
    static final long MOST_UNITS = 1_000_000_000_000L;

    Instant now;

    /** Whether use cases are part of one transaction now. */
    boolean isTogether;

    final ReferenceProducts products = new ReferenceProducts(this);
    final ReferenceUsers users = new ReferenceUsers(this);
    final ReferenceCarts carts = new ReferenceCarts(this);
    final ReferenceCoupons coupons = new ReferenceCoupons(this);
    final ReferenceOrders orders = new ReferenceOrders(this);
    final ReferencePayments payments = new ReferencePayments(this);
    final ReferenceReturns returns = new ReferenceReturns(this);
    final ReferenceLabels labels = new ReferenceLabels(this);
    final ReferencePopularity popularity = new ReferencePopularity(this);
    final ReferenceEvents events = new ReferenceEvents(this);
    final ReferenceKeys keys = new ReferenceKeys(this);

    ReferenceShop(Instant now) {
        this.now = now;
    }

    /** Removes what is too old: so many balance changes, events, snapshots, carts and idempotency keys. */
    String purge() {
        return Told.of(
                users.purge(now.minus(KEEP_BALANCE_HISTORY)),
                events.purge(now.minus(KEEP_EVENTS)),
                popularity.purge(now.minus(KEEP_SNAPSHOTS)),
                carts.purge(now.minus(KEEP_CARTS)),
                keys.purge(now.minus(KEEP_KEYS)));
    }

    /** What the tables should have, under the queries that find it. */
    Map<String, Collection<String>> books() {
        Map<String, Collection<String>> books = new TreeMap<>();
        products.write(books);
        users.write(books);
        carts.write(books);
        coupons.write(books);
        orders.write(books);
        payments.write(books);
        returns.write(books);
        labels.write(books);
        popularity.write(books);
        events.write(books);
        keys.write(books);
        return books;
    }

    static String lines(Collection<?> facts) {
        return facts.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
