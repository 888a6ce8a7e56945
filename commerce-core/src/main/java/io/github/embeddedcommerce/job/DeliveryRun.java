package io.github.embeddedcommerce.job;

import static java.util.Comparator.comparingInt;

import io.github.embeddedcommerce.error.FailureText;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.store.EventStore;
import io.github.embeddedcommerce.store.Lease;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@link DeliverEvents}. It passes over the events that were due when it began, the longest due first, until
 * a pass delivers nothing: the second event of an order is due once the first is delivered. Not thread-safe.
 */
final class DeliveryRun {
    private static final String USE_CASE = "jobs.deliverEvents";

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final EventSink sink;
    private final DeliverEvents.Terms terms;
    private final Instant began;
    private @Nullable Delivery last;
    private boolean triedInThisPass;
    private long delivered;
    private long failed;
    private long deadLetters;

    DeliveryRun(Transactions transactions, Supplier<Instant> now, EventSink sink, DeliverEvents.Terms terms) {
        this.transactions = transactions;
        this.now = now;
        this.sink = sink;
        this.terms = terms;
        this.began = now.get();
    }

    private record Claim(List<Delivery> due, List<Delivery> claimed) {}

    DeliverEvents.Result result() {
        return new DeliverEvents.Result(delivered, failed, deadLetters, isInterrupted());
    }

    /** Whether there may be more to do. */
    boolean deliverNextChunk() {
        if (isInterrupted()) {
            return false;
        }
        Lease lease = new Lease(UUID.randomUUID().toString(), now.get().plus(terms.lease()));
        Claim claim = transactions.run(USE_CASE, stores -> claim(stores.events(), lease));
        if (claim.due.isEmpty()) {
            boolean again = triedInThisPass;
            last = null;
            triedInThisPass = false;
            return again;
        }
        last = claim.due.get(claim.due.size() - 1);
        new LeasedChunk(claim.claimed, lease).deliver();
        return true;
    }

    /**
     * Leases the next events, those that were tried least first: an event that hangs, or kills its host each time, is
     * handed over when the others have been. The first one's try is counted at once.
     */
    private Claim claim(EventStore events, Lease lease) {
        List<Delivery> due = events.due(began, last, terms.chunk());
        List<Delivery> claimed = events.lockDue(due, began).stream()
                .sorted(comparingInt(Delivery::tries))
                .toList();
        List<Delivery> leased = new ArrayList<>(claimed);
        if (!claimed.isEmpty() && hasTryLeft(claimed.get(0))) {
            leased.set(0, claimed.get(0).handedOver());
        }
        events.lease(leased, lease);
        return new Claim(due, claimed);
    }

    private boolean hasTryLeft(Delivery delivery) {
        return delivery.tries() < terms.retries().tries();
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    /**
     * The events of one lease, on their way to the sink. The try of an event is counted before the sink has it, in the
     * transaction that writes what became of the one before. So whatever the sink, the thread or the host does then, it
     * was a try of this event and of no other.
     */
    private final class LeasedChunk {
        private final List<Delivery> claimed;
        private final Lease lease;
        private final Set<Delivery> untried;
        private final List<Delivery> outcomes = new ArrayList<>();
        private Instant latest;

        /** What ends the run once the outcomes so far are written: the clock fails, or the JVM does. */
        private @Nullable Throwable broken;

        LeasedChunk(List<Delivery> claimed, Lease lease) {
            this.latest = lease.until().minus(terms.lease());
            this.claimed = claimed;
            this.lease = lease;
            this.untried = new HashSet<>(claimed);
        }

        void deliver() {
            for (int i = 0; i < claimed.size(); i++) {
                Delivery delivery = claimed.get(i);
                if (!hasTryLeft(delivery)) {
                    outcomes.add(delivery.dead(time()));
                } else if (!canHandOver()) {
                    outcomes.add(delivery);
                } else if (i == 0 || settle(delivery.handedOver())) {
                    outcomes.add(outcome(delivery));
                }
            }
            if (!outcomes.isEmpty()) {
                settle(null);
            }
            throwIfBroken();
        }

        private boolean canHandOver() {
            boolean inTime = time().isBefore(lease.until());
            return inTime && broken == null && !isInterrupted();
        }

        /** What became of the event in the sink; the event unchanged if the thread was interrupted. */
        private Delivery outcome(Delivery delivery) {
            triedInThisPass = true;
            try {
                sink.deliver(delivery.event());
            } catch (Throwable failure) { // an Error too: one event must not stop the others
                if (failure instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (failure instanceof InternalError || failure instanceof UnknownError) {
                    broken = (VirtualMachineError) failure;
                }
                return isInterrupted() ? delivery : failed(delivery, failure);
            }
            return delivery.delivered(time());
        }

        private Delivery failed(Delivery delivery, Throwable failure) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            return delivery.failed(FailureText.of(failure), time(), terms.retries(), random::nextLong);
        }

        /** Never throws: what the sink has taken must be written. */
        private Instant time() {
            try {
                latest = now.get();
            } catch (RuntimeException | Error failure) {
                broken = failure;
            }
            return latest;
        }

        private void throwIfBroken() {
            if (broken instanceof Error error) {
                throw error;
            }
            if (broken instanceof RuntimeException failure) {
                throw failure;
            }
        }

        /**
         * Writes what became of the events so far, and that this one is handed over. Runs even if interrupted:
         * otherwise delivered events would be delivered again.
         *
         * @return whether it may be handed over: not if another lease holds it by now
         */
        private boolean settle(@Nullable Delivery next) {
            boolean interrupted = Thread.interrupted();
            try {
                List<Delivery> written =
                        transactions.run(USE_CASE, stores -> stores.events().settle(outcomes, next, lease));
                outcomes.stream().filter(new HashSet<>(written)::contains).forEach(this::count);
                outcomes.clear();
                return next != null && written.contains(next);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void count(Delivery outcome) {
            switch (outcome.status()) {
                case DELIVERED -> delivered++;
                case DEAD -> deadLetters++;
                case WAITING -> failed += untried.contains(outcome) ? 0 : 1;
                case DISCARDED -> throw new IllegalStateException("delivering does not discard");
            }
        }
    }
}
