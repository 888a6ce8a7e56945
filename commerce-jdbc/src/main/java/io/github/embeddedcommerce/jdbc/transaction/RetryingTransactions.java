package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.JoinedLockWait;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure.WorkFailed;
import io.github.embeddedcommerce.jdbc.store.JdbiStores;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.transaction.UseCase;
import java.io.Serial;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
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

    /** After so many tries a call is tried alone, so that it fails alone if it is what makes them fail. */
    private static final int TRIES_SHARED = 2;

    private final Jdbi jdbi;
    private final ConnectionSource connections;
    private final TransactionRetry retry;
    private final ListenerNotifier announcer;
    private final CallLines lines;

    /**
     * @param jdbi on {@link TransactionConnection#unconnected}
     * @param connections what its connections are connected to
     * @param callsPerTransaction how many calls may share a transaction
     */
    public RetryingTransactions(
            Jdbi jdbi,
            ConnectionSource connections,
            TransactionRetry retry,
            ListenerNotifier announcer,
            int callsPerTransaction) {
        this.lines = new CallLines(connections.size(), callsPerTransaction);
        this.jdbi = jdbi;
        this.connections = connections;
        this.retry = retry;
        this.announcer = announcer;
    }

    /** The work of one transaction, with what watches over its locks and what keeps the news of it until its end. */
    private interface Work<T> {
        T in(Handle handle, RowLocks locks, BufferedListener news);
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
        return tried(useCase.name(), time, attempt -> performed(call, attempt), call::canRetryAfter);
    }

    /** A transaction that was shared and failed may have failed for another call's sake: then each is tried alone. */
    private <R, A> A performed(WaitingCall<R, A> call, int attempt) {
        if (attempt > TRIES_SHARED || !lines.areOpen()) {
            return alone(call);
        }
        CallLine<R, A> line = lines.of(call.useCase());
        call.begin();
        try {
            if (line.enter(call) || call.awaitTurn(line)) {
                lead(call, line);
            }
        } finally {
            announcer.waited(call.takeWait());
        }
        RuntimeException failure = call.failure();
        boolean isLast = attempt >= retry.tries();
        return call.wasShared() && failure != null && isTriedAlone(failure, isLast, call.time())
                ? alone(call)
                : call.outcome();
    }

    private <R, A> A alone(WaitingCall<R, A> call) {
        return once(
                call.useCase().name(),
                call.time(),
                (handle, locks, news) -> JdbiStores.with(handle, locks, stores -> {
                    call.answered(call.useCase()
                            .perform(List.of(call.request()), stores)
                            .get(0));
                    return call.outcome();
                }));
    }

    /** Decides this call, and those that it takes along once it has a connection, in one transaction. */
    private <R, A> void lead(WaitingCall<R, A> leader, CallLine<R, A> line) {
        UseCase<R, A> useCase = leader.useCase();
        RowLocks locks = new RowLocks(useCase.name(), connections.dialect());
        List<WaitingCall<R, A>> calls = new ArrayList<>(List.of(leader));
        AtomicBoolean isDecided = new AtomicBoolean(); // what fails from then on may have failed after the commit
        try {
            List<Answer<A>> answers = uninterrupted(() -> transact(
                    useCase.name(),
                    leader.time(),
                    handle -> {
                        line.takeAlong(leader, calls);
                        List<R> requests =
                                calls.stream().map(WaitingCall::request).toList();
                        List<Answer<A>> decided =
                                JdbiStores.with(handle, locks, stores -> useCase.perform(requests, stores));
                        isDecided.set(true);
                        return accepted(decided);
                    },
                    locks));
            answer(calls, answers);
        } catch (NothingAccepted refused) {
            answer(calls, refused.answers());
        } catch (RuntimeException failure) {
            leader.failed(failure);
            others(calls).forEach(call -> call.failed(copyOf(failure)));
        } catch (Throwable error) {
            Outcome outcome = isDecided.get() ? Outcome.UNKNOWN : Outcome.NOTHING_CHANGED;
            others(calls)
                    .forEach(call ->
                            call.failed(SqlFailure.of(StorageError.OTHER, outcome, useCase.name() + " failed", error)));
            throw error;
        } finally {
            line.leave(leader);
            announcer.waited(locks.waits());
            if (calls.size() > 1) {
                announcer.shared(useCase.name(), calls.size());
            }
        }
    }

    private static <A> void answer(List<? extends WaitingCall<?, A>> calls, List<Answer<A>> answers) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            calls.get(i).answered(answers.get(i));
        }
    }

    private static <C> List<C> others(List<C> calls) {
        return calls.subList(1, calls.size());
    }

    /** Each thread throws an exception of its own. */
    private static RuntimeException copyOf(RuntimeException failure) {
        return failure instanceof StorageException storage
                ? new StorageException(
                        storage.error(), storage.outcome(), String.valueOf(storage.getMessage()), storage)
                : failure;
    }

    /** These answers, if there is anything to commit. */
    private static <A> List<Answer<A>> accepted(List<Answer<A>> answers) {
        if (answers.stream().noneMatch(answer -> answer instanceof Accepted<A>)) {
            throw new NothingAccepted(answers);
        }
        return answers;
    }

    /** Every request was refused, so the transaction is rolled back. */
    private static final class NothingAccepted extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<?> answers;

        NothingAccepted(List<?> answers) {
            super(null, null, false, false);
            this.answers = answers;
        }

        @SuppressWarnings("unchecked") // as they were handed in by the one who catches this
        <A> List<Answer<A>> answers() {
            return (List<Answer<A>>) answers;
        }
    }

    /**
     * Whether it is certain that nothing has changed, and the call would not be tried again together with others, or
     * should not be, because the lock that was not acquired may be another call's.
     */
    private static boolean isTriedAlone(RuntimeException failure, boolean isLast, CallTime time) {
        if (!(failure instanceof StorageException storage)) {
            return true;
        }
        boolean isTriedAgain = storage.error().mayPass() && storage.error() != StorageError.LOCK_TIMEOUT && !isLast;
        return storage.outcome() == Outcome.NOTHING_CHANGED && !isTriedAgain && time.allows(0);
    }

    @Override
    public <T> T run(String useCase, Function<Stores, T> work) {
        return tried(useCase, true, (handle, locks, news) -> JdbiStores.with(handle, locks, work));
    }

    @Override
    public <T> T scan(String useCase, Function<Stores, T> work) {
        return tried(useCase, false, (handle, locks, news) -> JdbiStores.with(handle, locks, work));
    }

    @Override
    public <T> T together(Function<Transactions, T> work) {
        try {
            return tried(
                    "inTransaction",
                    true,
                    (handle, locks, news) -> together(
                            work,
                            new ActiveTransaction(
                                    handle,
                                    connections.dialect(),
                                    new ListenerNotifier(List.of(news)),
                                    JoinedLockWait.NONE)));
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

    private <T> T tried(String useCase, boolean inHaste, Work<T> work) {
        CallTime time = CallTime.beginning(retry, inHaste);
        return tried(useCase, time, attempt -> once(useCase, time, work), refusal -> false);
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

    private <T> T once(String useCase, CallTime time, Work<T> work) {
        RowLocks locks = new RowLocks(useCase, connections.dialect());
        BufferedListener news = new BufferedListener();
        try {
            return uninterrupted(() -> transact(useCase, time, handle -> work.in(handle, locks, news), locks));
        } finally {
            announcer.waited(locks.waits());
            announcer.told(news);
        }
    }

    /** Holds an interrupt back that would break the database, until the transaction has ended. */
    private <T> T uninterrupted(Supplier<T> transaction) {
        boolean interrupted = connections.dialect().isBrokenByInterrupts() && Thread.interrupted();
        try {
            return transaction.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T transact(String useCase, CallTime time, Function<Handle, T> work, RowLocks locks) {
        try (OwnedConnection transaction = connected(useCase, time)) {
            try {
                transaction.begin(time.bounds());
                T result = work.apply(transaction.handle());
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
        Handle handle = jdbi.open();
        try {
            return new OwnedConnection(handle, connections.take(time.left()), connections);
        } catch (SQLException failure) {
            handle.close();
            throw connections.refused(failure, useCase);
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
