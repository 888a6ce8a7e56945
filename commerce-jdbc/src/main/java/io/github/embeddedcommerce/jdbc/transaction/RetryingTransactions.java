package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure.WorkFailed;
import io.github.embeddedcommerce.jdbc.store.JdbiStores;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.transaction.UseCase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of our own: begun, committed or rolled back here, READ COMMITTED, and tried again in a new transaction
 * where the database broke one off. The pause before a new try is exponential backoff with full jitter, as described in
 * "Exponential Backoff And Jitter" (Marc Brooker, AWS Architecture Blog, 2015). Thread-safe.
 */
public final class RetryingTransactions implements Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingTransactions.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_PAUSE_WITHOUT_SERVER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Jdbi jdbi;
    private final ConnectionSource connections;
    private final TransactionRetry retry;
    private final ListenerNotifier announcer;

    /**
     * @param jdbi on {@link TransactionConnection#unconnected}
     * @param connections what its connections are connected to
     */
    public RetryingTransactions(
            Jdbi jdbi, ConnectionSource connections, TransactionRetry retry, ListenerNotifier announcer) {
        this.jdbi = jdbi;
        this.connections = connections;
        this.retry = retry;
        this.announcer = announcer;
    }

    /** The work of one transaction, with what watches over its locks and what keeps the news of it until its end. */
    private interface Attempt<T> {
        T in(Handle handle, RowLocks locks, BufferedListener news);
    }

    @Override
    public boolean owned() {
        return true;
    }

    @Override
    public <R, A> A perform(UseCase<R, A> useCase, R request) {
        Performance<R, A> performance = new Performance<>(useCase, request);
        return tried(
                useCase.name(),
                true,
                (handle, locks, news) -> JdbiStores.with(handle, locks, performance::in),
                performance::canRetryAfter);
    }

    /** One request on its way: what it was answered last, and whether it was performed again after a refusal. */
    private static final class Performance<R, A> {
        private final UseCase<R, A> useCase;
        private final R request;
        private @Nullable Answer<A> answer;
        private boolean retried;

        Performance(UseCase<R, A> useCase, R request) {
            this.useCase = useCase;
            this.request = request;
        }

        A in(Stores stores) {
            answer = useCase.perform(List.of(request), stores).get(0);
            return answer.orThrow();
        }

        /** Once, and only if the use case has removed what was in the way. */
        boolean canRetryAfter(CommerceException failure) {
            if (!retried && answer instanceof Refused<A> refused && refused.refusal() == failure) {
                retried = true;
                return useCase.canRetry(refused);
            }
            return false;
        }
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        return tried(useCase, true, (handle, locks, news) -> JdbiStores.with(handle, locks, work), refusal -> false);
    }

    @Override
    public <T> T scan(String useCase, Function<Stores, T> work) {
        return tried(useCase, false, (handle, locks, news) -> JdbiStores.with(handle, locks, work), refusal -> false);
    }

    @Override
    public <T> T together(Function<Transactions, T> work) {
        try {
            return tried(
                    "inTransaction",
                    true,
                    (handle, locks, news) -> together(
                            work,
                            new ActiveTransaction(handle, connections.dialect(), new ListenerNotifier(List.of(news)))),
                    refusal -> false);
        } catch (WorkFailed failed) {
            throw failed.byHost();
        }
    }

    private static <T> T together(Function<Transactions, T> work, ActiveTransaction shared) {
        T result;
        try {
            result = work.apply(shared);
        } catch (RuntimeException failure) {
            shared.failIfBroken();
            throw new WorkFailed(failure);
        }
        shared.failIfBroken();
        return result;
    }

    private <T> T tried(String useCase, boolean inHaste, Attempt<T> work, Predicate<CommerceException> canRetryAfter) {
        CallTime time = CallTime.beginning(retry, inHaste);
        int attempt = 1;
        RuntimeException end = null;
        try {
            while (true) {
                try {
                    return once(useCase, time, work);
                } catch (StorageException failure) {
                    pauseBeforeNextTry(useCase, attempt, time, failure);
                } catch (CommerceException refusal) {
                    if (!canRetryAfter.test(refusal)) {
                        throw refusal;
                    }
                }
                attempt++;
            }
        } catch (RuntimeException failure) {
            end = failure;
            throw failure;
        } finally {
            announcer.ended(useCase, time.begunNanos(), attempt, end);
        }
    }

    /** Throws the failure if there is to be no next try. */
    private void pauseBeforeNextTry(String useCase, int attempt, CallTime time, StorageException failure) {
        long pause = pauseAfter(attempt, failure.error());
        boolean again = canTryAgain(failure) && attempt < retry.tries() && time.allows(pause);
        announcer.broken(
                new BrokenTransaction(useCase, attempt, failure.error(), again ? Duration.ofNanos(pause) : null));
        if (!again) {
            throw failure;
        }
        LOG.debug("{} is tried again after {}", useCase, failure.error(), failure);
        LockSupport.parkNanos(pause);
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
    }

    private <T> T once(String useCase, CallTime time, Attempt<T> work) {
        RowLocks locks = new RowLocks(useCase, connections.dialect());
        BufferedListener news = new BufferedListener();
        boolean interrupted = connections.dialect().isBrokenByInterrupts() && Thread.interrupted();
        try {
            return once(useCase, time, handle -> work.in(handle, locks, news), locks);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            announcer.waited(locks.waits());
            announcer.told(news);
        }
    }

    private <T> T once(String useCase, CallTime time, Function<Handle, T> work, RowLocks locks) {
        try (OwnedConnection transaction = connected(useCase, time)) {
            try {
                transaction.begin(time.bounds());
                T result = work.apply(transaction.handle());
                transaction.commit();
                return result;
            } catch (RuntimeException failure) {
                transaction.rollback(failure);
                throw SqlFailure.translated(
                        failure,
                        connections.dialect(),
                        transaction::outcomeAfter,
                        useCase + " failed" + locks.inWords());
            } catch (Throwable error) {
                transaction.rollback(error);
                throw error;
            }
        }
    }

    private OwnedConnection connected(String useCase, CallTime time) {
        try {
            Connection connection = connections.take(time.left());
            return new OwnedConnection(jdbi.open(), connection, connections);
        } catch (SQLException failure) {
            throw connections.refused(failure, useCase);
        }
    }

    /** A unique key was violated because somebody else was faster: the next try sees what they wrote, and decides. */
    private static boolean canTryAgain(StorageException failure) {
        return failure.outcome() == Outcome.NOTHING_CHANGED && failure.error().mayPass();
    }

    private static long pauseAfter(int attempt, StorageError error) {
        long longest = error == StorageError.CONNECTION_LOST ? LONGEST_PAUSE_WITHOUT_SERVER_NANOS : LONGEST_PAUSE_NANOS;
        long ceiling = Math.min(longest, FIRST_PAUSE_NANOS << Math.min(attempt - 1, 20));
        return ThreadLocalRandom.current().nextLong(ceiling + 1);
    }
}
