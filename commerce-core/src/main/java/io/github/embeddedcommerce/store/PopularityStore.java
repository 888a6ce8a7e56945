package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Sales;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Keeps the snapshots of popular products. Bound to one transaction; not thread-safe. */
public interface PopularityStore {
    /**
     * What sold of each product in orders paid from {@code from} on and before {@code until}, and not cancelled by
     * {@code until}; the best-selling first, at most {@code limit}.
     */
    List<Sales> bestSelling(Instant from, Instant until, int limit);

    /** The snapshot of this day, if there is one. */
    Optional<PopularProducts> find(LocalDate day);

    /** The snapshots of the days before this one, the latest first. */
    List<PopularProducts> before(LocalDate day, int limit);

    /** Locks the snapshots: other transactions that add or delete one wait until this one ends. */
    void lock();

    /** Adds a snapshot. */
    void insert(PopularProducts snapshot);

    /**
     * Deletes snapshots created before this instant, the oldest first, but never the latest one. Locks like
     * {@link #lock}.
     *
     * @param limit the largest number to delete
     * @return how many it deleted; fewer than {@code limit} if no more are left to delete
     */
    int purgeSnapshots(Instant before, int limit);

    /** The snapshot of the latest day that has one. */
    default Optional<PopularProducts> latest() {
        return before(PopularProducts.day(Long.MAX_VALUE), 1).stream().findFirst();
    }
}
