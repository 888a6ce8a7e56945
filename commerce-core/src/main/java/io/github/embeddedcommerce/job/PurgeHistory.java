package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Deletes history that is older than the {@link Retention} keeps it, oldest first, in chunks with one transaction each.
 *
 * <p>Old balance changes are folded into one opening balance for each user, always from the start of the history, so
 * balances, the chain of changes and the audit hold. Several hosts can run it at once: each skips locked rows. If the
 * thread is interrupted, the run stops after the current chunk. Immutable and thread-safe.
 */
public final class PurgeHistory implements Callable<PurgeHistory.Result> {
    /** The default number of rows in a chunk. */
    public static final int DEFAULT_CHUNK = 1_000;

    static final String USE_CASE = "jobs.purgeHistory";

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final Retention retention;
    private final Pace pace;

    /** Applications call {@code jobs().purgeHistory()}. */
    public PurgeHistory(Transactions transactions, Supplier<Instant> now, Retention retention) {
        this(transactions, now, retention, new Pace(DEFAULT_CHUNK, removed -> {}));
    }

    private PurgeHistory(Transactions transactions, Supplier<Instant> now, Retention retention, Pace pace) {
        this.transactions = transactions;
        this.now = now;
        this.retention = retention;
        this.pace = pace;
    }

    private record Pace(int chunk, LongConsumer progress) {}

    /** What can be purged. */
    public enum Kind {
        /** Lines of balance histories. */
        BALANCE_CHANGES,
        /** Events that were delivered or discarded. */
        EVENTS,
        /** Snapshots of popular products. */
        SNAPSHOTS,
        /** Abandoned carts, each with its items. */
        CARTS,
        /** Idempotency keys, with their stored results. */
        IDEMPOTENCY_KEYS
    }

    /**
     * The result of one run. Immutable.
     *
     * @param removed how many rows of each kind it removed
     * @param interrupted whether it stopped early because its thread was interrupted
     */
    public record Result(Map<Kind, Long> removed, boolean interrupted) {
        /** Copies the map. */
        public Result {
            removed = Collections.unmodifiableMap(new TreeMap<>(removed));
        }

        /** How many rows of this kind it removed. */
        public long removed(Kind kind) {
            return removed.getOrDefault(kind, 0L);
        }
    }

    /**
     * The same with another number of rows in a chunk.
     *
     * @param rows 1 to 10,000; default {@value #DEFAULT_CHUNK}
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if out of range
     */
    public PurgeHistory inChunksOf(int rows) {
        Validation.range(rows, "rows", 1, 10_000);
        return new PurgeHistory(transactions, now, retention, new Pace(rows, pace.progress));
    }

    /** The same, calling this listener after every chunk with the number of rows that have been removed so far. */
    public PurgeHistory reporting(LongConsumer listener) {
        return new PurgeHistory(
                transactions, now, retention, new Pace(pace.chunk, Validation.required(listener, "listener")));
    }

    @Override
    public Result call() {
        Instant at = now.get();
        Run run = new Run();
        retention.before(Kind.BALANCE_CHANGES, at).ifPresent(before -> {
            BalanceFolding folding = new BalanceFolding(transactions, before, pace.chunk);
            run.purge(Kind.BALANCE_CHANGES, folding::foldNext);
        });
        purge(run, Kind.EVENTS, at, (stores, before) -> stores.events().purgeSettled(before, pace.chunk));
        purge(run, Kind.SNAPSHOTS, at, (stores, before) -> stores.popularity().purgeSnapshots(before, pace.chunk));
        purge(run, Kind.CARTS, at, (stores, before) -> stores.carts().purgeAbandoned(before, pace.chunk));
        purge(
                run,
                Kind.IDEMPOTENCY_KEYS,
                at,
                (stores, before) -> stores.idempotency().purge(before, pace.chunk));
        return new Result(run.removed, run.interrupted);
    }

    /** Purges what a store removes by itself, a chunk a call: nothing removed means that there is nothing left. */
    private void purge(Run run, Kind kind, Instant at, BiFunction<Stores, Instant, Integer> chunk) {
        retention
                .before(kind, at)
                .ifPresent(before -> run.purge(kind, () -> {
                    int rows = transactions.run(USE_CASE, stores -> chunk.apply(stores, before));
                    return rows == 0 ? OptionalLong.empty() : OptionalLong.of(rows);
                }));
    }

    /** One run of the job, one kind after the other. */
    private final class Run {
        private final Map<Kind, Long> removed = new EnumMap<>(Kind.class);
        private long total;
        private boolean interrupted;

        /** @param nextChunk how many rows it removed; empty if there are none left to remove */
        void purge(Kind kind, Supplier<OptionalLong> nextChunk) {
            removed.put(kind, 0L);
            while (true) {
                interrupted |= Thread.currentThread().isInterrupted();
                OptionalLong rows = interrupted ? OptionalLong.empty() : nextChunk.get();
                if (rows.isEmpty()) {
                    return;
                }
                removed.merge(kind, rows.getAsLong(), Long::sum);
                total += rows.getAsLong();
                pace.progress.accept(total);
            }
        }
    }
}
