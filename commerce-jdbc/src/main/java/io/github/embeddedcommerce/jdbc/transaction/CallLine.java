package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.transaction.RowKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the calls of one use case wait that would otherwise wait in the database for the same row, or for a connection.
 * A call that finds its rows free and a lane open goes ahead at once. The others wait in line; whoever goes ahead next
 * takes along, into its own transaction, those in line that want its rows or rows that are free. First come, first
 * served: nobody overtakes a call that waits for the same row.
 *
 * <p>This only spares waiting. What may be done is decided under row locks in the database, where calls of other
 * processes are met, too. There is no thread behind it; calls are woken by the one that leaves. Thread-safe.
 *
 * @param <R> the type of a request
 * @param <A> the type of its result
 */
final class CallLine<R, A> {
    /**
     * A call that has waited for so long is let through though few lanes are open: what is ahead may wait for a row.
     */
    static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int lanes;
    private final int mostLanes;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<WaitingCall<R, A>> waiting = new LinkedHashSet<>();
    private final Map<RowKey, Integer> wanted = new HashMap<>();
    private final Map<RowKey, WaitingCall<R, A>> taken = new HashMap<>();
    private int ahead;

    /**
     * @param lanes how many transactions there are at a time
     * @param mostLanes how many there may be, for calls that have waited for long
     * @param most how many calls may share one
     */
    CallLine(int lanes, int mostLanes, int most) {
        this.lanes = lanes;
        this.mostLanes = mostLanes;
        this.most = most;
    }

    /**
     * Goes ahead, or gets in line.
     *
     * @return whether it goes ahead
     */
    boolean enter(WaitingCall<R, A> call) {
        lock.lock();
        try {
            Optional<RowKey> missing = call.rows().stream()
                    .filter(row -> taken.containsKey(row) || wanted.containsKey(row))
                    .findFirst();
            if (missing.isEmpty() && ahead < lanes) {
                goAhead(call);
                return true;
            }
            call.waitsFor(missing.orElse(null));
            waiting.add(call);
            call.rows().forEach(row -> wanted.merge(row, 1, Integer::sum));
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A call has waited for long, which opens more lanes. */
    void openMoreLanes() {
        lock.lock();
        try {
            if (ahead >= lanes) {
                letGoAhead();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a call out of the line that has waited for too long; false if its turn has come meanwhile. */
    boolean withdraw(WaitingCall<R, A> call) {
        lock.lock();
        try {
            boolean present = removed(call);
            if (present) {
                letGoAhead(); // others may have waited for it alone
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    /** Adds the calls in line that share the transaction of this one, which goes ahead, to those that it decides. */
    void takeAlong(WaitingCall<R, A> leader, List<WaitingCall<R, A>> calls) {
        lock.lock();
        try {
            Set<RowKey> wantedBefore = new HashSet<>();
            for (Iterator<WaitingCall<R, A>> inLine = waiting.iterator(); inLine.hasNext() && calls.size() < most; ) {
                WaitingCall<R, A> call = inLine.next();
                if (canJoin(leader, call, wantedBefore)) {
                    calls.add(call);
                    inLine.remove();
                    forget(call);
                    call.rows().forEach(row -> taken.put(row, leader));
                    call.join();
                    leader.takesAlong();
                } else {
                    wantedBefore.addAll(call.rows());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean canJoin(WaitingCall<R, A> leader, WaitingCall<R, A> call, Set<RowKey> wantedBefore) {
        return call.rows().stream().noneMatch(row -> {
            WaitingCall<R, A> holder = taken.get(row);
            return wantedBefore.contains(row) || (holder != null && (holder != leader || !row.canBeShared()));
        });
    }

    /** The transaction of this call has ended: whoever can goes ahead. */
    void leave(WaitingCall<R, A> leader) {
        lock.lock();
        try {
            ahead--;
            taken.values().removeIf(holder -> holder == leader);
            letGoAhead();
        } finally {
            lock.unlock();
        }
    }

    private void letGoAhead() {
        Set<RowKey> wantedBefore = new HashSet<>();
        for (Iterator<WaitingCall<R, A>> calls = waiting.iterator(); calls.hasNext() && ahead < mostLanes; ) {
            WaitingCall<R, A> call = calls.next();
            if (ahead >= lanes && !call.hasWaited(LONG_WAIT_NANOS)) {
                return; // and none of those behind it has
            }
            if (call.rows().stream().anyMatch(row -> taken.containsKey(row) || wantedBefore.contains(row))) {
                wantedBefore.addAll(call.rows());
            } else {
                calls.remove();
                forget(call);
                goAhead(call);
                call.lead();
            }
        }
    }

    private void goAhead(WaitingCall<R, A> call) {
        ahead++;
        call.rows().forEach(row -> taken.put(row, call));
    }

    private boolean removed(WaitingCall<R, A> call) {
        boolean present = waiting.remove(call);
        if (present) {
            forget(call);
        }
        return present;
    }

    private void forget(WaitingCall<R, A> call) {
        call.rows().forEach(row -> wanted.computeIfPresent(row, (any, calls) -> calls == 1 ? null : calls - 1));
    }
}
