package io.github.embeddedcommerce.page;

import io.github.embeddedcommerce.error.Validation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A range of time. Immutable.
 *
 * @param from the first instant in it; null for no such bound
 * @param to the first instant after it; null for no such bound
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final TimeRange ALWAYS = new TimeRange(null, null);

    /**
     * Refuses a range that ends before it begins (VALIDATION_ERROR). Rounds the bounds up to whole microseconds and
     * clamps them to the years 1970 to 9999, which selects the same.
     */
    public TimeRange {
        if (from != null && to != null && from.isAfter(to)) {
            throw Validation.refusal(
                    "to",
                    "must not be before the start of the range, " + from + ", it is " + to,
                    Map.of("value", to.toString(), "from", from.toString()));
        }
        from = storable(from);
        to = storable(to);
    }

    /** All time. */
    public static TimeRange always() {
        return ALWAYS;
    }

    /** From this instant on and before the other. */
    public static TimeRange between(Instant from, Instant to) {
        return new TimeRange(Validation.required(from, "from"), Validation.required(to, "to"));
    }

    /** From this instant on. */
    public static TimeRange since(Instant from) {
        return new TimeRange(Validation.required(from, "from"), null);
    }

    /** Before this instant. */
    public static TimeRange before(Instant to) {
        return new TimeRange(null, Validation.required(to, "to"));
    }

    /** Whether it has no bounds. */
    public boolean isUnbounded() {
        return from == null && to == null;
    }

    private static @Nullable Instant storable(@Nullable Instant bound) {
        if (bound == null) {
            return null;
        }
        if (bound.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        if (bound.isAfter(LATEST)) {
            return LATEST;
        }
        Instant whole = bound.truncatedTo(ChronoUnit.MICROS);
        return whole.equals(bound) ? whole : whole.plus(1, ChronoUnit.MICROS);
    }
}
