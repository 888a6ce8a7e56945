package io.github.embeddedcommerce.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A call that the database could not complete: a deadlock, a lock timeout, a lost connection. Where the library owns
 * the transaction, it has retried as often as the settings allow.
 *
 * <p>{@link #outcome()} says whether the call can have taken effect. After {@link Outcome#UNKNOWN}, repeat the call
 * with its idempotency key, or read the shop. Immutable.
 */
public final class StorageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether the call can have taken effect. */
    public enum Outcome {
        /** The transaction was rolled back: nothing has changed. */
        NOTHING_CHANGED,
        /**
         * The connection was lost during the commit: either all of the call took effect, or nothing. Or a shop could
         * not be opened because creating its tables failed: some may be there, and opening it again goes on from there.
         */
        UNKNOWN,
        /**
         * The call was part of a larger transaction and may have written some of its rows. Whoever began the
         * transaction must roll it back; then nothing has changed.
         */
        MUST_ROLL_BACK
    }

    private final StorageError error;
    private final Outcome outcome;

    /**
     * @param error what went wrong
     * @param outcome whether the call can have taken effect
     * @param message what was being done, and the lock that was not acquired
     * @param cause the exception of the JDBC driver
     */
    public StorageException(StorageError error, Outcome outcome, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.error = error;
        this.outcome = outcome;
    }

    /** What went wrong. */
    public StorageError error() {
        return error;
    }

    /** Whether the call can have taken effect. */
    public Outcome outcome() {
        return outcome;
    }
}
