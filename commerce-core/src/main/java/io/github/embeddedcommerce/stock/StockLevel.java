package io.github.embeddedcommerce.stock;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Instant;
import java.util.Map;

/**
 * The stock of one option, as it was when it was read. Immutable. Always {@code 0 <= reserved <= onHand}.
 *
 * @param option the option
 * @param onHand units the shop has, including reserved ones
 * @param reserved units held by pending orders
 * @param changedAt when the units on hand were last changed otherwise than by a sale, which is the time of the last
 *     line of the stock history; when the option was registered, if there is none
 */
public record StockLevel(OptionId option, long onHand, long reserved, Instant changedAt) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public StockLevel {
        if (reserved < 0 || onHand < reserved || onHand > NewOption.MAX_STOCK) {
            throw new IllegalArgumentException(
                    "option " + option + " cannot have " + onHand + " on hand and " + reserved + " reserved");
        }
    }

    /** Units that can be ordered: on hand and not reserved. */
    public long available() {
        return onHand - reserved;
    }

    /**
     * Refuses more units than are available (INSUFFICIENT_STOCK).
     *
     * @param sku the sku, for the message
     */
    public void requireAvailable(String sku, long quantity) {
        if (quantity > available()) {
            throw new CommerceException(
                    INSUFFICIENT_STOCK,
                    sku + " (option " + option + ") has " + available() + " available, " + quantity
                            + " were asked for: ask for fewer or wait for stock",
                    Map.of("option", option.value(), "sku", sku, "asked", quantity, "available", available()));
        }
    }

    /**
     * Refuses a change of the units on hand that is 0, or that would leave fewer than are reserved or more than
     * {@link NewOption#MAX_STOCK} (INVALID_STOCK_QUANTITY).
     */
    public void requireChangeable(long quantity) {
        long floor = reserved - onHand;
        long ceiling = NewOption.MAX_STOCK - onHand;
        if (quantity == 0 || quantity < floor || quantity > ceiling) {
            throw Validation.refusal(
                    INVALID_STOCK_QUANTITY,
                    "quantity",
                    "must not be 0 and must be from " + floor + " to " + ceiling + " for option " + option + ", it is "
                            + quantity + ": " + onHand + " are on hand, " + reserved + " of them reserved",
                    Map.of("option", option.value(), "asked", quantity, "onHand", onHand, "reserved", reserved));
        }
    }
}
