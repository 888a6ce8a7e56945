package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.EventSink;
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
 * One run of {@link DeliverEvents}. It goes through what was due when it began, from the longest waiting to the last,
 * and again until it has handed out nothing more: the second event of an order comes up once the first is delivered.
 * Not thread-safe.
 */
final class DeliveryRun {
    private static final String USE_CASE = "jobs.deliverEvents";

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final EventSink sink;
    private final DeliverEvents.Terms terms;
    private final Instant began;
    private @Nullable Delivery last;
    private boolean handedOutSinceFirst;
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

    private record Chunk(List<Delivery> due, List<Delivery> claimed) {}

    DeliverEvents.Result result() {
        return new DeliverEvents.Result(delivered, failed, deadLetters, isInterrupted());
    }

    /** Whether there may be more to do. */
    boolean deliverNextChunk() {
        if (isInterrupted()) {
            return false;
        }
        Lease lease = new Lease(UUID.randomUUID().toString(), now.get().plus(terms.lease()));
        Chunk chunk = transactions.run(USE_CASE, stores -> {
            List<Delivery> due = stores.events().due(began, last, terms.chunk());
            return new Chunk(due, stores.events().claim(due, began, lease));
        });
        if (chunk.due.isEmpty()) {
            boolean again = handedOutSinceFirst;
            last = null;
            handedOutSinceFirst = false;
            return again;
        }
        last = chunk.due.get(chunk.due.size() - 1);
        deliver(chunk.claimed, lease);
        return true;
    }

    private void deliver(List<Delivery> claimed, Lease lease) {
        List<Delivery> outcomes = new ArrayList<>();
        for (Delivery delivery : claimed) {
            outcomes.add(handOut(delivery, lease));
        }
        Set<Delivery> asTheyWere = new HashSet<>(claimed);
        for (Delivery outcome : settle(outcomes, lease)) {
            switch (outcome.status()) {
                case DELIVERED -> delivered++;
                case DEAD -> deadLetters++;
                case WAITING -> failed += asTheyWere.contains(outcome) ? 0 : 1; // or it was given back
                case DISCARDED -> throw new IllegalStateException("delivering does not discard");
            }
        }
    }

    /** What became of it; as it was if it is given back. */
    private Delivery handOut(Delivery delivery, Lease lease) {
        if (isInterrupted() || !now.get().isBefore(lease.until())) {
            return delivery;
        }
        if (delivery.tries() >= terms.retries().tries()) {
            return delivery.dead(now.get());
        }
        handedOutSinceFirst = true;
        try {
            sink.deliver(delivery.event());
            return delivery.delivered(now.get());
        } catch (Throwable failure) { // an Error too: one event must not stop the others
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return isInterrupted() ? delivery : failed(delivery, failure);
        }
    }

    private Delivery failed(Delivery delivery, Throwable failure) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return delivery.failed(FailureText.of(failure), now.get(), terms.retries(), random::nextLong);
    }

    /** Not to be stopped by an interrupt: it would lose what has been delivered, and takes but a moment. */
    private List<Delivery> settle(List<Delivery> outcomes, Lease lease) {
        boolean interrupted = Thread.interrupted();
        try {
            return transactions.run(USE_CASE, stores -> stores.events().settle(outcomes, lease));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }
}
