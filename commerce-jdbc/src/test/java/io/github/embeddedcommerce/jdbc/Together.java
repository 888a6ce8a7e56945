package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What came of many calls made at the same time.
 *
 * @param results of the calls that succeeded
 * @param refusals of those that were refused; anything else that is thrown fails the test
 */
record Together<R>(List<R> results, List<ErrorCode> refusals) {
    private static final int THREADS = 16;

    /** Makes this call with each input, from up to 16 threads that start together. */
    static <T, R> Together<R> each(List<T> inputs, Function<T, R> call) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(Math.min(THREADS, inputs.size()));
            List<Future<R>> calls = inputs.stream()
                    .map(input -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        return call.apply(input);
                    }))
                    .toList();
            return outcome(calls);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <R> Together<R> outcome(List<Future<R>> calls) {
        List<R> results = new ArrayList<>();
        List<ErrorCode> refusals = new ArrayList<>();
        for (Future<R> call : calls) {
            try {
                results.add(call.get());
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof CommerceException refusal)) {
                    throw new AssertionError("a call failed", failure.getCause());
                }
                refusals.add(refusal.code());
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
        return new Together<>(results, refusals);
    }
}
