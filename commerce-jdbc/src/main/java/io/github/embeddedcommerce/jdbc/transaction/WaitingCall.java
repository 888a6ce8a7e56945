package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through a {@link CallLine}, from its request to its answer. Its thread waits in it; another
 * thread may decide it. What is written before a turn is visible to whoever sees the turn.
 *
 * @param <R> the type of its request
 * @param <A> the type of its result
 */
final class WaitingCall<R, A> {
    /** Where a call stands. */
    private enum Turn {
        IN_LINE,
        /** It leads a transaction. */
        LEADS,
        /** It is decided in the transaction of another. */
        JOINED,
        /** The transaction in which it was decided has ended. */
        DONE
    }

    private final UseCase<R, A> useCase;
    private final R request;
    private final Set<RowKey> rows;
    private final CallTime time;
    private final Thread thread = Thread.currentThread();
    private volatile Turn turn = Turn.IN_LINE;
    private long inLineSince;
    private @Nullable RowKey waitsFor;
    private @Nullable LockWait waited;
    private @Nullable Answer<A> answer;
    private @Nullable RuntimeException failure;
    private boolean shared;
    private boolean retried;

    WaitingCall(UseCase<R, A> useCase, R request, CallTime time) {
        this.useCase = useCase;
        this.request = request;
        this.rows = useCase.contended(request);
        this.time = time;
    }

    UseCase<R, A> useCase() {
        return useCase;
    }

    R request() {
        return request;
    }

    Set<RowKey> rows() {
        return rows;
    }

    CallTime time() {
        return time;
    }

    /** It begins another try. */
    void begin() {
        shared = false;
        answer = null;
        failure = null;
    }

    /** Under the lock of the line: it gets in line, for a row or, if that is null, for a lane. */
    void waitsFor(@Nullable RowKey row) {
        inLineSince = System.nanoTime();
        waitsFor = row;
        turn = Turn.IN_LINE;
    }

    /** Under the lock of the line: it goes ahead. */
    void lead() {
        turn = Turn.LEADS;
        LockSupport.unpark(thread);
    }

    /** Under the lock of the line: it is decided with another. */
    void join() {
        shared = true;
        turn = Turn.JOINED;
    }

    /** The leader of others. */
    void takesAlong() {
        shared = true;
    }

    /** It was decided, and that is committed, or it was refused. */
    void answered(Answer<A> decided) {
        answer = decided;
        failure = null;
        done();
    }

    /** The transaction has failed. */
    void failed(RuntimeException why) {
        answer = null;
        failure = why;
        done();
    }

    private void done() {
        turn = Turn.DONE;
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Waits in line for its turn; interrupts are held back once another decides it.
     *
     * @return whether it is to lead; if not, it is done
     * @throws StorageException if it has waited for too long (LOCK_TIMEOUT, or BUSY if it waited for a connection), or
     *     was interrupted in line (INTERRUPTED); it has left the line then
     */
    boolean awaitTurn(CallLine<R, A> line) {
        boolean interrupted = false;
        boolean isLong = false;
        try {
            while (turn == Turn.IN_LINE || turn == Turn.JOINED) {
                if (turn == Turn.JOINED) {
                    LockSupport.park(this);
                } else {
                    long waited = System.nanoTime() - inLineSince;
                    long left = limitNanos() - waited;
                    if (interrupted || left <= 0) {
                        if (line.withdraw(this)) {
                            throw gaveUp(interrupted);
                        }
                        // Its turn has come, and what was to wake it may have done so on the way into the line.
                        continue;
                    }
                    if (waited >= CallLine.LONG_WAIT_NANOS && !isLong) {
                        isLong = true;
                        line.openMoreLanes();
                        continue;
                    }
                    LockSupport.parkNanos(line, isLong ? left : Math.min(left, CallLine.LONG_WAIT_NANOS - waited));
                }
                interrupted |= Thread.interrupted();
            }
            note(true);
            return turn == Turn.LEADS;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Under the lock of the line: whether it has been in it for so long. */
    boolean hasWaited(long nanos) {
        return System.nanoTime() - inLineSince >= nanos;
    }

    /** In line for a row no longer than in the database, and for a lane as long as for a connection. */
    private long limitNanos() {
        long left = time.leftAt(inLineSince).toNanos();
        return waitsFor == null ? left : Math.min(left, time.retry().lockWait().toNanos());
    }

    private StorageException gaveUp(boolean interrupted) {
        note(false);
        RowKey row = waitsFor;
        StorageError error =
                interrupted ? StorageError.INTERRUPTED : row == null ? StorageError.BUSY : StorageError.LOCK_TIMEOUT;
        String lock = row == null ? "" : ", waiting for " + row.kind() + " [" + row.id() + "]";
        return SqlFailure.of(
                error,
                Outcome.NOTHING_CHANGED,
                useCase.name() + " failed" + lock,
                new IllegalStateException("its turn in line did not come in time"));
    }

    private void note(boolean acquired) {
        RowKey row = waitsFor;
        if (row != null) {
            Duration duration = Duration.ofNanos(System.nanoTime() - inLineSince);
            waited = new LockWait(useCase.name(), row.kind(), "[" + row.id() + "]", duration, acquired);
        }
    }

    /** The wait for a row that it had in line since this was asked last. */
    List<LockWait> takeWait() {
        LockWait taken = waited;
        waited = null;
        return taken == null ? List.of() : List.of(taken);
    }

    /** Whether its last transaction was shared with others. */
    boolean wasShared() {
        return shared;
    }

    /** Why its last transaction failed; null if it did not. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** What its transaction came to; throws the refusal or the failure. */
    A outcome() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(answer).orThrow();
    }

    /** Once, and only if the use case has removed what was in the way. */
    boolean canRetryAfter(CommerceException refusal) {
        if (!retried && answer instanceof Refused<A> refused && refused.refusal() == refusal) {
            retried = true;
            return useCase.canRetry(refused);
        }
        return false;
    }
}
