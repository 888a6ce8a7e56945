package io.github.embeddedcommerce.examples.storefront;

import io.github.embeddedcommerce.Jobs;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.examples.storefront.admin.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of the shop on a plain executor, on as many hosts as there are. One that fails is logged and comes
 * round again. Thread-safe.
 */
final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final int THREADS = 2;
    private static final Duration EXPIRY = Duration.ofSeconds(30);
    private static final Duration DELIVERY = Duration.ofSeconds(2);
    private static final LocalTime SNAPSHOT = LocalTime.MIDNIGHT;
    private static final LocalTime PURGE = LocalTime.of(3, 0);
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private final ScheduledThreadPoolExecutor executor;
    private final Clock clock;

    Schedule(Clock clock) {
        this(clock, new ScheduledThreadPoolExecutor(THREADS));
    }

    Schedule(Clock clock, ScheduledThreadPoolExecutor executor) {
        this.clock = clock;
        this.executor = executor;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins. */
    static Schedule start(Jobs jobs, EventSink sink, Figures figures, Clock clock) {
        Schedule schedule = new Schedule(clock);
        schedule.begin(jobs, sink, figures);
        return schedule;
    }

    /** Schedules every job. The snapshot of popular products of today is made at once, unless there is one. */
    void begin(Jobs jobs, EventSink sink, Figures figures) {
        every(
                EXPIRY,
                "expiry",
                () -> figures.expired(jobs.expireOverdueOrders().call().expired()));
        every(
                DELIVERY,
                "delivery",
                () -> figures.delivered(jobs.deliverEvents(sink).call()));
        soon("snapshot", () -> jobs.snapshotPopularProducts().call());
        daily(SNAPSHOT, "snapshot", () -> jobs.snapshotPopularProducts().call());
        daily(PURGE, "purge", () -> jobs.purgeHistory().call());
    }

    private void soon(String name, Runnable job) {
        executor.execute(() -> run(name, job));
    }

    /** Runs a job again and again, with this pause between two runs. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged by run
    void every(Duration pause, String name, Runnable job) {
        executor.scheduleWithFixedDelay(
                () -> run(name, job), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is logged by run
    private void daily(LocalTime time, String name, Runnable job) {
        Duration wait = untilNext(time, clock.instant());
        executor.schedule(
                () -> {
                    run(name, job);
                    daily(time, name, job);
                },
                wait.toMillis() + 1, // not a moment before: then it would be the day before
                TimeUnit.MILLISECONDS);
    }

    /** How long it is until this time of a day in UTC comes; a whole day if it is now. */
    static Duration untilNext(LocalTime time, Instant now) {
        ZonedDateTime from = now.atZone(ZoneOffset.UTC);
        ZonedDateTime today = from.with(time);
        return Duration.between(from, today.isAfter(from) ? today : today.plusDays(1));
    }

    private static void run(String name, Runnable job) {
        try {
            job.run();
        } catch (RuntimeException failure) { // an executor never again runs what has thrown
            LOG.warn("job {} failed, and comes round again: {}", name, failure.getMessage());
        }
    }

    /**
     * Ends. A job that is running may come to its end within a few seconds; one that takes longer is interrupted, and
     * then stops between two transactions.
     */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
                if (!executor.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("a job did not stop within {}", STOPPING);
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
