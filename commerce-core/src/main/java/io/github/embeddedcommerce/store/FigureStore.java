package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.Sales;
import io.github.embeddedcommerce.order.SalesOfProduct;
import java.time.Instant;
import java.util.List;

/** Adds up what was sold, straight from the orders. Bound to one transaction; not thread-safe. Locks nothing. */
public interface FigureStore {
    /**
     * What was sold from each of these instants until the one behind it; one consistent state for up to
     * {@value #AT_ONCE} times.
     *
     * @param bounds at least two, none before the one ahead of it
     * @return one fewer than there are bounds
     */
    List<Sales> between(List<Instant> bounds);

    /** The most times that are added up by one statement. */
    int AT_ONCE = 31;

    /**
     * What was sold of each product from an instant until another, for products whose number is above this, the lowest
     * first; only of those of which something was sold or given back.
     */
    List<SalesOfProduct> byProduct(Instant from, Instant until, long aboveProduct, int limit);
}
