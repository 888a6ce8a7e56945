package io.github.embeddedcommerce.examples.storefront.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceListener.BrokenTransaction;
import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.CommerceListener.SharedTransaction;
import io.github.embeddedcommerce.CommerceListener.UseCaseEnded;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.transaction.LockOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T8")
class FiguresTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private long second = 1_000;
    private final Figures figures = new Figures(new Clock() {
        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(second);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void each_second_counts_its_own() {
        ended("orders.place", null, null);
        ended("orders.place", ErrorCode.INSUFFICIENT_STOCK, null);
        ended("orders.place", null, StorageError.BUSY);
        figures.lockWaited(new LockWait("orders.place", LockOrder.STOCK, "option 1", MILLI, true));
        figures.transactionBroken(new BrokenTransaction("orders.place", 1, StorageError.DEADLOCK, MILLI));
        figures.transactionShared(new SharedTransaction("orders.place", 3));
        figures.transactionShared(new SharedTransaction("orders.place", 7));
        second++;
        ended("orders.pay", null, null);
        figures.expired(2);
        second++;
        Figures.Snapshot all = figures.since(second - 3);
        assertThat(all.seconds()).hasSize(2);
        Figures.Sample first = all.seconds().get(0);
        assertThat(first.placed()).isOne();
        assertThat(first.refused()).isOne();
        assertThat(first.failed()).isOne();
        assertThat(first.retries()).isOne();
        assertThat(first.groups()).isEqualTo(2);
        assertThat(first.groupedCalls()).isEqualTo(10);
        assertThat(first.largestGroup()).isEqualTo(7);
        assertThat(first.lockWaitP99Micros()).isBetween(1_000L, 1_130L);
        assertThat(all.seconds().get(1).paid()).isOne();
        assertThat(all.seconds().get(1).expired()).isEqualTo(2);
        assertThat(figures.since(second - 2).seconds()).hasSize(1);
    }

    @Test
    void events_wait_until_they_are_delivered_or_dead() {
        ended("orders.pay", null, null);
        ended("orders.cancel", null, null);
        figures.expired(1);
        assertThat(figures.since(0).undelivered()).isEqualTo(3);
        figures.delivered(new DeliverEvents.Result(1, 1, 1, false));
        assertThat(figures.since(0).undelivered()).isOne();
        assertThat(figures.since(0).deadLetters()).isOne();
    }

    @Test
    void events_that_this_process_did_not_write_hide_none_that_it_does() {
        figures.delivered(new DeliverEvents.Result(5, 0, 0, false));
        assertThat(figures.since(0).undelivered()).isZero();
        ended("orders.pay", null, null);
        assertThat(figures.since(0).undelivered()).isOne();
    }

    @Test
    void seconds_without_a_call_are_told_too_and_old_ones_are_forgotten() {
        ended("orders.place", null, null);
        second += 500;
        assertThat(figures.since(0).seconds())
                .hasSize(179)
                .allSatisfy(sample -> assertThat(sample.placed()).isZero());
    }

    private void ended(String useCase, @Nullable ErrorCode refusal, @Nullable StorageError error) {
        figures.useCaseEnded(new UseCaseEnded(useCase, MILLI, 1, refusal, error));
    }
}
