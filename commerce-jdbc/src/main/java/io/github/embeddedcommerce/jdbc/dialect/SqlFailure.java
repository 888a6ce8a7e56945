package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import java.io.Serial;
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
                .<RuntimeException>map(
                        error -> new StorageException(error, outcome.apply(error), message + ": " + error, failure))
                .orElse(failure);
    }

    /** What the database said is behind this failure; empty if it is none of the database's. */
    public static Optional<StorageError> errorOf(Throwable failure, Dialect dialect) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WorkFailed) {
                return Optional.empty();
            }
            if (cause instanceof SQLTransientConnectionException) {
                return Optional.of(StorageError.CONNECTION_LOST); // no connection to be had from the pool
            }
            if (cause instanceof SQLException sql) {
                return Optional.of(errorOf(sql, dialect));
            }
        }
        return Optional.empty();
    }

    /** A batch wraps the error that matters in one that has no code of its own. */
    private static StorageError errorOf(SQLException failure, Dialect dialect) {
        for (SQLException next = failure; next != null; next = next.getNextException()) {
            StorageError error =
                    dialect.errorOf(next.getSQLState() == null ? "" : next.getSQLState(), next.getErrorCode());
            if (error != StorageError.OTHER) {
                return error;
            }
        }
        return failure.getCause() instanceof SQLException cause ? errorOf(cause, dialect) : StorageError.OTHER;
    }
}
