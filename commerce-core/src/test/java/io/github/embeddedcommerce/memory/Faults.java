package io.github.embeddedcommerce.memory;

import io.github.embeddedcommerce.order.OrderId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What goes wrong in an {@link InMemoryShop}, or happens at the same time elsewhere. Nothing, unless a test says so.
 */
public final class Faults {
    private final Map<OrderId, RuntimeException> broken = new HashMap<>();
    private final Set<OrderId> lockedElsewhere = new HashSet<>();
    private final Deque<Runnable> betweenTransactions = new ArrayDeque<>();
    private final Deque<Consumer<Rows>> whileWaiting = new ArrayDeque<>();
    private final Deque<Consumer<Rows>> whileWaitingForSnapshots = new ArrayDeque<>();
    private boolean everyTransactionBreaksOffOnce;
    private boolean unreachable;

    Faults() {}

    /** From now on no transaction that writes this order gets further. */
    public void breakOrder(OrderId id) {
        breakOrder(id, new IllegalStateException("order " + id + " is on a bad block"));
    }

    /** The same, and this is how it fails. */
    public void breakOrder(OrderId id, RuntimeException failure) {
        broken.put(id, failure);
    }

    /** Somebody else holds the lock on this order, and keeps it. */
    public void lockElsewhere(OrderId id) {
        lockedElsewhere.add(id);
    }

    /** Something happens once the next transaction is over, before the one after it. */
    public void afterNextTransaction(Runnable happening) {
        betweenTransactions.add(happening);
    }

    /** Somebody else changes this, and commits it, while the next lock on orders is waited for. */
    public void whileWaitingForOrders(Consumer<Rows> change) {
        whileWaiting.add(change);
    }

    /** Somebody else changes this, and commits it, while the next lock on snapshots is waited for. */
    public void whileWaitingForSnapshots(Consumer<Rows> change) {
        whileWaitingForSnapshots.add(change);
    }

    /** Every transaction is broken off at its end and run again, as after a deadlock. */
    public void breakOffEveryTransactionOnce() {
        everyTransactionBreaksOffOnce = true;
    }

    /** Whether the database can be reached at all. */
    public void reachable(boolean yes) {
        unreachable = !yes;
    }

    Set<OrderId> lockedElsewhere() {
        return lockedElsewhere;
    }

    boolean everyTransactionBreaksOffOnce() {
        return everyTransactionBreaksOffOnce;
    }

    boolean unreachable() {
        return unreachable;
    }

    void strike(OrderId id) {
        RuntimeException failure = broken.get(id);
        if (failure != null) {
            throw failure;
        }
    }

    void waitForOrders(Rows rows) {
        Consumer<Rows> change = whileWaiting.poll();
        if (change != null) {
            change.accept(rows);
        }
    }

    void waitForSnapshots(Rows rows) {
        Consumer<Rows> change = whileWaitingForSnapshots.poll();
        if (change != null) {
            change.accept(rows);
        }
    }

    void transactionOver() {
        Runnable happening = betweenTransactions.poll();
        if (happening != null) {
            happening.run();
        }
    }
}
