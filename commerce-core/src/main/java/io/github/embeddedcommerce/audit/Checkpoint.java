package io.github.embeddedcommerce.audit;

import io.github.embeddedcommerce.error.Validation;

/**
 * How far an audit has come. The host keeps its text and hands it to a later audit, which goes on from there. Opaque,
 * and without a secret; it belongs to the shop whose audit it is of. Immutable.
 *
 * @param value URL-safe text of up to 1,000 characters
 */
public record Checkpoint(String value) {
    /** Before anything was checked. */
    public static final Checkpoint NONE = new Checkpoint("none");

    /** Refuses text that is empty or too long (VALIDATION_ERROR). */
    public Checkpoint {
        Validation.text(value, "checkpoint", 1, 1_000);
    }

    @Override
    public String toString() {
        return value;
    }
}
