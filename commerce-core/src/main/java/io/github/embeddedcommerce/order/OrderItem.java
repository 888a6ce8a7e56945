package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.Quantity;

/**
 * So many units of an option, as asked for. Immutable.
 *
 * @param option the option
 * @param quantity 1 to {@link Quantity#MAX}
 */
public record OrderItem(OptionId option, long quantity) {
    /** Refuses a missing option (VALIDATION_ERROR) and a quantity out of its bounds (INVALID_QUANTITY). */
    public OrderItem {
        Quantity.require(option, quantity);
    }
}
