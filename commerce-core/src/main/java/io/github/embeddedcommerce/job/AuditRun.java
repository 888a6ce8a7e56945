package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.store.AuditChunk;
import io.github.embeddedcommerce.store.AuditMark;
import io.github.embeddedcommerce.store.AuditStore;
import io.github.embeddedcommerce.store.AuditSubject;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of an audit, from a position to the end, a chunk in each transaction. Not thread-safe. */
final class AuditRun {
    static final String USE_CASE = "jobs.audit";

    private static final int ROWS_AN_INVARIANT = 100;

    /**
     * If more chunks than these have changed, all are walked over, so that no audit holds more keys than these have.
     */
    private static final int MOST_CHUNKS_CHANGED = 50;

    /** Each is named in the statements. */
    private static final int MOST_CHANGED = 500;

    /** What a mark cannot explain is looked for in the whole stock. */
    private static final List<Invariant> EXPLAINED_BY_MARK = List.of(
            Invariant.STOCK_ON_HAND_EXPLAINED, Invariant.STOCK_RESERVED_EXPLAINED, Invariant.RETURNED_STOCK_EXPLAINED);

    /** An order changes these, too. */
    private static final Set<AuditSubject> OF_ORDERS =
            EnumSet.of(AuditSubject.ORDERS, AuditSubject.USERS, AuditSubject.PRODUCTS, AuditSubject.STOCK);

    private final Transactions transactions;
    private final Audit.Pace pace;
    private final Map<Invariant, List<Violation>> found = new EnumMap<>(Invariant.class);
    private AuditPosition position;
    private long checked;

    /** Those that had changed when they were asked for, which is once; null before. */
    private @Nullable List<String> changedOrders;

    AuditRun(Transactions transactions, Audit.Pace pace, AuditPosition position) {
        this.transactions = transactions;
        this.pace = pace;
        this.position = position;
    }

    /** What was read of a chunk. */
    private record Step(AuditChunk.Range chunk, List<Violation> violations) {}

    /** Checks what is left, until the thread is interrupted. */
    Audit.Report toEnd() {
        AuditSubject subject = position.subject();
        while (subject != null && check(subject, position.since())) {
            position = position.atNext();
            pace.keep().accept(position.checkpoint());
            subject = position.subject();
        }
        return new Audit.Report(checkedInvariants(), violations(), position.checkpoint());
    }

    /** Whether it was checked to its end. */
    private boolean check(AuditSubject subject, @Nullable AuditMark since) {
        return since == null
                ? checkAll(subject, subject.invariants(), true)
                : checkChanged(subject, since)
                        && (subject != AuditSubject.PRODUCTS || position.since() == null || checkStock(since));
    }

    private boolean checkAll(AuditSubject subject, List<Invariant> invariants, boolean kept) {
        String last = kept ? position.last() : null;
        while (!isInterrupted()) {
            String after = last;
            Step step = transactions.scan(USE_CASE, stores -> {
                AuditChunk.Range chunk = stores.audit().next(subject, after, pace.chunk());
                return new Step(chunk, violations(invariants, chunk, stores));
            });
            note(step.violations, step.chunk.size());
            last = step.chunk.last();
            if (last == null) {
                return true;
            }
            if (kept) {
                position = position.behind(last);
                pace.keep().accept(position.checkpoint());
            }
        }
        return false;
    }

    private boolean checkChanged(AuditSubject subject, AuditMark since) {
        if (isInterrupted()) {
            return false;
        }
        int listed = MOST_CHUNKS_CHANGED * pace.chunk();
        List<String> keys = transactions.scan(USE_CASE, stores -> changed(subject, since, listed + 1, stores.audit()));
        if (keys.size() > listed) {
            position = position.ofEverything();
            return checkAll(subject, subject.invariants(), true);
        }
        int most = Math.min(pace.chunk(), MOST_CHANGED);
        for (int from = 0; from < keys.size(); from += most) {
            if (isInterrupted()) {
                return false;
            }
            AuditChunk.Changed chunk =
                    new AuditChunk.Changed(keys.subList(from, Math.min(keys.size(), from + most)), since);
            note(
                    transactions.scan(USE_CASE, stores -> ofChanged(subject, chunk, stores)),
                    chunk.keys().size());
        }
        return true;
    }

    private List<String> changed(AuditSubject subject, AuditMark since, int most, AuditStore audit) {
        if (!OF_ORDERS.contains(subject)) {
            return audit.changed(subject, since, most);
        }
        List<String> orders = changedOrders == null ? audit.changed(AuditSubject.ORDERS, since, most) : changedOrders;
        changedOrders = orders;
        if (subject == AuditSubject.ORDERS || orders.size() == most) {
            return orders;
        }
        Set<String> keys = new LinkedHashSet<>(audit.changed(subject, since, most));
        keys.addAll(audit.ofOrders(subject, orders));
        return List.copyOf(keys);
    }

    private List<Violation> ofChanged(AuditSubject subject, AuditChunk.Changed chunk, Stores stores) {
        List<Violation> violations = new ArrayList<>(violations(ofChanged(subject), chunk, stores));
        if (subject == AuditSubject.ORDERS) {
            List<String> users = stores.audit().mayBeFolded(chunk);
            if (!users.isEmpty()) {
                violations.addAll(
                        violations(List.of(Invariant.PAYMENTS_MATCH_ORDERS), new AuditChunk.Listed(users), stores));
            }
        }
        return violations;
    }

    /**
     * Every change is a change of an order or of a stock, and so explained or not, whichever rows were changed. What is
     * not explained may have been committed very late: only the whole history tells.
     */
    private boolean checkStock(AuditMark since) {
        if (isInterrupted()) {
            return false;
        }
        AuditMark now = transactions.scan(USE_CASE, stores -> stores.audit().asOfNow(since));
        return since.explains(now) || checkAll(AuditSubject.PRODUCTS, EXPLAINED_BY_MARK, false);
    }

    /** What is moved for an order is checked with the order: of its user, other orders need not be read. */
    private static List<Invariant> ofChanged(AuditSubject subject) {
        List<Invariant> invariants = new ArrayList<>(subject.invariants());
        List<Invariant> ofMoney = List.of(Invariant.PAYMENTS_MATCH_ORDERS, Invariant.FIGURES_EQUAL_LEDGER);
        if (subject == AuditSubject.ORDERS) {
            invariants.addAll(ofMoney);
        } else {
            invariants.removeAll(ofMoney);
            invariants.removeAll(EXPLAINED_BY_MARK);
        }
        return invariants;
    }

    /** Of an invariant of which enough was found, no more is looked for. */
    private List<Violation> violations(List<Invariant> invariants, AuditChunk chunk, Stores stores) {
        return invariants.stream()
                .filter(invariant -> left(invariant) > 0)
                .flatMap(invariant -> stores.audit().violations(invariant, chunk, left(invariant)).stream())
                .toList();
    }

    private int left(Invariant invariant) {
        return ROWS_AN_INVARIANT - found.getOrDefault(invariant, List.of()).size();
    }

    private void note(List<Violation> violations, int size) {
        for (Violation violation : violations) {
            found.computeIfAbsent(violation.invariant(), first -> new ArrayList<>())
                    .add(violation);
        }
        checked += size;
        pace.progress().accept(checked);
    }

    private List<Invariant> checkedInvariants() {
        List<Invariant> invariants = new ArrayList<>();
        for (AuditSubject subject : AuditSubject.values()) {
            if (subject == position.subject()) {
                break;
            }
            invariants.addAll(subject.invariants());
        }
        return invariants.stream().sorted().toList();
    }

    private List<Violation> violations() {
        return found.values().stream().flatMap(List::stream).toList();
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }
}
