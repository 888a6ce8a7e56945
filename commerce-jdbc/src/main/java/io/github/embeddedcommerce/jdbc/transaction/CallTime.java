package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.jdbc.dialect.WaitBounds;
import java.time.Duration;

/**
 * How long one call has taken, and what is left for it. Immutable.
 *
 * @param begunNanos when it began, by {@link System#nanoTime}
 * @param retry the bounds of every call
 * @param inHaste whether the database must answer within the time of the call; if not, only lock waits are bounded
 */
record CallTime(long begunNanos, TransactionRetry retry, boolean inHaste) {
    private static final Duration SHORTEST_LOCK_WAIT = Duration.ofMillis(1);

    /** Added to a lock wait that takes all of the time: the database gives up before the connection does. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Of a call that begins now. */
    static CallTime beginning(TransactionRetry retry, boolean inHaste) {
        return new CallTime(System.nanoTime(), retry, inHaste);
    }

    /** What is left; zero if nothing is. */
    Duration left() {
        return leftAt(System.nanoTime());
    }

    /** What was or will be left at this time. */
    Duration leftAt(long nanoTime) {
        long nanos = retry.total().toNanos() - (nanoTime - begunNanos);
        return Duration.ofNanos(Math.max(0, nanos));
    }

    /** Whether the call began no longer ago than this. */
    boolean isWithin(Duration duration) {
        return System.nanoTime() - begunNanos <= duration.toNanos();
    }

    /** Whether another try can begin after this pause. */
    boolean allows(long pauseNanos) {
        return pauseNanos < left().toNanos();
    }

    /** What a transaction that begins now may wait for. */
    WaitBounds bounds() {
        Duration left = left();
        Duration lockWait = longer(SHORTEST_LOCK_WAIT, left.compareTo(retry.lockWait()) < 0 ? left : retry.lockWait());
        return new WaitBounds(lockWait, inHaste ? longer(left, lockWait.plus(GRACE)) : Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
