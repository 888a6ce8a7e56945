package io.github.embeddedcommerce.error;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Refuses malformed input before anything is read or written. For the library's own modules; applications have no use
 * for it.
 *
 * <p>Every check takes the value and its field, and returns the value. The field is the name of the parameter or record
 * component, seen from the type that checks it. A type that makes its parts itself wraps that in {@link #part}, which
 * puts the path of the part before the field: so {@code quantity} of an order line becomes {@code lines[2].quantity}.
 * Every refusal has the field among its values, as {@link CommerceException#field()} describes it, and a message that
 * begins with it.
 */
public final class Validation {
    /** The largest amount of money the shop handles, in minor units: 10<sup>15</sup>. */
    public static final long MAX_AMOUNT_MINOR = 1_000_000_000_000_000L;

    private Validation() {}

    /** Refuses null. */
    public static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw refusal(field, "is missing", Map.of());
        }
        return value;
    }

    /** Refuses null, a null entry, and a list shorter or longer than allowed. Returns an unmodifiable copy. */
    public static <T> List<T> entries(@Nullable List<? extends T> values, String field, int min, int max) {
        List<? extends T> present = required(values, field);
        size(present.size(), field, min, max);
        for (int i = 0; i < present.size(); i++) {
            if (present.get(i) == null) {
                required(null, field + "[" + i + "]");
            }
        }
        return List.copyOf(present);
    }

    /** Refuses a collection or map of this size if it has fewer or more entries than allowed. */
    public static void size(long size, String field, long min, long max) {
        if (size < min || size > max) {
            throw refusal(
                    field,
                    "must have " + min + " to " + max + " entries, it has " + size,
                    Map.of("size", size, "min", min, "max", max));
        }
    }

    /**
     * Refuses null, text that is shorter or longer than allowed (counted in {@code char}s), blank text where any is
     * needed, and text that no database could store unchanged: with a NUL character or an unpaired surrogate.
     */
    public static String text(@Nullable String value, String field, int min, int max) {
        String present = required(value, field);
        int length = present.length();
        if (length < min || length > max || (min > 0 && present.isBlank())) {
            String blank = min > 0 ? " and not be blank" : "";
            throw refusal(
                    field,
                    "must have " + min + " to " + max + " characters" + blank + ", it has " + length,
                    Map.of("length", length, "min", min, "max", max));
        }
        if (!canBeStored(present)) {
            throw refusal(field, "must not contain a NUL character or an unpaired surrogate", Map.of());
        }
        return present;
    }

    /** Looked at character by character: all texts that are read come by here, and an encoder for each costs more. */
    private static boolean canBeStored(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isLowSurrogate(unit)) {
                return false;
            }
            if (Character.isHighSurrogate(unit)
                    && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Refuses a number outside {@code min} to {@code max}, both allowed. */
    public static long range(long value, String field, long min, long max) {
        if (value < min || value > max) {
            throw refusal(
                    field,
                    "must be from " + min + " to " + max + ", it is " + value,
                    Map.of("value", value, "min", min, "max", max));
        }
        return value;
    }

    /** Refuses null and a duration outside {@code min} to {@code max}, both allowed. */
    public static Duration range(@Nullable Duration value, String field, Duration min, Duration max) {
        Duration present = required(value, field);
        if (present.compareTo(min) < 0 || present.compareTo(max) > 0) {
            throw refusal(
                    field,
                    "must be from " + min + " to " + max + ", it is " + present,
                    Map.of("value", present.toString(), "min", min.toString(), "max", max.toString()));
        }
        return present;
    }

    /** Refuses null, an amount below {@code minMinor} and one above {@link #MAX_AMOUNT_MINOR}, in minor units. */
    public static Money amount(@Nullable Money value, String field, long minMinor) {
        Money present = required(value, field);
        BigDecimal minor = present.getAmountMinor();
        if (minor.compareTo(BigDecimal.valueOf(minMinor)) < 0
                || minor.compareTo(BigDecimal.valueOf(MAX_AMOUNT_MINOR)) > 0) {
            throw refusal(
                    field,
                    "must be from " + minMinor + " to " + MAX_AMOUNT_MINOR + " minor units, it is " + present,
                    Map.of("value", present.toString(), "min", minMinor, "max", MAX_AMOUNT_MINOR));
        }
        return present;
    }

    /**
     * Makes a part of a request. A refusal of one of the part's fields comes out with the path of the part before it.
     *
     * @param path where the request has the part, such as {@code terms} or {@code lines[2]}
     */
    public static <T> T part(String path, Supplier<T> part) {
        try {
            return part.get();
        } catch (CommerceException refusal) {
            throw refusal.within(path);
        }
    }

    /**
     * Looks at a part of a request, such as an entry of a list. A refusal comes out with the path of the part before
     * its field; if it has none, the part is to blame.
     *
     * @param path such as {@code change} or {@code products[2]}
     */
    public static void checkPart(String path, Runnable look) {
        try {
            look.run();
        } catch (CommerceException refusal) {
            throw refusal.withinOrOf(path);
        }
    }

    /**
     * The VALIDATION_ERROR for a field that none of the methods above describes.
     *
     * @param problem the rest of the sentence that begins with the field, such as "must be in the future"
     * @param values what else is concerned; the field is added
     */
    public static CommerceException refusal(String field, String problem, Map<String, ?> values) {
        return refusal(VALIDATION_ERROR, field, problem, values);
    }

    /** The same with another code. */
    public static CommerceException refusal(ErrorCode code, String field, String problem, Map<String, ?> values) {
        Map<String, Object> withField = new LinkedHashMap<>();
        withField.put("field", field);
        withField.putAll(values);
        return new CommerceException(code, field + " " + problem, withField);
    }

    /** The VALIDATION_ERROR where no single input is to blame, such as a use case that this shop cannot run. */
    public static CommerceException refusal(String message, Map<String, ?> values) {
        return new CommerceException(VALIDATION_ERROR, message, values);
    }
}
