package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Checks every invariant on the live data, one statement each, so it can run while the shop sells. Reads only.
 * Immutable and thread-safe.
 */
public final class Audit implements Callable<Audit.Report> {
    private static final int ROWS_AN_INVARIANT = 100;

    private final Transactions transactions;

    /** Hosts get it from {@code jobs().audit()}. */
    public Audit(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * What was found. Immutable.
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

    /**
     * Checks each invariant in a transaction of its own. If the thread is interrupted, reports what it checked so far.
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
                    transactions.run("jobs.audit", stores -> stores.audit().violations(invariant, ROWS_AN_INVARIANT)));
            checked.add(invariant);
        }
        return new Report(checked, violations);
    }
}
