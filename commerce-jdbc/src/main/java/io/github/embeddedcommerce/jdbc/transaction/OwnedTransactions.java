package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * Single transactions of ours: begun, committed if the work returns, rolled back if it throws, READ COMMITTED.
 * Thread-safe.
 */
final class OwnedTransactions {
    private final Jdbi jdbi;
    private final ConnectionSource connections;
    private final ListenerNotifier announcer;

    OwnedTransactions(Jdbi jdbi, ConnectionSource connections, ListenerNotifier announcer) {
        this.jdbi = jdbi;
        this.connections = connections;
        this.announcer = announcer;
    }

    Dialect dialect() {
        return connections.dialect();
    }

    /** The work of one transaction, with what watches over its locks and what keeps the news of it until its end. */
    interface Work<T> {
        T in(TransactionConnection connection, RowLocks locks, BufferedListener news);
    }

    <T> T once(String useCase, CallTime time, Work<T> work) {
        RowLocks locks = new RowLocks(useCase, connections.dialect());
        BufferedListener news = new BufferedListener();
        try {
            return transact(useCase, time, connection -> work.in(connection, locks, news), locks);
        } finally {
            announcer.waited(locks.waits());
            announcer.told(news);
        }
    }

    /** Holds an interrupt back that would break the database, until the transaction has ended. */
    <T> T transact(String useCase, CallTime time, Function<TransactionConnection, T> work, RowLocks locks) {
        boolean interrupted = connections.dialect().isBrokenByInterrupts() && Thread.interrupted();
        try {
            return transactOn(useCase, time, work, locks);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T transactOn(String useCase, CallTime time, Function<TransactionConnection, T> work, RowLocks locks) {
        try (OwnedConnection transaction = connected(useCase, time)) {
            try {
                transaction.begin(time);
                T result = work.apply(transaction.transaction());
                transaction.commit();
                return result;
            } catch (RuntimeException failure) {
                transaction.rollback(failure);
                throw translated(failure, transaction, useCase + " failed" + locks.inWords());
            } catch (Throwable error) {
                transaction.rollback(error);
                throw error;
            }
        }
    }

    /** A data source that wraps another may throw what no driver does, also when the commit is done. */
    private RuntimeException translated(RuntimeException failure, OwnedConnection transaction, String message) {
        RuntimeException translated =
                SqlFailure.translated(failure, connections.dialect(), transaction::outcomeAfter, message);
        return transaction.isCommitting() && !(translated instanceof StorageException)
                ? SqlFailure.of(StorageError.OTHER, Outcome.UNKNOWN, message, failure)
                : translated;
    }

    private OwnedConnection connected(String useCase, CallTime time) {
        try {
            return new OwnedConnection(jdbi, connections.take(time.left()), connections);
        } catch (SQLException failure) {
            throw connections.refused(failure, useCase);
        }
    }
}
