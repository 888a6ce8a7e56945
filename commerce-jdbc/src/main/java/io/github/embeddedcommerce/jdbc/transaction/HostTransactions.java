package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SettingsCheck;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.transaction.UseCase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Transactions of the host's: each use case joins the one that is running. Nothing is begun, committed, rolled back,
 * set or tried again. As thread-safe as what the connections come from.
 */
public final class HostTransactions implements Transactions {
    private final Jdbi jdbi;
    private final Dialect dialect;
    private final ListenerNotifier announcer;
    private volatile boolean checked;

    public HostTransactions(Jdbi jdbi, Dialect dialect, ListenerNotifier announcer) {
        this.jdbi = jdbi;
        this.dialect = dialect;
        this.announcer = announcer;
    }

    @Override
    public boolean owned() {
        return false;
    }

    @Override
    public <R, A> A perform(UseCase<R, A> useCase, R request) {
        return together(shared -> shared.perform(useCase, request));
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        return together(shared -> shared.run(useCase, work));
    }

    @Override
    public <T> T together(Function<Transactions, T> work) {
        try (Handle handle = open()) {
            return work.apply(new ActiveTransaction(handle, dialect, announcer));
        }
    }

    /** On the connection of the transaction that is running; refused if it is unfit. */
    private Handle open() {
        try {
            Handle handle = jdbi.open();
            try {
                refuseUnfit(handle.getConnection());
                return handle;
            } catch (RuntimeException failure) {
                handle.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            throw SqlFailure.translated(
                    failure, dialect, error -> Outcome.MUST_ROLL_BACK, "joining the transaction failed");
        }
    }

    /**
     * Without a transaction each statement would be committed by itself. And where the database shows a transaction one
     * and the same old picture, decisions would rest on what is no longer true.
     */
    private void refuseUnfit(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw refusal("no transaction is running on this connection: begin one first, with autocommit off");
            }
            if (!dialect.decidesRightlyIn(connection)) {
                throw refusal("the isolation of this transaction is not READ COMMITTED: begin it with that");
            }
            if (!checked) {
                SettingsCheck.require(connection, dialect);
                checked = true;
            }
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    private static CommerceException refusal(String message) {
        return Validation.refusal(message, Map.of());
    }
}
