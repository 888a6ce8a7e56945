package io.github.embeddedcommerce.examples.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share a pile of numbered tasks until it is done, or they are asked to stop. */
final class Crew {
    private static final long MILLIS_BETWEEN_LOOKS = 200;

    private final int threads;
    private final Stop stop;

    Crew(int threads, Stop stop) {
        this.threads = threads;
        this.stop = stop;
    }

    /** How many work at once. */
    int threads() {
        return threads;
    }

    /**
     * Does the tasks 0 to {@code tasks - 1}, each once, while this thread shows how far they are. A task that fails
     * stops the others after the one they are at, and is thrown here.
     *
     * @return whether all are done: false if asked to stop
     */
    boolean work(int tasks, ProgressLine progress, IntConsumer task) {
        Pile pile = new Pile(tasks, task);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks));
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, tasks); i++) {
            workers.add(pool.submit(pile));
        }
        pool.shutdown();
        watch(pool, pile, progress);
        workers.forEach(Crew::throwFailure);
        return pile.done.get() == tasks;
    }

    private void watch(ExecutorService pool, Pile pile, ProgressLine progress) {
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                over = pool.awaitTermination(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                progress.show(pile.done.get(), pile.tasks);
            } catch (InterruptedException hurried) {
                interrupted = true;
                stop.request();
            }
        }
        progress.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void throwFailure(Future<?> worker) {
        try {
            worker.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("the pool has terminated, nothing was waited for", impossible);
        }
    }

    private final class Pile implements Runnable {
        private final int tasks;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile boolean failed;

        Pile(int tasks, IntConsumer task) {
            this.tasks = tasks;
            this.task = task;
        }

        @Override
        public void run() {
            boolean returned = false;
            try {
                for (int i = next.getAndIncrement(); i < tasks && goesOn(); i = next.getAndIncrement()) {
                    task.accept(i);
                    done.incrementAndGet();
                }
                returned = true;
            } finally {
                if (!returned) {
                    failed = true;
                }
            }
        }

        private boolean goesOn() {
            return !failed && !stop.requested();
        }
    }
}
