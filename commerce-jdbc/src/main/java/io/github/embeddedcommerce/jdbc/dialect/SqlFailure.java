package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.FailureText;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import java.io.IOException;
import java.io.Serial;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.function.Function;

/** Finds out what a failed statement means. */
public final class SqlFailure {
    private SqlFailure() {}

    /** What the host's own work threw: handed on as it is, even if a database of the host's is behind it. */
    public static final class WorkFailed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final RuntimeException byHost;

        public WorkFailed(RuntimeException byHost) {
            super(null, null, true, false);
            this.byHost = byHost;
        }

        public RuntimeException byHost() {
            return byHost;
        }
    }

    /** The failure in the words of the shop; unchanged if it is none of the database's. */
    public static RuntimeException translated(
            RuntimeException failure, Dialect dialect, Function<StorageError, Outcome> outcome, String message) {
        return errorOf(failure, dialect)
                .<RuntimeException>map(error -> of(error, outcome.apply(error), message, failure))
                .orElse(failure);
    }

    /** Says what was being done, what went wrong, and what to do about it. */
    public static StorageException of(StorageError error, Outcome outcome, String message, Throwable failure) {
        return new StorageException(error, outcome, message + ": " + error + remedy(error, failure), failure);
    }

    /**
     * Says why a database could not be connected to, before it could say which it is.
     *
     * @param shown the failure as it may be shown
     */
    public static StorageException unreachable(String message, Throwable failure, Throwable shown) {
        StorageError error = errorOf(failure, SqlErrorCodes::ofAny).orElse(StorageError.CONNECTION_LOST);
        return of(error, Outcome.NOTHING_CHANGED, message, shown);
    }

    private static String remedy(StorageError error, Throwable failure) {
        return switch (error) {
            case DEADLOCK, SERIALIZATION_FAILURE, UNIQUE_VIOLATION, CONNECTION_LOST -> "";
            case LOCK_TIMEOUT -> isOfNextId(failure) ? ", waiting for the next id of a table" : "";
            case BUSY ->
                ", no connection came free in time: let the pool or the server have more of them, or the settings more"
                        + " time in all";
            case INTERRUPTED -> ", the thread was interrupted while it waited";
            case SHOP_CLOSED -> ", the shop or the host's pool has been closed: open it anew";
            case READ_ONLY ->
                ", the transaction, the connection or the database is read-only: hand in one that can be written to";
            case SCHEMA_MISSING ->
                ", the shop's tables are not there as this library needs them: create or upgrade them with"
                        + " JdbcCommerce.using(dataSource).schema().migrate(), or say with inSchema or withPrefix where"
                        + " they are";
            case ACCESS_DENIED ->
                ", the database does not let this user do it: check user and password, and grant the privileges";
            case DATABASE_IN_USE ->
                ", the database is open in another process, or in this one by another URL: close it there first, or use"
                        + " one URL (a file that a shop has opened is jdbc:h2:async:PATH)";
            case OTHER -> ", the database says: " + words(failure);
        };
    }

    private static String words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return message(sql);
            }
        }
        return message(failure);
    }

    /** A driver, or what a host puts around one, may throw what fails even at that. */
    private static String message(Throwable failure) {
        try {
            return String.valueOf(failure.getMessage());
        } catch (RuntimeException | Error evenThatFails) {
            return FailureText.of(failure);
        }
    }

    /** What the database said is behind this failure; empty if it is none of the database's. */
    public static Optional<StorageError> errorOf(Throwable failure, Dialect dialect) {
        return errorOf(failure, dialect::errorOf);
    }

    /** Whether the database gave no id to a new row, whatever lock the statement was to take besides. */
    public static boolean isOfNextId(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == SqlErrorCodes.NEXT_ID) {
                return true;
            }
        }
        return false;
    }

    /** What SQLSTATE and vendor code mean. */
    private interface Codes {
        StorageError meaningOf(String sqlState, int vendorCode);
    }

    private static Optional<StorageError> errorOf(Throwable failure, Codes codes) {
        StorageError found = null;
        boolean noConnection = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WorkFailed) {
                return Optional.empty();
            }
            if (cause instanceof SQLException sql) {
                found = errorOf(sql, codes);
                if (found != StorageError.OTHER) {
                    return Optional.of(found);
                }
            }
            noConnection |= cause instanceof SQLTransientConnectionException;
            if (found != null && isInterrupt(cause)) {
                boolean ours = Thread.currentThread().isInterrupted();
                return Optional.of(ours ? StorageError.INTERRUPTED : StorageError.CONNECTION_LOST);
            }
            if (noConnection && cause instanceof IOException) {
                return Optional.of(StorageError.CONNECTION_LOST);
            }
        }
        if (noConnection) {
            return Optional.of(StorageError.BUSY);
        }
        return found == StorageError.OTHER && lostWhenRolledBack(failure, codes)
                ? Optional.of(StorageError.CONNECTION_LOST)
                : Optional.ofNullable(found);
    }

    /**
     * Of a wait, or of reading or writing a file. It may have been another thread's: H2 closes a database whose file
     * was closed by an interrupt, and tells every connection why.
     */
    private static boolean isInterrupt(Throwable cause) {
        return cause instanceof InterruptedException || cause instanceof ClosedByInterruptException;
    }

    /** What a database says that is being closed under a statement means nothing; what it says after that does. */
    private static boolean lostWhenRolledBack(Throwable failure, Codes codes) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof SQLException sql && errorOf(sql, codes) == StorageError.CONNECTION_LOST) {
                return true;
            }
        }
        return false;
    }

    /** A batch wraps the error that matters in one that has no code of its own. */
    private static StorageError errorOf(SQLException failure, Codes codes) {
        for (SQLException next = failure; next != null; next = next.getNextException()) {
            StorageError error =
                    codes.meaningOf(next.getSQLState() == null ? "" : next.getSQLState(), next.getErrorCode());
            if (error != StorageError.OTHER) {
                return error;
            }
        }
        return StorageError.OTHER;
    }
}
