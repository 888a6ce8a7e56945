package io.github.embeddedcommerce.product;

import static io.github.embeddedcommerce.error.Validation.range;
import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.util.Map;

/**
 * How popularity is measured: by units sold in a stretch of time. Immutable.
 *
 * @param window how far back sales count, 1 minute to 366 days in whole seconds; default 3 days
 * @param size how many products are ranked at most, 1 to {@value #MAX_SIZE}; default 5
 */
public record Popularity(Duration window, int size) {
    /** The most products a snapshot can rank. */
    public static final int MAX_SIZE = 100;

    private static final long MIN_SECONDS = Duration.ofMinutes(1).toSeconds();
    private static final long MAX_SECONDS = Duration.ofDays(366).toSeconds();

    /** Refuses a value out of its bounds (VALIDATION_ERROR). */
    public Popularity {
        range(
                required(window, "popularity window").toSeconds(),
                "popularity window in seconds",
                MIN_SECONDS,
                MAX_SECONDS);
        if (!window.equals(window.truncatedTo(SECONDS))) {
            throw refusal(
                    "popularity window must be in whole seconds, it is " + window,
                    Map.of("field", "popularity window", "value", window.toString()));
        }
        range(size, "popularity size", 1, MAX_SIZE);
    }

    /** The top 5 of the last 3 days. */
    public static Popularity defaults() {
        return new Popularity(Duration.ofDays(3), 5);
    }
}
