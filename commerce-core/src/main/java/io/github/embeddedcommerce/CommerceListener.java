package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.transaction.LockOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Receives what the shop does and waits for, for metrics and alerts.
 *
 * <p>Called on the thread of the call, after the transaction has ended, so it delays nobody who waits for a lock. It
 * should return quickly and must be thread-safe. What it throws, be it an Error or a checked exception that its
 * language does not declare, is logged and otherwise ignored: the other listeners are told, and the call returns what
 * it came to.
 *
 * <p>Use cases in {@link CommerceFacade#inTransaction} are reported when their transaction has ended: each as it went,
 * even if the transaction was rolled back, and then the whole, named {@code inTransaction}. In a transaction of the
 * host's the library does not see the end: a use case is reported as soon as it is done, while its rows are still
 * locked, and may be rolled back later.
 */
public interface CommerceListener {
    /** A use case has ended. */
    default void useCaseEnded(UseCaseEnded ended) {}

    /** A statement that locks rows has returned or failed. */
    default void lockWaited(LockWait wait) {}

    /** A transaction failed; the use case is retried if {@code pause} is not null. */
    default void transactionBroken(BrokenTransaction broken) {}

    /** Several calls have shared a transaction. */
    default void transactionShared(SharedTransaction shared) {}

    /**
     * How a use case ended. Immutable.
     *
     * @param useCase such as {@code orders.place}
     * @param duration from the call to its end, including retries and the pauses between them
     * @param attempts how many transactions it took
     * @param refusal why it was refused; null if it was not
     * @param error why it failed; null if it did not
     */
    record UseCaseEnded(
            String useCase,
            Duration duration,
            int attempts,
            @Nullable ErrorCode refusal,
            @Nullable StorageError error) {
        /** Whether it was neither refused nor failed. */
        public boolean succeeded() {
            return refusal == null && error == null;
        }
    }

    /**
     * How long a statement that locks rows took, including its own time. Immutable.
     *
     * @param useCase the use case that locked the rows
     * @param resource the kind of rows
     * @param rows which rows, in words
     * @param duration how long the statement took
     * @param acquired whether the rows were locked; false after a lock timeout or a deadlock
     */
    record LockWait(String useCase, LockOrder resource, String rows, Duration duration, boolean acquired) {}

    /**
     * A transaction that the database rolled back or lost. Immutable.
     *
     * @param useCase the use case it belonged to
     * @param attempt 1 for the first attempt, then consecutive
     * @param error why, such as a deadlock or a lock timeout
     * @param pause how long until the next attempt; null if there is none
     */
    record BrokenTransaction(
            String useCase,
            int attempt,
            StorageError error,
            @Nullable Duration pause) {}

    /**
     * Calls of one use case that shared a transaction because they would have waited for the same row, or for a
     * connection. Each of them is reported as {@link UseCaseEnded}, too. Immutable.
     *
     * @param useCase such as {@code orders.place}
     * @param calls how many, at least 2
     */
    record SharedTransaction(String useCase, int calls) {}
}
