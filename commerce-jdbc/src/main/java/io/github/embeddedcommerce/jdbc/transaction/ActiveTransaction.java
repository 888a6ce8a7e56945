package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.FailureText;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.JoinedSetup;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.store.JdbiStores;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.transaction.UseCase;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that somebody else has begun and will end: each use case joins it. A refusal has written nothing, and
 * the next use case may follow; any other failure may have left half a use case behind, so nothing follows it. Not
 * thread-safe.
 */
final class ActiveTransaction implements Transactions {
    private final TransactionConnection connection;
    private final Dialect dialect;
    private final ListenerNotifier announcer;
    private final JoinedSetup setup;
    private @Nullable RuntimeException broken;

    /** @param setup of each use case, unless whoever has begun the transaction has seen to it */
    ActiveTransaction(
            TransactionConnection connection, Dialect dialect, ListenerNotifier announcer, JoinedSetup setup) {
        this.connection = connection;
        this.dialect = dialect;
        this.announcer = announcer;
        this.setup = setup;
    }

    @Override
    public boolean owned() {
        return false;
    }

    /** What is written for a refused request, such as giving a key back, is sent before the refusal is thrown. */
    @Override
    public <R, A> A perform(UseCase<R, A> useCase, R request) {
        return joined(
                useCase.name(),
                stores -> useCase.perform(List.of(request), stores).get(0),
                Answer::orThrow);
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        return joined(useCase, work, Function.identity());
    }

    /** A transaction of the host's is planned as the host likes until a use case locks, which none does that scans. */
    @Override
    public <T> T scan(String useCase, Function<Stores, T> work) {
        boolean isOurs = setup.opening().isEmpty();
        return run(useCase, isOurs ? stores -> scanning(stores, work) : work);
    }

    private <T> T scanning(Stores stores, Function<Stores, T> work) {
        allowScans(true);
        T result;
        try {
            result = work.apply(stores);
        } catch (CommerceException refusal) {
            allowScans(false);
            throw refusal;
        }
        allowScans(false);
        return result;
    }

    private void allowScans(boolean allowed) {
        String statement = ConnectionSetup.scanning(dialect, allowed);
        if (statement.isEmpty()) {
            return;
        }
        try {
            connection.execute(statement);
        } catch (SQLException failure) {
            throw new ConnectionException(failure);
        }
    }

    private <A, T> T joined(String useCase, Function<Stores, A> work, Function<A, T> answer) {
        failIfBroken();
        RowLocks locks = new RowLocks(useCase, dialect); // the one order of locks starts over with each use case
        long begun = System.nanoTime();
        Throwable end = null;
        try {
            return new JoinedBound(connection, setup)
                    .during(last -> answer.apply(JdbiStores.with(connection.stores(), locks, work, last)));
        } catch (CommerceException refusal) {
            end = refusal;
            throw refusal;
        } catch (RuntimeException failure) {
            broken = SqlFailure.translated(
                    failure, dialect, error -> Outcome.MUST_ROLL_BACK, useCase + " failed" + locks.inWords());
            end = broken;
            throw broken;
        } catch (Throwable error) { // may have left half a use case behind as well
            broken = new StorageException(
                    StorageError.OTHER,
                    Outcome.MUST_ROLL_BACK,
                    useCase + " was broken off: " + FailureText.of(error),
                    error);
            end = error;
            throw error;
        } finally {
            announcer.waited(locks.waits());
            announcer.ended(useCase, begun, 1, end);
        }
    }

    @Override
    public <T> T together(Function<Transactions, T> work) {
        return work.apply(this);
    }

    /** Throws what broke the transaction, even if the caller has caught it: it must not be committed. */
    void failIfBroken() {
        if (broken != null) {
            throw broken;
        }
    }
}
