package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup;
import io.github.embeddedcommerce.jdbc.dialect.RunningTransaction;
import io.github.embeddedcommerce.jdbc.dialect.WaitBounds;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction of ours, from begin to commit or rollback, on a connection that is given back as it came: with its
 * autocommit on or off, its isolation and its bounds on waits. Not thread-safe.
 */
final class OwnedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedConnection.class);

    private final TransactionConnection transaction;
    private final Connection connection;
    private final ConnectionSource source;
    private boolean hadAutoCommit;
    private boolean begun;
    private WriterLock.Turn turn = WriterLock.Turn.NONE;
    private ConnectionSetup.Undo undo = ConnectionSetup.Undo.NOTHING;
    private int networkTimeoutBefore = -1;
    private boolean committing;
    private boolean broken;

    /** On this connection of the source. */
    OwnedConnection(Jdbi jdbi, Connection connection, ConnectionSource source) {
        this.connection = connection;
        this.source = source;
        this.transaction = new TransactionConnection(jdbi, connection);
    }

    TransactionConnection transaction() {
        return transaction;
    }

    /** Refused if the connection is in a transaction of the host's, which then goes on as if nothing had happened. */
    void begin(CallTime time) {
        try {
            WaitBounds bounds = time.bounds();
            boundAnswers(bounds.answer());
            hadAutoCommit = connection.getAutoCommit();
            if (hadAutoCommit) {
                RunningTransaction.turnAutoCommitOff(connection, source.dialect());
            } else if (source.autoCommitIsUsual()) {
                throw RunningTransaction.refusal();
            }
            ConnectionSetup.Prepared prepared = source.setup().prepare(connection, bounds, hadAutoCommit);
            begun = true;
            undo = prepared.undo();
            turn = source.writers().turn(bounds.lockWait());
            transaction.writeIn(turn);
            transaction.keepIn(source.statements());
            transaction.open(prepared.opening(), prepared.bound(), time);
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    /** A server that is gone without a word is given up, as far as the driver can. A tighter bound stays. */
    private void boundAnswers(Duration bound) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            long millis = bound.toMillis();
            if (millis > 0 && (before == 0 || before > millis)) {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(millis));
                networkTimeoutBefore = before;
            }
        } catch (SQLFeatureNotSupportedException cannot) {
            LOG.debug("the driver waits for an answer as long as it takes", cannot);
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

    /** Rolls back because of this failure, which a failing rollback is added to; not what was refused to begin. */
    void rollback(Throwable because) {
        if (!begun && because instanceof CommerceException) {
            return;
        }
        broken = true; // unless the rollback succeeds: the connection must not be used again with work left in it
        try {
            connection.rollback();
            broken = false;
        } catch (SQLException | RuntimeException failure) {
            because.addSuppressed(failure);
        }
    }

    /** Whether the commit has begun: what fails from then on may have failed after it. */
    boolean isCommitting() {
        return committing;
    }

    /** Whether anything can have changed, after trouble: only if the connection broke while committing. */
    Outcome outcomeAfter(StorageError error) {
        return committing && (error == StorageError.CONNECTION_LOST || broken)
                ? Outcome.UNKNOWN
                : Outcome.NOTHING_CHANGED;
    }

    /** Never fails: what has been committed is committed, whatever becomes of the connection. */
    @Override
    public void close() {
        if (broken) {
            source.discard(connection);
        } else {
            reset();
        }
        turn.end();
        try {
            transaction.stores().close();
            connection.close();
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("a connection could not be closed", failure);
        }
    }

    private void reset() {
        try {
            undo.on(connection);
            if (hadAutoCommit && !connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            if (networkTimeoutBefore >= 0) {
                connection.setNetworkTimeout(Runnable::run, networkTimeoutBefore);
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("a connection could not be given back as it came", failure);
            source.discard(connection);
        }
    }
}
