package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the stock of one option. All arithmetic on stock is here: a decision applies it to the level that
 * was read, and the store adds it to the row as it stands, under the row's lock. Immutable.
 *
 * <p>A reservation is made when an order is placed, and ends exactly once: confirmed when the order is paid, released
 * when it is cancelled or expires.
 *
 * @param option the option
 * @param onHand added to the units on hand
 * @param reserved added to the units reserved
 * @param changedAt when the units on hand change, no earlier than they changed before; null for a reservation and its
 *     end
 */
public record StockMovement(
        OptionId option,
        long onHand,
        long reserved,
        @Nullable Instant changedAt) {
    /** Units promised to a pending order. */
    public static StockMovement reserve(OptionId option, long quantity) {
        return new StockMovement(option, 0, atLeastOne(quantity), null);
    }

    /** Reserved units that are sold. */
    public static StockMovement confirm(OptionId option, long quantity) {
        return new StockMovement(option, -atLeastOne(quantity), -quantity, null);
    }

    /** Reserved units that can be ordered again. */
    public static StockMovement release(OptionId option, long quantity) {
        return new StockMovement(option, 0, -atLeastOne(quantity), null);
    }

    /** A receipt or a return (positive), or an adjustment (of either sign). */
    public static StockMovement change(OptionId option, long quantity, Instant at) {
        return new StockMovement(option, quantity, 0, at);
    }

    /** This movement and a later one of the same option in one. */
    public StockMovement plus(StockMovement other) {
        if (!option.equals(other.option)) {
            throw new IllegalArgumentException("a movement of option " + option + " cannot include " + other);
        }
        Instant last = other.changedAt == null ? changedAt : other.changedAt;
        return new StockMovement(option, onHand + other.onHand, reserved + other.reserved, last);
    }

    /**
     * The level after this movement. Throws IllegalArgumentException for an impossible value, which means a bug or a
     * damaged database.
     */
    public StockLevel appliedTo(StockLevel level) {
        Instant last = changedAt == null ? level.changedAt() : changedAt;
        return new StockLevel(option, level.onHand() + onHand, level.reserved() + reserved, last);
    }

    private static long atLeastOne(long quantity) {
        if (quantity < 1) {
            throw new IllegalArgumentException("a quantity is at least 1, not " + quantity);
        }
        return quantity;
    }
}
