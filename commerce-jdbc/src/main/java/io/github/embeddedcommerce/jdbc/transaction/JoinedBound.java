package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup.Undo;
import io.github.embeddedcommerce.jdbc.dialect.JoinedSetup;
import io.github.embeddedcommerce.jdbc.store.LastQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;

/**
 * Makes a transaction that is not ours ready for one use case, with a bound on its lock waits, and gives it back as it
 * came. Not thread-safe.
 */
final class JoinedBound implements LastQuery {
    private final TransactionConnection connection;
    private final JoinedSetup setup;
    private boolean closed;

    JoinedBound(TransactionConnection connection, JoinedSetup setup) {
        this.connection = connection;
        this.setup = setup;
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
        if (!setup.opening().isEmpty()) {
            connection.openBeforeWait(setup.opening());
        }
        try {
            return setup.start().on(connection.connection());
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    @Override
    public String after(boolean writesWait) {
        if (setup.closing().isEmpty() || !(connection.isOpened() || writesWait)) {
            return "";
        }
        closed = true;
        return setup.closing();
    }

    private void end(Undo undo) {
        try {
            if (!closed && connection.isOpened() && !setup.closing().isEmpty()) {
                try (Statement statement = connection.connection().createStatement()) {
                    statement.execute(setup.closing());
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
