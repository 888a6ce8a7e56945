package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.transaction.LockOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps watch over the row locks of one transaction: that they are taken in the one order of {@link LockOrder}, how
 * long each took, and which lock was not acquired. Not thread-safe.
 */
public final class RowLocks {
    private static final int ROWS_IN_WORDS = 10;

    private final String useCase;
    private final Dialect dialect;
    private final List<LockWait> waits = new ArrayList<>();
    private LockOrder reached = LockOrder.IDEMPOTENCY_KEY;
    private String waitingFor = "";

    public RowLocks(String useCase, Dialect dialect) {
        this.useCase = useCase;
        this.dialect = dialect;
    }

    /** Runs a statement that locks these rows. One that locks rows of several kinds is run in a take of each. */
    public <T> T take(LockOrder resource, Collection<?> ids, Supplier<T> statement) {
        if (resource.compareTo(reached) < 0) {
            throw new IllegalStateException("locks " + resource + " after " + reached + ", against the one order");
        }
        reached = resource;
        String rows = inWords(ids);
        long begun = System.nanoTime();
        try {
            T locked = statement.get();
            waits.add(new LockWait(useCase, resource, rows, since(begun), true));
            return locked;
        } catch (RuntimeException failure) {
            if (isGivenUp(failure)) {
                waits.add(new LockWait(useCase, resource, rows, since(begun), false));
                waitingFor += (waitingFor.isEmpty() ? ", waiting for " : " or ") + resource + " " + rows;
            }
            throw failure;
        }
    }

    /** Whether the wait was: a statement that locks can fail for other reasons, too. */
    private boolean isGivenUp(RuntimeException failure) {
        return !SqlFailure.isOfNextId(failure)
                && SqlFailure.errorOf(failure, dialect)
                        .filter(error -> error == StorageError.LOCK_TIMEOUT || error == StorageError.DEADLOCK)
                        .isPresent();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** The lock that was not acquired, for a message; empty if there is none. */
    public String inWords() {
        return waitingFor;
    }

    /** How long each statement took that locked, or gave up. */
    public List<LockWait> waits() {
        return waits;
    }

    private static String inWords(Collection<?> ids) {
        return ids.size() <= ROWS_IN_WORDS
                ? ids.toString()
                : ids.size() + " rows, the first " + ids.iterator().next();
    }
}
