package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.stock.Quantity;
import java.util.Map;

/**
 * A line of a request to give units of an order back. Immutable.
 *
 * @param line the number of the order's line
 * @param quantity how many of its units, 1 to {@link Quantity#MAX}
 */
public record ReturnItem(int line, long quantity) {
    /** Refuses a number that no line has (VALIDATION_ERROR) and a quantity out of range (INVALID_QUANTITY). */
    public ReturnItem {
        Validation.range(line, "line", 1, PlaceOrder.MAX_LINES);
        if (quantity < 1 || quantity > Quantity.MAX) {
            throw Validation.refusal(
                    INVALID_QUANTITY,
                    "quantity",
                    "must be from 1 to " + Quantity.MAX + ", it is " + quantity,
                    Map.of("line", line, "asked", quantity, "max", Quantity.MAX));
        }
    }
}
