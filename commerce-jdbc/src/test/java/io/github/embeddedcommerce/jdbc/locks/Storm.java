package io.github.embeddedcommerce.jdbc.locks;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many calls of many kinds at once, each thread in an order of its own. A call must succeed or be refused with a code
 * that is to be expected; anything else ends the storm.
 *
 * @param calls what is called
 * @param succeeded how often each kind of call did what was asked
 */
record Storm(List<Call> calls, Map<String, Integer> succeeded) {
    /** A kind of call, how often it comes in a round, and what it may be refused with. */
    record Call(String name, int weight, Work work, Set<ErrorCode> refusals) {}

    /** Picks what to do by these numbers, and does it. */
    interface Work {
        void by(Random random);
    }

    public static Storm of(List<Call> calls) {
        return new Storm(calls, new ConcurrentHashMap<>());
    }

    /** Each thread makes so many rounds of all calls. */
    public void blow(int threads, int rounds) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(threads);
            List<Future<?>> all = new ArrayList<>();
            for (int seed = 1; seed <= threads; seed++) {
                Random random = new Random(seed);
                all.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    blow(random, rounds);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private void blow(Random random, int rounds) {
        List<Call> order = new ArrayList<>();
        for (Call call : calls) {
            order.addAll(Collections.nCopies(rounds * call.weight, call));
        }
        Collections.shuffle(order, random);
        for (Call call : order) {
            try {
                call.work.by(random);
                succeeded.merge(call.name, 1, Integer::sum);
            } catch (CommerceException refusal) {
                if (!call.refusals.contains(refusal.code())) {
                    throw new AssertionError(call.name + " was refused", refusal);
                }
            }
        }
    }
}
