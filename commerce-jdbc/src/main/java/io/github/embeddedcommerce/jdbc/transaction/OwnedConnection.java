package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction of ours, from begin to commit or rollback, on a connection that is given back as it came: with its
 * autocommit on or off, its isolation and its bound on lock waits. Not thread-safe.
 */
final class OwnedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedConnection.class);

    private final Handle handle;
    private final Connection connection;
    private boolean hadAutoCommit;
    private ConnectionSetup.Undo undo = ConnectionSetup.Undo.NOTHING;
    private boolean committing;
    private boolean rolledBack;

    OwnedConnection(Handle handle) {
        this.handle = handle;
        this.connection = handle.getConnection();
    }

    void begin(ConnectionSetup setup) {
        try {
            hadAutoCommit = connection.getAutoCommit();
            if (hadAutoCommit) {
                connection.setAutoCommit(false);
            }
            ConnectionSetup.Prepared prepared = setup.prepare(connection);
            undo = prepared.undo();
            TransactionConnection.open(connection, prepared.opening());
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    void commit() {
        committing = true;
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw new TransactionException("commit failed", failure);
        }
    }

    /** Rolls back because of this failure, which a failing rollback is added to. */
    void rollback(Throwable because) {
        try {
            connection.rollback();
            rolledBack = true;
        } catch (SQLException failure) {
            because.addSuppressed(failure);
        }
    }

    /** Whether anything can have changed, after trouble: only if the connection broke while committing. */
    Outcome outcomeAfter(StorageError error) {
        return committing && (error == StorageError.CONNECTION_LOST || !rolledBack)
                ? Outcome.UNKNOWN
                : Outcome.NOTHING_CHANGED;
    }

    /** Never fails: what has been committed is committed, whatever becomes of the connection. */
    @Override
    public void close() {
        try {
            undo.on(connection);
            if (hadAutoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            LOG.debug("a connection could not be given back as it came", failure);
            abort();
        }
        try {
            handle.close();
        } catch (RuntimeException failure) {
            LOG.debug("a connection could not be closed", failure);
        }
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failure) {
            LOG.debug("a broken connection could not be aborted", failure);
        }
    }
}
