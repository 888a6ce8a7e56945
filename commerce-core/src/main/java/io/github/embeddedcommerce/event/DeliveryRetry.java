package io.github.embeddedcommerce.event;

import io.github.embeddedcommerce.error.Validation;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.LongUnaryOperator;

/**
 * How often the delivery of an event is tried, and how long the pauses are: exponential backoff with full jitter.
 * Immutable.
 *
 * @param tries how often an event is tried before it becomes a dead letter, 1 to 1,000; default 10
 * @param firstPause the upper bound of the pause after the first failure, 1 ms to 1 day; default 1 minute. The bound
 *     doubles with each further failure
 * @param longestPause the largest upper bound, {@code firstPause} to 30 days; default 6 hours
 */
public record DeliveryRetry(int tries, Duration firstPause, Duration longestPause) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public DeliveryRetry {
        Validation.range(tries, "tries", 1, 1_000);
        Validation.range(firstPause, "firstPause", SHORTEST, Duration.ofDays(1));
        Validation.range(longestPause, "longestPause", firstPause, Duration.ofDays(30));
    }

    /** Ten tries, over a few hours. */
    public static DeliveryRetry defaults() {
        return new DeliveryRetry(10, Duration.ofMinutes(1), Duration.ofHours(6));
    }

    /**
     * The pause after this many failures: random, from 1 microsecond to the upper bound.
     *
     * @param failures 1 or more
     * @param random returns a number from 0 (inclusive) to its argument (exclusive)
     */
    public Duration pauseAfter(int failures, LongUnaryOperator random) {
        return Duration.of(1 + random.applyAsLong(ceilingMicros(failures)), ChronoUnit.MICROS);
    }

    private long ceilingMicros(int failures) {
        long first = firstPause.toNanos() / 1_000;
        long longest = longestPause.toNanos() / 1_000;
        int doublings = failures - 1;
        boolean beyond = doublings >= Long.SIZE || first > longest >> doublings;
        return beyond ? longest : first << doublings;
    }
}
