package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.OptionId;
import java.util.Map;

/**
 * So many units of an option, as asked for. Immutable.
 *
 * @param option the option
 * @param quantity 1 to {@value #MAX_QUANTITY}
 */
public record OrderItem(OptionId option, long quantity) {
    /** The most units of one option in one line. */
    public static final long MAX_QUANTITY = 1_000_000;

    /** Refuses a quantity out of its bounds (INVALID_QUANTITY). */
    public OrderItem {
        Validation.required(option, "option");
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new CommerceException(
                    INVALID_QUANTITY,
                    "quantity must be from 1 to " + MAX_QUANTITY + ", it is " + quantity,
                    Map.of("option", option.value(), "asked", quantity, "max", MAX_QUANTITY));
        }
    }
}
