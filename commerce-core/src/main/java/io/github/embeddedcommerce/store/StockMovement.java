package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.product.OptionId;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiFunction;

/**
 * What a use case does to one option's stock, to be added to the row as it stands: so the arithmetic happens in the
 * database, under the row's lock, and its CHECK constraints have the last word. Immutable.
 *
 * @param option the option
 * @param onHand added to the units on hand
 * @param reserved added to the units reserved
 */
public record StockMovement(OptionId option, long onHand, long reserved) {
    /** A pending order's promise. */
    public static StockMovement reserve(OptionId option, long quantity) {
        return new StockMovement(option, 0, quantity);
    }

    /** A promise kept: sold. */
    public static StockMovement confirm(OptionId option, long quantity) {
        return new StockMovement(option, -quantity, -quantity);
    }

    /** A promise taken back. */
    public static StockMovement release(OptionId option, long quantity) {
        return new StockMovement(option, 0, -quantity);
    }

    /** A receipt, a return or an adjustment. */
    public static StockMovement change(OptionId option, long quantity) {
        return new StockMovement(option, quantity, 0);
    }

    /** One movement an option, in the order of their ids: the order in which rows are locked. */
    public static List<StockMovement> each(
            SortedMap<OptionId, Long> quantities, BiFunction<OptionId, Long, StockMovement> movement) {
        return quantities.entrySet().stream()
                .map(entry -> movement.apply(entry.getKey(), entry.getValue()))
                .toList();
    }
}
