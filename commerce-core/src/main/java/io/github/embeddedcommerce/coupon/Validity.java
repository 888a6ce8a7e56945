package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a coupon can be used. In whole microseconds: what is finer is cut off. Immutable.
 *
 * @param from the first instant; null for as soon as it is issued
 * @param expiresAt from this instant on no longer
 */
public record Validity(@Nullable Instant from, Instant expiresAt) {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** Refuses times before 1970 or after the year 9998, and an end that is not after the start (VALIDATION_ERROR). */
    public Validity {
        expiresAt = checked(required(expiresAt, "coupon expiry"), "coupon expiry");
        if (from != null) {
            from = checked(from, "first valid time of the coupon");
            if (!from.isBefore(expiresAt)) {
                throw refusal(
                        "the coupon is valid from " + from + " and must expire after that, not at " + expiresAt,
                        Map.of("field", "coupon expiry", "from", from.toString(), "value", expiresAt.toString()));
            }
        }
    }

    /** Whether its time is over. */
    public boolean isOver(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether its time has not come. */
    public boolean isAhead(Instant now) {
        return from != null && now.isBefore(from);
    }

    private static Instant checked(Instant value, String what) {
        if (value.isBefore(EARLIEST) || !value.isBefore(LATEST)) {
            throw refusal(
                    what + " must be from " + EARLIEST + " to before " + LATEST + ", it is " + value,
                    Map.of("field", what, "value", value.toString()));
        }
        return value.truncatedTo(ChronoUnit.MICROS);
    }
}
