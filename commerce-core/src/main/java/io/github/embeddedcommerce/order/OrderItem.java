package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.Quantity;

/**
 * A line of a request to place an order. Immutable.
 *
 * @param option the option
 * @param quantity 1 to {@link Quantity#MAX}
 */
public record OrderItem(OptionId option, long quantity) {
    /** Refuses a missing option (VALIDATION_ERROR) and a quantity out of range (INVALID_QUANTITY). */
    public OrderItem {
        Quantity.require(option, quantity);
    }
}
