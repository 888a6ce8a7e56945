package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.OptionStock;
import io.github.embeddedcommerce.stock.RecordedStockChange;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.stock.StockQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps the stock of every option. Bound to one transaction; not thread-safe. */
public interface StockStore {
    /** The stock of these options as of now, read without a lock: for display, not for decisions. */
    Map<OptionId, StockLevel> find(Collection<OptionId> options);

    /** The stock that the query asks for and that comes after this place, the lowest available first. */
    List<StockEntry> list(StockQuery query, StockPlace after, int limit);

    /** Stock of options whose number is above this, the lowest first. */
    List<OptionStock> after(long option, int limit);

    /** Locks the stock rows of these options, in the order of their ids; an unknown id is left out. */
    Map<OptionId, StockLevel> lock(Collection<OptionId> options);

    /**
     * What is offered of some options, with the names and prices of now, and their stock; an unknown id is left out.
     * Immutable.
     */
    record OffersWithStock(Map<OptionId, Offer> offers, Map<OptionId, StockLevel> levels) {
        /** Copies the maps. */
        public OffersWithStock {
            offers = Map.copyOf(offers);
            levels = Map.copyOf(levels);
        }
    }

    /** The same, together with what is offered of these options. */
    OffersWithStock lockWithOffers(Collection<OptionId> options);

    /** The same without a lock: for display, not for decisions. */
    OffersWithStock findWithOffers(Collection<OptionId> options);

    /** Adds the stock of options that are new, and the first lines of their histories. */
    void insert(List<StockLevel> levels, List<StockChange> first);

    /** Adds each movement to its row, in the given order, which must be that of the option ids. */
    void move(List<StockMovement> movements);

    /** Appends lines to the stock history, none earlier than the one before of the same option. */
    void record(List<StockChange> changes);

    /** The option's changes with an id below this one, the latest first. */
    List<RecordedStockChange> history(OptionId option, long beforeId, int limit);
}
