package io.github.embeddedcommerce.stock;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Instant;

/**
 * One line of an option's append-only history of what was on hand, for every change other than a sale. Immutable.
 *
 * @param option the option
 * @param before units on hand before
 * @param after units on hand after
 * @param reason why
 * @param at when
 */
public record StockChange(OptionId option, long before, long after, Reason reason, Instant at) {
    /** Refuses a change that cannot be: it would mean a bug or a damaged database. */
    public StockChange {
        if (before < 0 || after < 0 || before == after) {
            throw new IllegalArgumentException(
                    "stock of option " + option + " cannot change from " + before + " to " + after);
        }
    }

    /** What kind of change it was. */
    public enum Kind {
        /** The stock an option was added with. */
        INITIAL,
        /** Goods came in. */
        RECEIPT,
        /** Somebody counted, or something broke. */
        ADJUSTMENT,
        /** A paid order was cancelled. */
        RETURN
    }

    /**
     * Why stock changed.
     *
     * @param kind what kind of change
     * @param note in a person's words, up to 255 characters, may be empty
     */
    public record Reason(Kind kind, String note) {
        /** Refuses a note that is too long (VALIDATION_ERROR). */
        public Reason {
            Validation.required(kind, "kind");
            Validation.text(note, "note", 0, 255);
        }
    }

    /** The change from one level to the next. */
    public static StockChange between(StockLevel before, StockLevel after, Reason reason, Instant at) {
        return new StockChange(after.option(), before.onHand(), after.onHand(), reason, at);
    }
}
