package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Popularity;
import io.github.embeddedcommerce.product.PopularityStore;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Makes the day's snapshot of popular products, if it is not there yet, in one transaction. Earlier ones stay.
 *
 * <p>Several hosts can run it at once, and as often as they like: each counts, which locks nothing, and then one of
 * them writes what it counted while the others wait and find it. An order whose payment has not committed when it
 * counts is not seen. Immutable and thread-safe.
 */
public final class SnapshotPopularProducts implements Callable<SnapshotPopularProducts.Result> {
    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final Popularity measure;

    /** Hosts get it from {@code jobs().snapshotPopularProducts()}. */
    public SnapshotPopularProducts(Transactions transactions, Supplier<Instant> now, Popularity measure) {
        this.transactions = transactions;
        this.now = now;
        this.measure = measure;
    }

    /**
     * What one run did. Immutable.
     *
     * @param made whether this run made the day's snapshot; if not, it was there already
     * @param snapshot the day's snapshot
     */
    public record Result(boolean made, PopularProducts snapshot) {}

    @Override
    public Result call() {
        return transactions.run("jobs.snapshotPopularProducts", stores -> snapshot(stores.popularity(), now.get()));
    }

    private Result snapshot(PopularityStore store, Instant at) {
        Optional<PopularProducts> before = store.find(PopularProducts.dayOf(at));
        if (before.isPresent()) {
            return new Result(false, before.get());
        }
        PopularProducts counted = count(store, measure, at);
        store.lock();
        Optional<PopularProducts> meanwhile = store.find(counted.day());
        if (meanwhile.isPresent()) {
            return new Result(false, meanwhile.get());
        }
        store.insert(counted);
        return new Result(true, counted);
    }

    /** The snapshot of this moment, from the orders as they are now; writes nothing. */
    public static PopularProducts count(PopularityStore store, Popularity measure, Instant at) {
        Instant from = at.minus(measure.window());
        return PopularProducts.of(store.bestSelling(from, at, measure.size()), measure, at);
    }
}
