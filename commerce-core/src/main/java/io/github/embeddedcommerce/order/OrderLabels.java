package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.reference.Reference;

/**
 * The host's own words on an order, for the people who run the shop: an order that its owner reads does not have them.
 * Immutable.
 *
 * @param reference the host's reference; {@link Reference#none} if there is none
 * @param note free text, up to {@value #MAX_NOTE} characters, may be empty
 */
public record OrderLabels(Reference reference, String note) {
    /** The longest note, in characters. */
    public static final int MAX_NOTE = 1_000;

    private static final OrderLabels NONE = new OrderLabels(Reference.none(), "");

    /** Refuses null and a note that is too long (VALIDATION_ERROR). */
    public OrderLabels {
        Validation.required(reference, "reference");
        Validation.text(note, "note", 0, MAX_NOTE);
    }

    /** Neither a reference nor a note. */
    public static OrderLabels none() {
        return NONE;
    }

    /** Whether there is neither a reference nor a note. */
    public boolean isEmpty() {
        return reference.isNone() && note.isEmpty();
    }

    /** The same with this reference. */
    public OrderLabels withReference(Reference newReference) {
        return new OrderLabels(newReference, note);
    }

    /** The same with this note. */
    public OrderLabels withNote(String newNote) {
        return new OrderLabels(reference, newNote);
    }
}
