package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup.Undo;
import io.github.embeddedcommerce.jdbc.dialect.JoinedLockWait;
import io.github.embeddedcommerce.jdbc.store.LastQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;

/**
 * Bounds the lock waits of one use case within a transaction that is not ours, and gives the transaction back with the
 * bound that it had. Not thread-safe.
 */
final class JoinedBound implements LastQuery {
    private final TransactionConnection connection;
    private final JoinedLockWait lockWait;
    private boolean closed;

    JoinedBound(TransactionConnection connection, JoinedLockWait lockWait) {
        this.connection = connection;
        this.lockWait = lockWait;
    }

    /**
     * Runs a use case that ends with what it is handed. If it fails otherwise than by a refusal, the host rolls back.
     */
    <A> A during(Function<LastQuery, A> useCase) {
        Undo undo = begin();
        try {
            A answer = useCase.apply(this);
            end(undo);
            return answer;
        } catch (CommerceException refusal) {
            end(undo);
            throw refusal;
        } catch (Throwable failure) {
            undoAfter(failure, undo);
            throw failure;
        }
    }

    private Undo begin() {
        if (!lockWait.opening().isEmpty()) {
            connection.openBeforeWait(lockWait.opening());
        }
        try {
            return lockWait.start().on(connection.connection());
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    @Override
    public String after(boolean writesWait) {
        if (lockWait.closing().isEmpty() || !(connection.isOpened() || writesWait)) {
            return "";
        }
        closed = true;
        return lockWait.closing();
    }

    private void end(Undo undo) {
        try {
            if (!closed && connection.isOpened() && !lockWait.closing().isEmpty()) {
                try (Statement statement = connection.connection().createStatement()) {
                    statement.execute(lockWait.closing());
                }
            }
            undo.on(connection.connection());
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    /** What belongs to the transaction is undone with it; what belongs to the connection stays, so it is undone. */
    private void undoAfter(Throwable failure, Undo undo) {
        try {
            undo.on(connection.connection());
        } catch (SQLException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }
}
