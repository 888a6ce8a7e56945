package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Popularity;
import io.github.embeddedcommerce.store.PopularityStore;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Creates the snapshot of popular products of the current UTC day, unless it exists. Earlier snapshots stay.
 *
 * <p>Several hosts can run it at once, any number of times: each counts in a transaction that locks nothing; then one
 * writes its result in a second transaction, while the others wait and return that one. An order whose payment has not
 * committed when it counts is not counted. If the thread is interrupted, the run stops before the next of these steps.
 * Immutable and thread-safe.
 */
public final class SnapshotPopularProducts implements Callable<SnapshotPopularProducts.Result> {
    private static final String USE_CASE = "jobs.snapshotPopularProducts";

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final Popularity measure;
    private final LongConsumer progress;

    /** Applications call {@code jobs().snapshotPopularProducts()}. */
    public SnapshotPopularProducts(Transactions transactions, Supplier<Instant> now, Popularity measure) {
        this(transactions, now, measure, ranked -> {});
    }

    private SnapshotPopularProducts(
            Transactions transactions, Supplier<Instant> now, Popularity measure, LongConsumer progress) {
        this.transactions = transactions;
        this.now = now;
        this.measure = measure;
        this.progress = progress;
    }

    /**
     * The result of one run. Immutable.
     *
     * @param made whether this run created the day's snapshot; false if it existed
     * @param snapshot the day's snapshot; empty if the run was interrupted before it had one
     */
    public record Result(boolean made, Optional<PopularProducts> snapshot) {
        /** Whether it stopped early because its thread was interrupted. */
        public boolean interrupted() {
            return snapshot.isEmpty();
        }
    }

    /** The same, calling this listener with the number of ranked products before they are written. */
    public SnapshotPopularProducts reporting(LongConsumer listener) {
        return new SnapshotPopularProducts(transactions, now, measure, Validation.required(listener, "listener"));
    }

    /**
     * Creates or finds the day's snapshot.
     *
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    @Override
    public Result call() {
        Instant at = now.get();
        if (Thread.currentThread().isInterrupted()) {
            return new Result(false, Optional.empty());
        }
        Result seen = transactions.scan(USE_CASE, stores -> findOrCount(stores.popularity(), at));
        if (!seen.made) {
            return seen;
        }
        PopularProducts counted = seen.snapshot.orElseThrow();
        progress.accept(counted.entries().size());
        if (Thread.currentThread().isInterrupted()) {
            return new Result(false, Optional.empty());
        }
        return transactions.run(USE_CASE, stores -> keep(stores.popularity(), counted));
    }

    private Result findOrCount(PopularityStore store, Instant at) {
        Optional<PopularProducts> before = store.find(PopularProducts.dayOf(at));
        return before.isPresent()
                ? new Result(false, before)
                : new Result(true, Optional.of(count(store, measure, at)));
    }

    private static Result keep(PopularityStore store, PopularProducts counted) {
        store.lock();
        Optional<PopularProducts> meanwhile = store.find(counted.day());
        if (meanwhile.isPresent()) {
            return new Result(false, meanwhile);
        }
        store.insert(counted);
        return new Result(true, Optional.of(counted));
    }

    /** Computes the snapshot of this moment from the orders; writes nothing. */
    public static PopularProducts count(PopularityStore store, Popularity measure, Instant at) {
        Instant from = at.minus(measure.window());
        return PopularProducts.of(store.bestSelling(from, at, measure.size()), measure, at);
    }
}
