package io.github.embeddedcommerce.examples.benchmark.measure;

import io.github.embeddedcommerce.examples.benchmark.measure.Caller.Seat;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Callers that do the same work at once, each in a thread of its own, for a while. */
final class Callers {
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LongAdder operations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder cpuNanos = new LongAdder();
    private final AtomicReference<RuntimeException> firstFailure = new AtomicReference<>();

    /**
     * Lets so many callers work for so long. What is under way by then is finished and counted, and so is the time it
     * takes.
     */
    Sample work(Contestant contestant, Task task, Duration time) {
        CyclicBarrier together = new CyclicBarrier(task.callers() + 1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < task.callers(); i++) {
            Seat seat = new Seat(i, task.callers(), task.hot());
            Caller caller =
                    new Caller(contestant, seat, ThreadLocalRandom.current().nextLong());
            threads.add(new Thread(() -> work(caller, task.work(), together, time), "caller-" + i));
        }
        threads.forEach(Thread::start);
        long before = contestant.roundTrips();
        await(together);
        long begun = System.nanoTime();
        threads.forEach(Callers::join);
        double seconds = (System.nanoTime() - begun) / 1e9;
        RuntimeException failure = firstFailure.get();
        if (failure != null) {
            LOG.warn("{} fails at {}, the first time with", contestant.contender(), task, failure);
        }
        long roundTrips = contestant.roundTrips() - before;
        return new Sample(operations.sum(), failures.sum(), seconds, cpuNanos.sum() / 1e9, roundTrips);
    }

    private void work(Caller caller, Work work, CyclicBarrier together, Duration time) {
        await(together);
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long end = System.nanoTime() + time.toNanos();
        do {
            try {
                work.once(caller);
                operations.increment();
            } catch (RuntimeException failure) {
                failures.increment();
                firstFailure.compareAndSet(null, failure);
            }
        } while (System.nanoTime() < end);
        cpuNanos.add(THREADS.getCurrentThreadCpuTime() - cpuBefore);
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
