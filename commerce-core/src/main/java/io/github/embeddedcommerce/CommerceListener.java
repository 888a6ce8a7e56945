package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.transaction.LockOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what the shop does and what it waits for: metrics and alerts hang here.
 *
 * <p>It is called by the thread that made the call, after the transaction has ended, so it holds up no lock; it should
 * be quick all the same, and must be thread-safe. What it throws is logged and otherwise ignored: it cannot disturb the
 * shop.
 *
 * <p>Of several use cases in one transaction ({@link CommerceFacade#inTransaction}) it is told when that has ended: of
 * each as it went, even if the transaction was rolled back, and after them of the whole, named {@code inTransaction}.
 * Only in a transaction of the host's, where the library does not see the end, it is told as soon as the use case has
 * done its part: rows are locked then, and what it was told of may yet be rolled back.
 */
public interface CommerceListener {
    /** A use case has come to its end. */
    default void useCaseEnded(UseCaseEnded ended) {}

    /** A statement that locks rows has come back, or has given up. */
    default void lockWaited(LockWait wait) {}

    /** The database broke a transaction off; the use case is tried again if {@code pause} is not null. */
    default void transactionBroken(BrokenTransaction broken) {}

    /**
     * How a use case ended.
     *
     * @param useCase such as {@code orders.place}
     * @param duration from the call to its end, all tries and pauses included
     * @param attempts how many transactions it took
     * @param refusal why it was refused; null if it was not
     * @param error why the database could not do it; null if it could
     */
    record UseCaseEnded(
            String useCase,
            Duration duration,
            int attempts,
            @Nullable ErrorCode refusal,
            @Nullable StorageError error) {
        /** Whether it did what was asked. */
        public boolean succeeded() {
            return refusal == null && error == null;
        }
    }

    /**
     * How long a statement that locks rows took. Where nobody else is at them, that is the statement's own time.
     *
     * @param useCase for which the rows were locked
     * @param resource what kind of rows
     * @param rows which of them, in words
     * @param duration how long the statement took
     * @param acquired whether the rows are locked now; false if the wait was given up, because it took too long or
     *     would have been in a circle
     */
    record LockWait(String useCase, LockOrder resource, String rows, Duration duration, boolean acquired) {}

    /**
     * A transaction that the database broke off.
     *
     * @param useCase what it was for
     * @param attempt 1 for the first try, then counted up
     * @param error why: a deadlock, a lock timeout, a lost connection …
     * @param pause how long until it is tried again; null if it is given up
     */
    record BrokenTransaction(
            String useCase,
            int attempt,
            StorageError error,
            @Nullable Duration pause) {}
}
