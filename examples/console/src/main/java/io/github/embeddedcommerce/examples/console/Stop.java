package io.github.embeddedcommerce.examples.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as a request: the process ends only when the command has come to a clean end and closed this, or when it takes
 * too long; then a database recovers by itself when it is opened again. Thread-safe.
 */
final class Stop implements AutoCloseable {
    private static final long GRACE_SECONDS = 10;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::requestAndWait, "stop");
    private volatile boolean requested;

    /** From now on, until closed, Ctrl-C is a request. */
    static Stop onShutdown() {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Asks to stop. */
    void request() {
        requested = true;
    }

    /** Whether it is time to stop. */
    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                // The hook runs already, and finds this closed.
                requested = true;
            }
        }
    }

    private void requestAndWait() {
        request();
        try {
            closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
