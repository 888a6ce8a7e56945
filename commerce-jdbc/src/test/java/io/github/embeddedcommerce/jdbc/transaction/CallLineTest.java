package io.github.embeddedcommerce.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The line in which calls wait, at moments that no test of a whole shop can choose. */
class CallLineTest {
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LIMIT_SECONDS = 10;

    private final CallLine<Row, String> line = new CallLine<>(2, 3, 64);

    /** A row; to look whether it is free, which is done under the lock of the line, may take its time. */
    private static final class Row {
        volatile Runnable delay = () -> {};

        @Override
        public int hashCode() {
            Runnable once = delay;
            delay = () -> {};
            once.run();
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    private static final class Contended implements UseCase<Row, String> {
        @Override
        public String name() {
            return "orders.place";
        }

        @Override
        public List<Answer<String>> perform(List<Row> requests, Stores stores) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<RowKey> contended(Row row) {
            return RowKey.of(LockOrder.STOCK, row);
        }
    }

    private static WaitingCall<Row, String> call(Row row) {
        return new WaitingCall<>(new Contended(), row, CallTime.beginning(TransactionRetry.defaults(), true));
    }

    /**
     * A call has waited for long and is about to say so when it is let go ahead: the wake-up comes while its thread
     * waits for the lock of the line, and ends that wait instead of the one for its turn.
     */
    @Test
    @Tag("T9")
    void a_call_whose_turn_comes_on_its_way_into_the_line_goes_ahead() throws Exception {
        WaitingCall<Row, String> ahead = call(new Row());
        line.enter(ahead);
        line.enter(call(new Row()));
        Row wanted = new Row();
        Row next = new Row();
        FutureTask<Boolean> turn = new FutureTask<>(() -> {
            WaitingCall<Row, String> late = call(wanted);
            return !line.enter(late) && late.awaitTurn(line);
        });
        Thread caller = new Thread(turn);
        caller.start();
        waitUntilParked(caller, "CallLine");
        line.enter(call(next));

        wanted.delay = () -> {
            waitUntilParked(caller, "Sync");
            LockSupport.parkNanos(MOMENT_NANOS);
        };
        next.delay =
                () -> LockSupport.parkNanos(MOMENT_NANOS); // the caller has been woken, and waits for the lock again
        line.leave(ahead);

        assertThat(turn.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static void waitUntilParked(Thread thread, String blocker) {
        while (!Objects.requireNonNullElse(LockSupport.getBlocker(thread), "")
                .getClass()
                .getSimpleName()
                .endsWith(blocker)) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
        }
    }
}
