package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The locked stock rows of a transaction: their levels, and the pending writes. Not thread-safe. */
final class LockedStock {
    private final Map<OptionId, StockLevel> levels;
    private final StockMovements movements = new StockMovements();
    private final List<StockChange> changes = new ArrayList<>();

    LockedStock(Map<OptionId, StockLevel> levels) {
        this.levels = new HashMap<>(levels);
    }

    static LockedStock lock(Set<OptionId> options, Stores stores) {
        return new LockedStock(options.isEmpty() ? Map.of() : stores.stock().lock(options));
    }

    /** The level as the requests before this one left it (PRODUCT_OPTION_NOT_FOUND). */
    StockLevel require(OptionId option) {
        StockLevel level = levels.get(option);
        if (level == null) {
            throw Offer.notFound(option);
        }
        return level;
    }

    /** Reserves units that are available. */
    void reserve(OptionId option, long quantity) {
        move(StockMovement.reserve(option, quantity));
    }

    /** Takes a reservation back that was made in this transaction. */
    void release(OptionId option, long quantity) {
        move(StockMovement.release(option, quantity));
    }

    /**
     * Changes the units on hand, with a line in the stock history that is no earlier than the one before. Refuses an
     * impossible change.
     */
    StockLevel change(OptionId option, long quantity, Reason reason, Instant now) {
        StockLevel before = require(option);
        before.requireChangeable(quantity);
        Instant at = TimeOrder.notBefore(before.changedAt(), now);
        StockLevel after = move(StockMovement.change(option, quantity, at));
        changes.add(StockChange.between(before, after, reason));
        return after;
    }

    private StockLevel move(StockMovement movement) {
        StockLevel after = movement.appliedTo(require(movement.option()));
        levels.put(movement.option(), after);
        movements.add(movement);
        return after;
    }

    void write(Stores stores) {
        movements.write(stores);
        stores.stock().record(changes);
    }
}
