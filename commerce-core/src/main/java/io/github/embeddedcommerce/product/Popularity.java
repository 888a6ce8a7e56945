package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.range;
import static io.github.embeddedcommerce.error.Validation.refusal;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.util.Map;

/**
 * How popular products are ranked: by units sold in a time window. Immutable.
 *
 * @param window how far back sales count, 1 minute to 366 days in whole seconds; default 3 days
 * @param size the largest number of ranked products, 1 to {@value #MAX_SIZE}; default 5
 */
public record Popularity(Duration window, int size) {
    /** The most products a snapshot can rank. */
    public static final int MAX_SIZE = 100;

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public Popularity {
        range(window, "window", SHORTEST, LONGEST);
        if (!window.equals(window.truncatedTo(SECONDS))) {
            throw refusal("window", "must be in whole seconds, it is " + window, Map.of("value", window.toString()));
        }
        range(size, "size", 1, MAX_SIZE);
    }

    /** The top 5 of the last 3 days. */
    public static Popularity defaults() {
        return new Popularity(Duration.ofDays(3), 5);
    }
}
