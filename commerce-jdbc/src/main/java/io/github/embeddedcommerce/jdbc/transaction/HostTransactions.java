package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.SettingsCheck;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.schema.KeptShop;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.transaction.UseCase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;

/**
 * Transactions of the host's: each use case joins the one that is running. Nothing is begun, committed, rolled back or
 * tried again, and what bounds the waits of a use case is undone when it ends. As thread-safe as what the connections
 * come from.
 */
public final class HostTransactions implements Transactions, AutoCloseable {
    private final HostConnections connections;
    private final JoinedShop shop;
    private final Jdbi jdbi;
    private final ListenerNotifier announcer;
    private volatile boolean checked;
    private volatile boolean closed;

    public HostTransactions(HostConnections connections, JoinedShop shop, ListenerNotifier announcer) {
        this.connections = connections;
        this.shop = shop;
        this.jdbi = shop.jdbi();
        this.announcer = announcer;
    }

    @Override
    public boolean owned() {
        return false;
    }

    @Override
    public <R, A> A perform(UseCase<R, A> useCase, R request) {
        return during(joinedFor(useCase.name()), shared -> shared.perform(useCase, request));
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        return during(joinedFor(useCase), shared -> shared.run(useCase, work));
    }

    @Override
    public <T> T together(Function<Transactions, T> work) {
        return during(open(), work);
    }

    /** The transaction that is running; that it could not be joined is how the use case has ended. */
    private JoinedConnection joinedFor(String useCase) {
        long begun = System.nanoTime();
        try {
            return open();
        } catch (Throwable failure) {
            announcer.ended(useCase, begun, 1, failure);
            throw failure;
        }
    }

    private <T> T during(JoinedConnection opened, Function<Transactions, T> work) {
        try (opened) {
            ActiveTransaction active =
                    new ActiveTransaction(opened.transaction(), shop.dialect(), announcer, shop.setup());
            T result;
            try {
                result = work.apply(active);
            } catch (Throwable failure) {
                active.failIfBroken();
                throw failure;
            }
            active.failIfBroken();
            return result;
        }
    }

    /** On the connection of the transaction that is running; refused if it is unfit. */
    private JoinedConnection open() {
        if (closed) {
            throw SqlFailure.of(
                    StorageError.SHOP_CLOSED,
                    Outcome.NOTHING_CHANGED,
                    "joining the transaction failed",
                    new IllegalStateException("closed"));
        }
        try {
            return fit(connections.take());
        } catch (SQLException failure) {
            throw SqlFailure.translated(
                    new ConnectionException(failure),
                    shop.dialect(),
                    error -> Outcome.MUST_ROLL_BACK,
                    "joining the transaction failed");
        }
    }

    private JoinedConnection fit(Connection taken) throws SQLException {
        try {
            refuseUnfit(taken);
            boolean writes = !(shop.dialect().takesReadOnlyForHint() && taken.isReadOnly());
            return new JoinedConnection(jdbi, taken, connections, writes);
        } catch (SQLException | RuntimeException failure) {
            JoinedConnection.giveBack(taken, connections);
            throw failure;
        }
    }

    /**
     * Without a transaction each statement would be committed by itself, or none. And where the database shows a
     * transaction one and the same old picture, decisions would rest on what is no longer true.
     */
    private void refuseUnfit(Connection taken) throws SQLException {
        connections.requireTransaction(taken);
        if (!shop.dialect().decidesRightlyIn(taken)) {
            throw Validation.refusal(
                    "the isolation of this transaction is not READ COMMITTED: begin it with that", Map.of());
        }
        connections.requireOwn(taken, shop.dialect());
        if (!checked) {
            SettingsCheck.require(taken, shop.dialect());
            KeptShop.in(shop.tables(), taken).require(shop.tables(), shop.currency());
            checked = true;
        }
    }

    /** Joins no more. */
    @Override
    public void close() {
        closed = true;
    }
}
