package io.github.embeddedcommerce.examples.storefront;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A clock that is set ahead by hand, and at which calls can be held while their transaction is open. */
final class TestClock extends Clock {
    private final Semaphore held = new Semaphore(0);
    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable CountDownLatch gate;

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** From now on, calls over HTTP that ask for the time wait until {@link #release}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Returns when so many calls are waiting; fails if that takes a minute. */
    void awaitHeld(int calls) throws InterruptedException {
        if (!held.tryAcquire(calls, 1, TimeUnit.MINUTES)) {
            throw new AssertionError("only " + held.availablePermits() + " calls of " + calls + " are waiting");
        }
    }

    void release() {
        CountDownLatch open = gate;
        gate = null;
        if (open != null) {
            open.countDown();
        }
    }

    @Override
    public Instant instant() {
        CountDownLatch closed = gate;
        boolean ofAJob = Thread.currentThread().getName().startsWith("pool-");
        if (closed != null && !ofAJob) {
            held.release();
            try {
                closed.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
