package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.job.DeliverEvents;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What the shop did in each of the last seconds, as its listener and its jobs tell: of this process, since its start.
 * Thread-safe.
 */
public final class Figures implements CommerceListener {
    private static final int KEPT_SECONDS = 180;
    private static final int MEDIAN = 500;
    private static final int P99 = 990;

    private final Clock clock;
    private final Second[] ring = new Second[KEPT_SECONDS];
    private long events;
    private long delivered;
    private long deadLetters;

    /** @param clock tells the seconds */
    public Figures(Clock clock) {
        this.clock = clock;
    }

    private static final class Second {
        private final long at;
        private final WaitHistogram waits = new WaitHistogram();
        private long placed;
        private long paid;
        private long refused;
        private long failed;
        private long retries;
        private long expired;
        private long undelivered;
        private long groups;
        private long groupedCalls;
        private long largestGroup;

        Second(long at) {
            this.at = at;
        }
    }

    /**
     * One second.
     *
     * @param at seconds since 1970
     * @param undelivered how many events were waiting to be delivered when it ended
     * @param groups how many transactions were shared by several calls
     * @param groupedCalls how many calls those were
     * @param largestGroup how many shared the largest of them
     */
    public record Sample(
            long at,
            long placed,
            long paid,
            long refused,
            long failed,
            long retries,
            long expired,
            long lockWaits,
            long lockWaitP50Micros,
            long lockWaitP99Micros,
            long undelivered,
            long groups,
            long groupedCalls,
            long largestGroup) {}

    /**
     * What is known now.
     *
     * @param now seconds since 1970; this second is not over and is not among the samples
     * @param undelivered events of this process that are waiting to be delivered
     * @param deadLetters events of this process that became dead letters
     */
    public record Snapshot(long now, List<Sample> seconds, long undelivered, long deadLetters) {}

    @Override
    public synchronized void useCaseEnded(UseCaseEnded ended) {
        Second second = current();
        if (ended.refusal() != null) {
            second.refused++;
        } else if (ended.error() != null) {
            second.failed++;
        } else {
            switch (ended.useCase()) {
                case "orders.place" -> second.placed++;
                case "orders.pay" -> {
                    second.paid++;
                    written(1);
                }
                case "orders.cancel" -> written(1);
                default -> {}
            }
        }
    }

    @Override
    public synchronized void lockWaited(LockWait wait) {
        current().waits.add(wait.duration());
    }

    @Override
    public synchronized void transactionBroken(BrokenTransaction broken) {
        if (broken.pause() != null) {
            current().retries++;
        }
    }

    @Override
    public synchronized void transactionShared(SharedTransaction shared) {
        Second second = current();
        second.groups++;
        second.groupedCalls += shared.calls();
        second.largestGroup = Math.max(second.largestGroup, shared.calls());
    }

    /** The job has expired so many orders. */
    public synchronized void expired(long orders) {
        current().expired += orders;
        written(orders);
    }

    /** The job has delivered what this says. */
    public synchronized void delivered(DeliverEvents.Result result) {
        current();
        delivered += result.delivered();
        deadLetters += result.deadLetters();
        events = Math.max(events, delivered + deadLetters); // some are of other hosts, or of payments from outside
        current().undelivered = undelivered();
    }

    /** The seconds after this one that are over. */
    public synchronized Snapshot since(long after) {
        long now = current().at;
        List<Sample> seconds = new ArrayList<>();
        for (long at = Math.max(after + 1, now - KEPT_SECONDS + 1); at < now; at++) {
            Second second = ring[slot(at)];
            seconds.add(second == null || second.at != at ? quiet(at) : sample(second));
        }
        return new Snapshot(now, seconds, undelivered(), deadLetters);
    }

    private void written(long more) {
        events += more;
        current().undelivered = undelivered();
    }

    private long undelivered() {
        return Math.max(0, events - delivered - deadLetters);
    }

    private Second current() {
        long at = clock.instant().getEpochSecond();
        Second second = ring[slot(at)];
        if (second == null || second.at != at) {
            second = new Second(at);
            second.undelivered = undelivered();
            ring[slot(at)] = second;
        }
        return second;
    }

    private Sample quiet(long at) {
        return new Sample(at, 0, 0, 0, 0, 0, 0, 0, 0, 0, undelivered(), 0, 0, 0);
    }

    private static Sample sample(Second second) {
        return new Sample(
                second.at,
                second.placed,
                second.paid,
                second.refused,
                second.failed,
                second.retries,
                second.expired,
                second.waits.total(),
                second.waits.percentile(MEDIAN),
                second.waits.percentile(P99),
                second.undelivered,
                second.groups,
                second.groupedCalls,
                second.largestGroup);
    }

    private static int slot(long at) {
        return (int) Math.floorMod(at, (long) KEPT_SECONDS);
    }
}
