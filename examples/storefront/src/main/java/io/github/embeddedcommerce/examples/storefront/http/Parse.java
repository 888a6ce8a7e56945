package io.github.embeddedcommerce.examples.storefront.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of paths and queries; what is malformed is refused (VALIDATION_ERROR) with its name. */
final class Parse {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");
    private static final int LONGEST_SHOWN = 50;

    private Parse() {}

    static long positive(long value, String name) {
        if (value < 1) {
            throw Refusals.of(name, "must be 1 or more, it is " + value);
        }
        return value;
    }

    /** In ASCII digits, so that it is read here as everywhere. */
    static long wholeNumber(String text, String name) {
        try {
            if (WHOLE_NUMBER.matcher(text).matches()) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException tooLarge) {
            throw Refusals.of(name, "must be a whole number of at most 18 digits, it is " + shown(text));
        }
        throw Refusals.of(name, "must be a whole number, it is " + shown(text));
    }

    /** A text in UTF-8, where nothing is replaced or guessed. */
    static String utf8(byte[] text, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw Refusals.of(name, "is not UTF-8");
        }
    }

    /** Refuses a query in which a percent sign is not followed by two hexadecimal digits, or which is not UTF-8. */
    static void query(@Nullable String raw) {
        if (raw == null) {
            return;
        }
        try {
            utf8(URLDecoder.decode(raw, ISO_8859_1).getBytes(ISO_8859_1), "query");
        } catch (IllegalArgumentException malformed) {
            throw Refusals.of("query", "has a percent sign without two hexadecimal digits");
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
        return String.format(Locale.ROOT, "'%s'", bounded(text));
    }

    /** So much of a text as belongs into a message. */
    static String bounded(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }
}
