package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.JoinedSetup;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure.WorkFailed;
import io.github.embeddedcommerce.jdbc.store.JdbiStores;
import io.github.embeddedcommerce.jdbc.store.StoreConnection;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.transaction.UseCase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
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

    private static final int TRIES_AFTER_UNIQUE_VIOLATION = 10;
    private static final Duration TIME_AFTER_UNIQUE_VIOLATION = Duration.ofSeconds(3);

    private final OwnedTransactions transactions;
    private final SharedCalls calls;
    private final TransactionRetry retry;
    private final ListenerNotifier announcer;

    /**
     * @param jdbi on {@link StoreConnection#suppliedLater}
     * @param connections what its connections are connected to
     * @param callsPerTransaction how many calls may share a transaction
     */
    public RetryingTransactions(
            Jdbi jdbi,
            ConnectionSource connections,
            TransactionRetry retry,
            ListenerNotifier announcer,
            int callsPerTransaction) {
        this.transactions = new OwnedTransactions(jdbi, connections, announcer);
        this.calls = new SharedCalls(transactions, new CallLines(connections, callsPerTransaction), retry, announcer);
        this.retry = retry;
        this.announcer = announcer;
    }

    /** One try of a call; the first is 1. */
    private interface Attempt<T> {
        T make(int number);
    }

    @Override
    public boolean owned() {
        return true;
    }

    @Override
    public <R, A> A perform(UseCase<R, A> useCase, R request) {
        CallTime time = CallTime.beginning(retry, true);
        WaitingCall<R, A> call = new WaitingCall<>(useCase, request, time);
        return tried(useCase.name(), time, attempt -> calls.performed(call, attempt), call::canRetryAfter);
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        return tried(useCase, true, (connection, locks, news) -> JdbiStores.with(connection.stores(), locks, work));
    }

    @Override
    public <T> T scan(String useCase, Function<Stores, T> work) {
        return tried(useCase, false, (connection, locks, news) -> JdbiStores.with(connection.stores(), locks, work));
    }

    @Override
    public <T> T together(Function<Transactions, T> work) {
        try {
            return tried(
                    "inTransaction",
                    true,
                    (connection, locks, news) -> together(
                            work,
                            new ActiveTransaction(
                                    connection,
                                    transactions.dialect(),
                                    new ListenerNotifier(List.of(news)),
                                    JoinedSetup.NONE)));
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
        } catch (Throwable failure) { // an error, or a checked exception that the work's language does not declare
            shared.failIfBroken();
            throw failure;
        }
        shared.failIfBroken();
        return result;
    }

    private <T> T tried(String useCase, boolean inHaste, OwnedTransactions.Work<T> work) {
        CallTime time = CallTime.beginning(retry, inHaste);
        return tried(useCase, time, attempt -> transactions.once(useCase, time, work), refusal -> false);
    }

    private <T> T tried(
            String useCase, CallTime time, Attempt<T> attempts, Predicate<CommerceException> canRetryAfter) {
        int attempt = 1;
        Throwable end = null;
        try {
            while (true) {
                try {
                    return attempts.make(attempt);
                } catch (StorageException failure) {
                    pauseBeforeNextTry(useCase, attempt, time, failure);
                } catch (CommerceException refusal) {
                    if (!canRetry(refusal, canRetryAfter)) {
                        throw refusal;
                    }
                }
                attempt++;
            }
        } catch (Throwable failure) { // an Error too: a use case that threw one did not succeed
            end = failure;
            throw failure;
        } finally {
            announcer.ended(useCase, time.begunNanos(), attempt, end);
        }
    }

    /** What was refused has changed nothing, whatever became of removing what was in the way. */
    private static boolean canRetry(CommerceException refusal, Predicate<CommerceException> canRetryAfter) {
        try {
            return canRetryAfter.test(refusal);
        } catch (StorageException failure) {
            failure.addSuppressed(refusal);
            throw failure.outcome() == Outcome.UNKNOWN
                    ? new StorageException(
                            failure.error(), Outcome.NOTHING_CHANGED, String.valueOf(failure.getMessage()), failure)
                    : failure;
        }
    }

    /** Throws the failure if there is to be no next try. */
    private void pauseBeforeNextTry(String useCase, int attempt, CallTime time, StorageException failure) {
        long pause = pauseAfter(attempt, failure.error());
        boolean again = canTryAgain(failure)
                && attempt < retry.tries()
                && time.allows(pause)
                && !isThereToStay(failure.error(), attempt, time);
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

    /** A unique key was violated because somebody else was faster: the next try sees what they wrote, and decides. */
    private static boolean canTryAgain(StorageException failure) {
        return failure.outcome() == Outcome.NOTHING_CHANGED && failure.error().mayPass();
    }

    /**
     * What violates a unique key was written meanwhile and is found by the next try; if not, it is not ours to find.
     */
    private static boolean isThereToStay(StorageError error, int attempt, CallTime time) {
        return error == StorageError.UNIQUE_VIOLATION
                && attempt >= TRIES_AFTER_UNIQUE_VIOLATION
                && !time.isWithin(TIME_AFTER_UNIQUE_VIOLATION);
    }

    private static long pauseAfter(int attempt, StorageError error) {
        long longest = error == StorageError.CONNECTION_LOST ? LONGEST_PAUSE_WITHOUT_SERVER_NANOS : LONGEST_PAUSE_NANOS;
        long ceiling = Math.min(longest, FIRST_PAUSE_NANOS << Math.min(attempt - 1, 20));
        return ThreadLocalRandom.current().nextLong(ceiling + 1);
    }
}
