package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.StorageException.Trouble;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** Finds out what a failed statement means. */
final class SqlFailure {
    private SqlFailure() {}

    /** What the database said is behind this failure; empty if it is none of the database's. */
    static Optional<Trouble> trouble(Throwable failure, Dialect dialect) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
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
        return Trouble.OTHER;
    }
}
