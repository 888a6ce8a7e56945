package io.github.embeddedcommerce.error;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Refuses malformed input before anything is read or written, always naming what is wrong and what is allowed. Every
 * method returns the value it was given.
 */
public final class Validation {
    /** The largest amount of money the shop handles, in minor units: 10<sup>15</sup>. */
    public static final long MAX_AMOUNT_MINOR = 1_000_000_000_000_000L;

    private Validation() {}

    /** Refuses null. */
    public static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw refusal(what + " is missing", Map.of("field", what));
        }
        return value;
    }

    /** Refuses null, a null entry, and a list shorter or longer than allowed. Returns an unmodifiable copy. */
    public static <T> List<T> entries(@Nullable List<? extends T> values, String what, int min, int max) {
        List<? extends T> present = required(values, what);
        range(present.size(), "the number of " + what, min, max);
        present.forEach(value -> required(value, "an entry of " + what));
        return List.copyOf(present);
    }

    /**
     * Refuses null, text that is shorter or longer than allowed (counted in {@code char}s), blank text where any is
     * needed, and text that no database could store unchanged: with a NUL character or half a surrogate pair.
     */
    public static String text(@Nullable String value, String what, int min, int max) {
        String present = required(value, what);
        if (present.length() < min || present.length() > max || (min > 0 && present.isBlank())) {
            throw refusal(
                    what + " must have " + min + " to " + max + " characters and not be blank, it has "
                            + present.length(),
                    Map.of("field", what, "length", present.length(), "min", min, "max", max));
        }
        if (present.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(present)) {
            throw refusal(what + " contains a NUL character or half a surrogate pair", Map.of("field", what));
        }
        return present;
    }

    /** Refuses a number outside {@code min} to {@code max}, both allowed. */
    public static long range(long value, String what, long min, long max) {
        if (value < min || value > max) {
            throw refusal(
                    what + " must be from " + min + " to " + max + ", it is " + value,
                    Map.of("field", what, "value", value, "min", min, "max", max));
        }
        return value;
    }

    /** Refuses null, an amount below {@code minMinor} and one above {@link #MAX_AMOUNT_MINOR}, in minor units. */
    public static Money amount(@Nullable Money value, String what, long minMinor) {
        Money present = required(value, what);
        BigDecimal minor = present.getAmountMinor();
        if (minor.compareTo(BigDecimal.valueOf(minMinor)) < 0
                || minor.compareTo(BigDecimal.valueOf(MAX_AMOUNT_MINOR)) > 0) {
            throw refusal(
                    what + " must be from " + minMinor + " to " + MAX_AMOUNT_MINOR + " minor units, it is " + present,
                    Map.of("field", what, "value", present.toString(), "min", minMinor, "max", MAX_AMOUNT_MINOR));
        }
        return present;
    }

    /** The refusal of malformed input that none of the methods above describes. */
    public static CommerceException refusal(String message, Map<String, ?> values) {
        return new CommerceException(VALIDATION_ERROR, message, values);
    }
}
