package io.github.embeddedcommerce.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A position in a list, after the last entry of a page. Opaque: hosts pass it back as it is. It contains no secret, and
 * a malformed one is refused. Immutable.
 *
 * @param value URL-safe text of up to 500 characters
 */
public record Cursor(String value) {
    private static final String SEPARATOR = "\n";

    /** Refuses text that is empty or too long (VALIDATION_ERROR). */
    public Cursor {
        Validation.text(value, "cursor", 1, 500);
    }

    /** The position after the entry with these sort keys, in the list of this name. */
    public static Cursor behind(String list, List<Long> keys) {
        StringBuilder text = new StringBuilder(list);
        keys.forEach(key -> text.append(SEPARATOR).append(key));
        return encoded(text);
    }

    /** The position after the entry with these sort keys, of which the last is a text. */
    public static Cursor behind(String list, List<Long> keys, String text) {
        StringBuilder all = new StringBuilder(list);
        keys.forEach(key -> all.append(SEPARATOR).append(key));
        return encoded(all.append(SEPARATOR).append(text));
    }

    private static Cursor encoded(StringBuilder text) {
        return new Cursor(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(UTF_8)));
    }

    /**
     * The sort keys that a cursor with a text was given; {@link #text} returns the text. Refuses a cursor of another
     * list (VALIDATION_ERROR).
     */
    public List<Long> keysBeforeText(String list, int count) {
        return numbers(parts(list, count + 2).subList(1, count + 1));
    }

    /** The text behind this many sort keys. Refuses a cursor of another list (VALIDATION_ERROR). */
    public String text(String list, int count) {
        return parts(list, count + 2).get(count + 1);
    }

    /** The sort keys that {@link #behind} was given. Refuses a cursor of another list (VALIDATION_ERROR). */
    public List<Long> keys(String list, int count) {
        return numbers(parts(list, count + 1).subList(1, count + 1));
    }

    /** The name of the list and what follows it; the last of so many parts may contain the separator. */
    private List<String> parts(String list, int count) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(value), UTF_8);
            List<String> parts = List.of(text.split(SEPARATOR, count));
            if (parts.size() == count && parts.get(0).equals(list)) {
                return parts;
            }
        } catch (IllegalArgumentException malformed) {
            throw refusal();
        }
        throw refusal();
    }

    private List<Long> numbers(List<String> parts) {
        try {
            return parts.stream().map(Long::valueOf).toList();
        } catch (NumberFormatException malformed) {
            throw refusal();
        }
    }

    private CommerceException refusal() {
        return Validation.refusal(
                "cursor",
                "does not belong to this list: use the cursor of the last page read, or none to begin again",
                Map.of("value", value));
    }
}
