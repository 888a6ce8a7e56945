package io.github.embeddedcommerce.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * StorageError that is not the caller's: a deadlock, a lock that did not come free in time, a lost connection. Where
 * the library owns the transaction it has already tried again as often as its settings allow.
 *
 * <p>{@link #outcome()} says whether the call can have taken effect. After {@link Outcome#UNKNOWN} only a look at the
 * shop, or the same call with its idempotency key, tells.
 */
public final class StorageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

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

    private final StorageError error;
    private final Outcome outcome;

    /**
     * @param error what went wrong
     * @param outcome whether the call can have taken effect
     * @param message what was being done, and what was waited for
     * @param cause the database's own words
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
