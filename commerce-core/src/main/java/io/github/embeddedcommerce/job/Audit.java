package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * Checks every invariant on the live data. Each is checked by one statement in a transaction of its own, which reads
 * one consistent state, so the shop can go on selling. Writes nothing. Immutable and thread-safe.
 */
public final class Audit implements Callable<Audit.Report> {
    private static final int ROWS_AN_INVARIANT = 100;

    private final Transactions transactions;
    private final LongConsumer progress;

    /** Applications call {@code jobs().audit()}. */
    public Audit(Transactions transactions) {
        this(transactions, checked -> {});
    }

    private Audit(Transactions transactions, LongConsumer progress) {
        this.transactions = transactions;
        this.progress = progress;
    }

    /**
     * The result of an audit. Immutable.
     *
     * @param checked the invariants that were checked: all, unless the thread was interrupted
     * @param violations the rows that break one, at most 100 for each invariant
     */
    public record Report(List<Invariant> checked, List<Violation> violations) {
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

    /** The same, calling this listener after every invariant with the number checked so far. */
    public Audit reporting(LongConsumer listener) {
        return new Audit(transactions, Validation.required(listener, "listener"));
    }

    /**
     * Checks the invariants. If the thread is interrupted, reports those checked so far.
     *
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    @Override
    public Report call() {
        List<Invariant> checked = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        for (Invariant invariant : Invariant.values()) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            violations.addAll(
                    transactions.scan("jobs.audit", stores -> stores.audit().violations(invariant, ROWS_AN_INVARIANT)));
            checked.add(invariant);
            progress.accept(checked.size());
        }
        return new Report(checked, violations);
    }
}
