package io.github.embeddedcommerce.stock;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.product.OptionId;
import org.jspecify.annotations.Nullable;

/**
 * The request to correct the units on hand of an option, up or down. Immutable.
 *
 * <pre>{@code
 * AdjustStock.of(mug, -2, "broken").withKey(key)
 * }</pre>
 *
 * @param option the option
 * @param quantity the units to add, or to remove if negative; not 0
 * @param note why, 1 to 255 characters
 * @param key the idempotency key; null for none. It belongs to the shop, not to a user
 */
public record AdjustStock(
        OptionId option,
        long quantity,
        String note,
        @Nullable IdempotencyKey key) {
    /** Refuses null, and a note that is blank or too long (VALIDATION_ERROR). */
    public AdjustStock {
        Validation.required(option, "option");
        Validation.text(note, "note", 1, 255);
    }

    /** A request without an idempotency key. */
    public static AdjustStock of(OptionId option, long quantity, String note) {
        return new AdjustStock(option, quantity, note, null);
    }

    /** The same with this idempotency key. */
    public AdjustStock withKey(IdempotencyKey newKey) {
        return new AdjustStock(option, quantity, note, Validation.required(newKey, "key"));
    }
}
