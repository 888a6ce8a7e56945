package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.OptionId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many units of one option a cart item or an order line can have. */
public final class Quantity {
    /** The most units of one option in one cart item or order line: {@value}. */
    public static final long MAX = 1_000_000;

    private Quantity() {}

    /** Refuses a missing option (VALIDATION_ERROR) and a quantity below 1 or above {@link #MAX} (INVALID_QUANTITY). */
    public static void require(@Nullable OptionId option, long quantity) {
        OptionId present = Validation.required(option, "option");
        if (quantity < 1 || quantity > MAX) {
            throw Validation.refusal(
                    INVALID_QUANTITY,
                    "quantity",
                    "must be from 1 to " + MAX + ", it is " + quantity,
                    Map.of("option", present.value(), "asked", quantity, "max", MAX));
        }
    }
}
