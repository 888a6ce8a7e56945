package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.transaction.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps watch over the row locks of one transaction: that they are taken in the one order of {@link Resource}, how long
 * each took, and what was being waited for if one does not come free. Not thread-safe.
 */
final class RowLocks {
    private static final int ROWS_IN_WORDS = 10;

    private final String useCase;
    private final List<LockWait> waits = new ArrayList<>();
    private Resource reached = Resource.IDEMPOTENCY_KEY;
    private String waitingFor = "";

    RowLocks(String useCase) {
        this.useCase = useCase;
    }

    /** Runs a statement that locks these rows. */
    <T> T take(Resource resource, Collection<?> ids, Supplier<T> statement) {
        if (resource.compareTo(reached) < 0) {
            throw new IllegalStateException("locks " + resource + " after " + reached + ", against the one order");
        }
        reached = resource;
        String rows = inWords(ids);
        waitingFor = ", waiting for " + resource + " " + rows;
        long begun = System.nanoTime();
        boolean acquired = false;
        try {
            T locked = statement.get();
            acquired = true;
            waitingFor = "";
            return locked;
        } finally {
            Duration wait = Duration.ofNanos(System.nanoTime() - begun);
            waits.add(new LockWait(useCase, resource, rows, wait, acquired));
        }
    }

    /** What the statement that failed was waiting for, to be added to a message; empty if it was not one that locks. */
    String inWords() {
        return waitingFor;
    }

    /** How long each statement that locks took so far. */
    List<LockWait> waits() {
        return waits;
    }

    private static String inWords(Collection<?> ids) {
        return ids.size() <= ROWS_IN_WORDS
                ? ids.toString()
                : ids.size() + " rows, the first " + ids.iterator().next();
    }
}
