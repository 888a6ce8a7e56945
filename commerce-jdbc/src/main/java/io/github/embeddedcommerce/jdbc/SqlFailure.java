package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.StorageException.Trouble;
import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.function.Function;

/** Finds out what a failed statement means. */
final class SqlFailure {
    private SqlFailure() {}

    /** What the host's own work threw: handed on as it is, even if a database of the host's is behind it. */
    static final class WorkFailed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final RuntimeException byHost;

        WorkFailed(RuntimeException byHost) {
            super(null, null, true, false);
            this.byHost = byHost;
        }

        RuntimeException byHost() {
            return byHost;
        }
    }

    /** The failure in the words of the shop; unchanged if it is none of the database's. */
    static RuntimeException translated(
            RuntimeException failure, Dialect dialect, Function<Trouble, Outcome> outcome, String message) {
        return trouble(failure, dialect)
                .<RuntimeException>map(trouble ->
                        new StorageException(trouble, outcome.apply(trouble), message + ": " + trouble, failure))
                .orElse(failure);
    }

    /** What the database said is behind this failure; empty if it is none of the database's. */
    static Optional<Trouble> trouble(Throwable failure, Dialect dialect) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WorkFailed) {
                return Optional.empty();
            }
            if (cause instanceof SQLTransientConnectionException) {
                return Optional.of(Trouble.CONNECTION_LOST); // no connection to be had from the pool
            }
            if (cause instanceof SQLException sql) {
                return Optional.of(trouble(sql, dialect));
            }
        }
        return Optional.empty();
    }

    /** A batch wraps the error that matters in one that has no code of its own. */
    private static Trouble trouble(SQLException failure, Dialect dialect) {
        for (SQLException next = failure; next != null; next = next.getNextException()) {
            Trouble trouble =
                    dialect.trouble(next.getSQLState() == null ? "" : next.getSQLState(), next.getErrorCode());
            if (trouble != Trouble.OTHER) {
                return trouble;
            }
        }
        return failure.getCause() instanceof SQLException cause ? trouble(cause, dialect) : Trouble.OTHER;
    }
}
