package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.store.JdbiStores;
import io.github.embeddedcommerce.jdbc.store.RowLocks;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.UseCase;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls of use cases, of which those that would wait for each other, or for a connection, share a transaction.
 * Thread-safe.
 */
final class SharedCalls {
    /** After so many tries a call is tried alone, so that it fails alone if it is what makes them fail. */
    private static final int TRIES_SHARED = 2;

    private final OwnedTransactions transactions;
    private final CallLines lines;
    private final TransactionRetry retry;
    private final ListenerNotifier announcer;

    SharedCalls(OwnedTransactions transactions, CallLines lines, TransactionRetry retry, ListenerNotifier announcer) {
        this.transactions = transactions;
        this.lines = lines;
        this.retry = retry;
        this.announcer = announcer;
    }

    /** A transaction that was shared and failed may have failed for another call's sake: then each is tried alone. */
    <R, A> A performed(WaitingCall<R, A> call, int attempt) {
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
        return transactions.once(
                call.useCase().name(),
                call.time(),
                (connection, locks, news) -> JdbiStores.with(connection.stores(), locks, stores -> {
                    call.answered(call.useCase()
                            .perform(List.of(call.request()), stores)
                            .get(0));
                    return call.outcome();
                }));
    }

    /** Decides this call, and those that it takes along once it has a connection, in one transaction. */
    private <R, A> void lead(WaitingCall<R, A> leader, CallLine<R, A> line) {
        UseCase<R, A> useCase = leader.useCase();
        RowLocks locks = new RowLocks(useCase.name(), transactions.dialect());
        List<WaitingCall<R, A>> calls = new ArrayList<>(List.of(leader));
        AtomicBoolean isDecided = new AtomicBoolean(); // what fails from then on may have failed after the commit
        try {
            List<Answer<A>> answers = transactions.transact(
                    useCase.name(),
                    leader.time(),
                    connection -> {
                        line.takeAlong(leader, calls);
                        List<R> requests =
                                calls.stream().map(WaitingCall::request).toList();
                        List<Answer<A>> decided = JdbiStores.with(
                                connection.stores(), locks, stores -> useCase.perform(requests, stores));
                        isDecided.set(true);
                        return accepted(decided);
                    },
                    locks);
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
}
