package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What a transaction adds to the stock, summed up to one movement an option. Not thread-safe. */
final class StockMovements {
    private final SortedMap<OptionId, StockMovement> movements = new TreeMap<>();

    void add(StockMovement movement) {
        movements.merge(movement.option(), movement, StockMovement::plus);
    }

    /** Adds one movement for each of these quantities. */
    void add(Map<OptionId, Long> quantities, BiFunction<OptionId, Long, StockMovement> movement) {
        quantities.forEach((option, quantity) -> add(movement.apply(option, quantity)));
    }

    /** Writes them in the order of the option ids, in which the rows are locked. */
    void write(Stores stores) {
        stores.stock().move(List.copyOf(movements.values()));
    }
}
