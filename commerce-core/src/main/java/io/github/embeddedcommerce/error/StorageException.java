package io.github.embeddedcommerce.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Trouble that is not the caller's: a deadlock, a lock that did not come free in time, a lost connection. Where the
 * library owns the transaction it has already tried again as often as its settings allow.
 *
 * <p>{@link #outcome()} says whether the call can have taken effect. After {@link Outcome#UNKNOWN} only a look at the
 * shop, or the same call with its idempotency key, tells.
 */
public final class StorageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What went wrong, as the database reported it by SQLSTATE and vendor code. */
    public enum Trouble {
        /** The database chose this transaction to break a circle of waits. */
        DEADLOCK,
        /** The database could not order this transaction among the others. */
        SERIALIZATION_FAILURE,
        /** A row lock did not come free within the bound that the settings give. */
        LOCK_TIMEOUT,
        /** A unique key would have been violated. */
        UNIQUE_VIOLATION,
        /** The connection broke, or none could be had. */
        CONNECTION_LOST,
        /** Anything else, such as a missing table or a full disk. */
        OTHER
    }

    /** Whether the call can have taken effect. */
    public enum Outcome {
        /** The transaction was rolled back: nothing has changed. */
        NOTHING_CHANGED,
        /** The connection was lost while committing: the call took effect wholly or not at all. */
        UNKNOWN,
        /**
         * The call is part of a larger transaction, and may have written some of what it was to write. Whoever began
         * the transaction must roll it back; then nothing has changed.
         */
        MUST_ROLL_BACK
    }

    private final Trouble trouble;
    private final Outcome outcome;

    /**
     * @param trouble what went wrong
     * @param outcome whether the call can have taken effect
     * @param message what was being done, and what was waited for
     * @param cause the database's own words
     */
    public StorageException(Trouble trouble, Outcome outcome, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.outcome = outcome;
    }

    /** What went wrong. */
    public Trouble trouble() {
        return trouble;
    }

    /** Whether the call can have taken effect. */
    public Outcome outcome() {
        return outcome;
    }
}
