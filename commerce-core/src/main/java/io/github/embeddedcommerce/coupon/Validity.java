package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a coupon can be used, truncated to microseconds. Immutable.
 *
 * @param from the first instant at which it is valid; null if it is valid at once
 * @param expiresAt the first instant at which it is no longer valid
 */
public record Validity(@Nullable Instant from, Instant expiresAt) {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** Refuses times before 1970 or after the year 9998, and an end that is not after the start (VALIDATION_ERROR). */
    public Validity {
        expiresAt = checked(required(expiresAt, "expiresAt"), "expiresAt");
        if (from != null) {
            from = checked(from, "from");
            if (!from.isBefore(expiresAt)) {
                throw refusal(
                        "expiresAt",
                        "must be after " + from + ", when the coupon becomes valid, it is " + expiresAt,
                        Map.of("value", expiresAt.toString(), "from", from.toString()));
            }
        }
    }

    /** Whether it has expired. */
    public boolean isOver(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether it is not valid yet. */
    public boolean isAhead(Instant now) {
        return from != null && now.isBefore(from);
    }

    private static Instant checked(Instant value, String field) {
        if (value.isBefore(EARLIEST) || !value.isBefore(LATEST)) {
            throw refusal(
                    field,
                    "must be from " + EARLIEST + " to before " + LATEST + ", it is " + value,
                    Map.of("value", value.toString(), "min", EARLIEST.toString(), "before", LATEST.toString()));
        }
        return value.truncatedTo(ChronoUnit.MICROS);
    }
}
