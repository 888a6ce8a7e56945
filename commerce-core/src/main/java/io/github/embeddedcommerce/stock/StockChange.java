package io.github.embeddedcommerce.stock;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Instant;

/**
 * A line of an option's append-only stock history: a change of the units on hand other than a sale. Immutable.
 *
 * @param option the option
 * @param before units on hand before
 * @param after units on hand after
 * @param reason why
 * @param at when
 */
public record StockChange(OptionId option, long before, long after, Reason reason, Instant at) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public StockChange {
        if (before < 0 || after < 0 || before == after) {
            throw new IllegalArgumentException(
                    "stock of option " + option + " cannot change from " + before + " to " + after);
        }
    }

    /** What kind of change it was. */
    public enum Kind {
        /** The starting stock. */
        INITIAL,
        /** Received units. */
        RECEIPT,
        /** A correction. */
        ADJUSTMENT,
        /** Units of a paid order that was cancelled, or of a return. */
        RETURN
    }

    /**
     * Why stock changed.
     *
     * @param kind what kind of change
     * @param note free text, up to 255 characters, may be empty
     */
    public record Reason(Kind kind, String note) {
        /** Refuses a note that is too long (VALIDATION_ERROR). */
        public Reason {
            Validation.required(kind, "kind");
            Validation.text(note, "note", 0, 255);
        }
    }

    /** The change from one level to the next. */
    public static StockChange between(StockLevel before, StockLevel after, Reason reason) {
        return new StockChange(after.option(), before.onHand(), after.onHand(), reason, after.changedAt());
    }
}
