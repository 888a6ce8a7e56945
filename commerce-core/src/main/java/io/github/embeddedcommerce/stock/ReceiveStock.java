package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.product.OptionId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request to add received units to the stock of an option. Immutable.
 *
 * <pre>{@code
 * ReceiveStock.of(mug, 50).withNote("delivery 4711").withKey(key)
 * }</pre>
 *
 * @param option the option
 * @param quantity how many units, 1 or more
 * @param note such as the number of the delivery, up to 255 characters, may be empty
 * @param key the idempotency key; null for none. It belongs to the shop, not to a user
 */
public record ReceiveStock(
        OptionId option,
        long quantity,
        String note,
        @Nullable IdempotencyKey key) {
    /** Refuses null and a note that is too long (VALIDATION_ERROR), and a quantity below 1 (INVALID_STOCK_QUANTITY). */
    public ReceiveStock {
        Validation.required(option, "option");
        Validation.text(note, "note", 0, 255);
        if (quantity < 1) {
            throw Validation.refusal(
                    INVALID_STOCK_QUANTITY,
                    "quantity",
                    "must be 1 or more, it is " + quantity,
                    Map.of("option", option.value(), "asked", quantity));
        }
    }

    /** A request without a note. */
    public static ReceiveStock of(OptionId option, long quantity) {
        return new ReceiveStock(option, quantity, "", null);
    }

    /** The same with this note. */
    public ReceiveStock withNote(String newNote) {
        return new ReceiveStock(option, quantity, newNote, key);
    }

    /** The same with this idempotency key. */
    public ReceiveStock withKey(IdempotencyKey newKey) {
        return new ReceiveStock(option, quantity, note, Validation.required(newKey, "key"));
    }
}
