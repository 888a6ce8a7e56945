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
            boolean again = triedInThisPass;
            last = null;
            triedInThisPass = false;
            return again;
        }
        last = chunk.due.get(chunk.due.size() - 1);
        deliver(chunk.claimed, lease);
        return true;
    }

    private void deliver(List<Delivery> claimed, Lease lease) {
        List<Delivery> outcomes = new ArrayList<>();
        for (Delivery delivery : claimed) {
            outcomes.add(deliverOne(delivery, lease));
        }
        Set<Delivery> asTheyWere = new HashSet<>(claimed);
        for (Delivery outcome : settle(outcomes, lease)) {
            switch (outcome.status()) {
                case DELIVERED -> delivered++;
                case DEAD -> deadLetters++;
                case WAITING -> failed += asTheyWere.contains(outcome) ? 0 : 1; // unchanged: it was returned untried
                case DISCARDED -> throw new IllegalStateException("delivering does not discard");
            }
        }
    }

    /** The outcome; the event unchanged if it is returned untried. */
    private Delivery deliverOne(Delivery delivery, Lease lease) {
        if (isInterrupted() || !now.get().isBefore(lease.until())) {
            return delivery;
        }
        if (delivery.tries() >= terms.retries().tries()) {
            return delivery.dead(now.get());
        }
        triedInThisPass = true;
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

    /** Runs even if interrupted: otherwise delivered events would be delivered again. */
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
