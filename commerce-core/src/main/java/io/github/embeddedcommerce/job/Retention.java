package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a shop keeps history. Nothing is deleted until {@link PurgeHistory} runs. Orders, stock changes, and events
 * that are waiting or dead letters are kept for ever. Immutable.
 *
 * @param balanceHistory the age from which lines of balance histories are purged, 1 second to 36,500 days; null for
 *     never, the default. Balances and their audit do not depend on it
 * @param events the age from which delivered and discarded events are purged, likewise; default 30 days
 * @param snapshots the age from which snapshots of popular products are purged, likewise; null for never, the default.
 *     The latest one stays in any case
 * @param carts the age from which a cart without a change is purged, likewise; default 90 days
 * @param idempotencyKeys the age from which idempotency keys are purged, likewise; default 30 days. After that a
 *     repeated call is a new call
 */
public record Retention(
        @Nullable Duration balanceHistory,
        @Nullable Duration events,
        @Nullable Duration snapshots,
        @Nullable Duration carts,
        @Nullable Duration idempotencyKeys) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Refuses an age out of range (VALIDATION_ERROR). */
    public Retention {
        checked(balanceHistory, "balanceHistory");
        checked(events, "events");
        checked(snapshots, "snapshots");
        checked(carts, "carts");
        checked(idempotencyKeys, "idempotencyKeys");
    }

    /** The defaults. */
    public static Retention defaults() {
        return new Retention(null, Duration.ofDays(30), null, Duration.ofDays(90), Duration.ofDays(30));
    }

    /** The same, keeping balance history for this long; null for ever. */
    public Retention withBalanceHistory(@Nullable Duration age) {
        return new Retention(age, events, snapshots, carts, idempotencyKeys);
    }

    /** The same, keeping delivered and discarded events for this long; null for ever. */
    public Retention withEvents(@Nullable Duration age) {
        return new Retention(balanceHistory, age, snapshots, carts, idempotencyKeys);
    }

    /** The same, keeping snapshots of popular products for this long; null for ever. */
    public Retention withSnapshots(@Nullable Duration age) {
        return new Retention(balanceHistory, events, age, carts, idempotencyKeys);
    }

    /** The same, keeping a cart without a change for this long; null for ever. */
    public Retention withCarts(@Nullable Duration age) {
        return new Retention(balanceHistory, events, snapshots, age, idempotencyKeys);
    }

    /** The same, keeping idempotency keys for this long; null for ever. */
    public Retention withIdempotencyKeys(@Nullable Duration age) {
        return new Retention(balanceHistory, events, snapshots, carts, age);
    }

    /** Before when things of this kind go; empty if they are kept for ever. */
    Optional<Instant> before(Kind kind, Instant now) {
        Duration age = switch (kind) {
            case BALANCE_CHANGES -> balanceHistory;
            case EVENTS -> events;
            case SNAPSHOTS -> snapshots;
            case CARTS -> carts;
            case IDEMPOTENCY_KEYS -> idempotencyKeys;
        };
        return Optional.ofNullable(age).map(now::minus);
    }

    private static void checked(@Nullable Duration age, String field) {
        if (age != null) {
            Validation.range(age, field, SHORTEST, LONGEST);
        }
    }
}
