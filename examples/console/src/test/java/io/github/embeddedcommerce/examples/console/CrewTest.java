package io.github.embeddedcommerce.examples.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrewTest {
    private final Stop stop = new Stop();
    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

    @Test
    void every_task_is_done_once() {
        assertThat(work(8, 1_000, done::add)).isTrue();
        assertThat(done)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void asked_to_stop_it_finishes_what_was_begun_and_begins_nothing_more() {
        CountDownLatch requested = new CountDownLatch(1);
        boolean all = work(4, 1_000, task -> {
            if (task == 100) {
                stop.request();
                requested.countDown();
            } else if (task > 100) {
                await(requested); // what was begun beside it is still at work when it asks to stop
            }
            done.add(task);
        });
        assertThat(all).isFalse();
        assertThat(done).hasSizeBetween(101, 104);
    }

    @Test
    void a_task_that_fails_stops_the_others_and_is_thrown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> work(4, 1_000_000, task -> {
                    done.add(task);
                    if (task == 10) {
                        throw new IllegalStateException("broken");
                    }
                }))
                .withMessage("broken");
        assertThat(done.size()).isLessThan(1_000_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private boolean work(int threads, int tasks, IntConsumer task) {
        Screen nowhere = new Screen(new PrintWriter(Writer.nullWriter()), false, false);
        return new Crew(threads, stop).work(tasks, new ProgressLine(nowhere, "tasks"), task);
    }
}
