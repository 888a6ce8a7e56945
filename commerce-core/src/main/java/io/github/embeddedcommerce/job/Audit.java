package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.store.AuditMark;
import io.github.embeddedcommerce.store.AuditSubject;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks the invariants on the live data. It walks over orders, users, products, stock, coupons, carts, idempotency
 * keys and snapshots, a chunk of them in each transaction. What refers to one that is not there belongs to a chunk,
 * too. Each invariant of a chunk is checked by one statement, which reads one consistent state of all that belongs to
 * the chunk, so the shop can go on selling and no transaction is long. Writes nothing. Immutable and thread-safe.
 *
 * <p>A report has a {@link Checkpoint}, which the host can keep as a text. An audit {@link #after} it goes on: where
 * the other one was interrupted, or, if it was complete, with what has changed since. So one line in a schedule is
 * enough: {@code checkpoint = jobs().audit().after(checkpoint).call().checkpoint()}.
 *
 * <p><b>What an audit of changes proves.</b> Every invariant, as far as it is about what has changed: orders that were
 * placed, paid, closed or returned since, that are pending, or whose payments, refunds or events were; lines of balance
 * histories, each from the one before it up to the balance; coupons that were issued and used; carts, keys, snapshots
 * and new products. And that all stock taken together moved by what orders and stock changes say, and is reserved for
 * pending orders; only if it is not, the whole history of the stock is read to find out where. Its cost follows the
 * changes, plus a pass over the stock levels; of a coupon with a limit that was issued since, all its holders are
 * counted.
 *
 * <p><b>What only the whole audit proves.</b> That nothing else has changed: rows from before the checkpoint that were
 * altered or deleted behind the shop's back, and rows of which nothing is left to be found by, such as the only line of
 * a user's history, an unused coupon that is gone, or a key whose time was set back. It trusts what the audits before
 * it found: a violation that was reported is not looked for again until its rows change. Old history that was purged
 * and what is kept of it, options that were added without stock, terms of coupons, and users who were removed or of
 * whom no money has moved are for the whole audit, too. So run the whole one now and then, and after a backup was
 * restored.
 *
 * <p>Clocks of hosts may differ and transactions may take their time: an audit of changes begins {@link #OVERLAP}
 * before the one it goes on after. A change is missed by it if its transaction was committed later than that after its
 * time; it is never taken for a violation. After a checkpoint whose time is yet to come, of a host whose clock was
 * wrong, and if more has changed than 50 chunks can hold, everything is checked.
 */
public final class Audit implements Callable<Audit.Report> {
    /** The default number of orders, users and so on in a chunk. */
    public static final int DEFAULT_CHUNK = 2_000;

    /** How far clocks of hosts may be apart and transactions may take, together: 10 minutes. */
    public static final Duration OVERLAP = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final @Nullable AuditPosition after;
    private final Pace pace;

    /** Applications call {@code jobs().audit()}. */
    public Audit(Transactions transactions, Supplier<Instant> now) {
        this(transactions, now, null, new Pace(DEFAULT_CHUNK, checked -> {}, checkpoint -> {}));
    }

    private Audit(Transactions transactions, Supplier<Instant> now, @Nullable AuditPosition after, Pace pace) {
        this.transactions = transactions;
        this.now = now;
        this.after = after;
        this.pace = pace;
    }

    record Pace(int chunk, LongConsumer progress, Consumer<? super Checkpoint> keep) {}

    /**
     * The result of an audit. Immutable.
     *
     * @param checked the invariants that were checked to the end, by this audit or the interrupted one it went on
     *     after: all, unless the thread was interrupted
     * @param violations the rows that break one, at most 100 for each invariant; what an interrupted audit found is in
     *     its own report
     * @param checkpoint where the next audit can go on
     */
    public record Report(List<Invariant> checked, List<Violation> violations, Checkpoint checkpoint) {
        /** Copies the lists. */
        public Report {
            checked = List.copyOf(checked);
            violations = List.copyOf(violations);
        }

        /** Whether every invariant was checked and holds. */
        public boolean isClean() {
            return violations.isEmpty() && checked.size() == Invariant.values().length;
        }
    }

    /**
     * The same, going on after the audit of this checkpoint: where it was interrupted, or with what has changed since
     * it was complete. After {@link Checkpoint#NONE}, the default, everything is checked.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if it is not one of an audit
     */
    public Audit after(Checkpoint checkpoint) {
        return new Audit(transactions, now, AuditPosition.of(Validation.required(checkpoint, "checkpoint")), pace);
    }

    /**
     * The same with another number of orders, users and so on in a chunk. All lines of a product are read together,
     * however small the chunk.
     *
     * @param rows 1 to 10,000; default {@value #DEFAULT_CHUNK}
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if out of range
     */
    public Audit inChunksOf(int rows) {
        Validation.range(rows, "rows", 1, 10_000);
        return new Audit(transactions, now, after, new Pace(rows, pace.progress, pace.keep));
    }

    /** The same, calling this listener after every chunk with the number of orders, users and so on checked so far. */
    public Audit reporting(LongConsumer listener) {
        return new Audit(
                transactions, now, after, new Pace(pace.chunk, Validation.required(listener, "listener"), pace.keep));
    }

    /**
     * The same, handing this sink a checkpoint after every chunk, so that an audit whose process ends can be resumed:
     * of changes, with the kind it was at. What was found until then is not in the report of the next one.
     */
    public Audit keeping(Consumer<? super Checkpoint> sink) {
        return new Audit(
                transactions, now, after, new Pace(pace.chunk, pace.progress, Validation.required(sink, "sink")));
    }

    /**
     * Checks the invariants. If the thread is interrupted, reports what has been checked so far.
     *
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    @Override
    public Report call() {
        if (Thread.currentThread().isInterrupted()) {
            return new Report(List.of(), List.of(), after == null ? Checkpoint.NONE : after.checkpoint());
        }
        return new AuditRun(transactions, pace, beginning()).toEnd();
    }

    /** What is checked later than the mark is not missed by the next audit: so the mark comes first. */
    private AuditPosition beginning() {
        if (after != null && after.subject() != null) {
            return after;
        }
        AuditMark mark = transactions.scan(
                AuditRun.USE_CASE, stores -> stores.audit().mark(now.get().minus(OVERLAP)));
        AuditMark since = after == null || after.mark().at().isAfter(now.get()) ? null : after.mark();
        return new AuditPosition(mark, since, AuditSubject.ORDERS, null);
    }
}
