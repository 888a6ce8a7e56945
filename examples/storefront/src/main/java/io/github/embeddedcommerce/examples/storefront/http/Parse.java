package io.github.embeddedcommerce.examples.storefront.http;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads the values of paths and queries; what is malformed is refused (VALIDATION_ERROR) with its name. */
final class Parse {
    private Parse() {}

    static long positive(long value, String name) {
        if (value < 1) {
            throw Refusals.of(name, "must be 1 or more, it is " + value);
        }
        return value;
    }

    static long wholeNumber(String text, String name) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw Refusals.of(name, "must be a whole number, it is " + shown(text));
        }
    }

    static Instant time(String text, String name) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw Refusals.of(name, "must be an ISO-8601 time in UTC, such as 2026-12-31T15:00:00Z");
        }
    }

    static <E extends Enum<E>> E constant(Class<E> type, String text, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ").append(constant.name());
        }
        throw Refusals.of(name, "must be one of " + names + ", it is " + shown(text));
    }

    private static String shown(String text) {
        String bounded = text.length() > 50 ? text.substring(0, 50) + "…" : text;
        return String.format(Locale.ROOT, "'%s'", bounded);
    }
}
