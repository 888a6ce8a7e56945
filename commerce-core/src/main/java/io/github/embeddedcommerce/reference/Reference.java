package io.github.embeddedcommerce.reference;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.util.Map;

/**
 * The host's own name for an order, a product or an option, such as the number it has in another system. The shop finds
 * things by it and does not read it otherwise. Immutable.
 *
 * <pre>{@code
 * Reference.unique("ERP-4711")
 * Reference.of("spring campaign")
 * Reference.none()
 * }</pre>
 *
 * @param text 1 to {@value #MAX_LENGTH} characters, compared exactly, including case, accents and spaces; empty for no
 *     reference
 * @param isUnique whether no other thing of the same kind may have the same text as a unique reference. One that is not
 *     unique may stand on any number of things, also beside a unique one with the same text
 */
public record Reference(String text, boolean isUnique) {
    /** The longest reference, in characters. */
    public static final int MAX_LENGTH = 64;

    private static final Reference NONE = new Reference("", false);

    /** Refuses a text that is blank or too long, and a unique reference without a text (VALIDATION_ERROR). */
    public Reference {
        if (isUnique || !Validation.required(text, "text").isEmpty()) {
            Validation.text(text, "text", 1, MAX_LENGTH);
        }
    }

    /** No reference. */
    public static Reference none() {
        return NONE;
    }

    /** A reference that any number of things can have. */
    public static Reference of(String text) {
        return new Reference(Validation.text(text, "text", 1, MAX_LENGTH), false);
    }

    /** A reference that one order, one product and one option can have. */
    public static Reference unique(String text) {
        return new Reference(text, true);
    }

    /** Whether there is none. */
    public boolean isNone() {
        return text.isEmpty();
    }

    /**
     * The refusal of a unique reference that another thing has (VALIDATION_ERROR).
     *
     * @param field where the reference is in the request
     * @param holder what has it, such as {@code order 12}
     */
    public CommerceException taken(String field, String holder) {
        return Validation.refusal(
                field,
                "must be unique, " + text + " is the reference of " + holder,
                Map.of("reference", text, "holder", holder));
    }

    @Override
    public String toString() {
        return isUnique ? text + " (unique)" : text;
    }
}
