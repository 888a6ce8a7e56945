package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Delivers the events of orders to the host's sink: each at least once, those of one order in their order.
 *
 * <p>A chunk of events is leased in one transaction, and each is delivered outside of any. Before an event is handed to
 * the sink, a short transaction counts its try and writes what became of the one before. So a sink that is slow, throws
 * or hangs delays no order and no other host. A failed event is retried with exponential backoff. The events that a
 * crashed or hanging host had leased are due again when the lease expires; until then no other host delivers them. A
 * try is counted for the event that was handed over and for no other, and of a chunk the events that were tried least
 * are handed over first: an event that hangs its sink or kills its host each time becomes a dead letter in the end, and
 * holds up no other. The clocks of the hosts must agree to much less than the lease.
 *
 * <p>One run tries each event once that was due when the run began. If the thread is interrupted, the run stops after
 * the current event and returns the rest of the chunk at once. Immutable and thread-safe.
 */
public final class DeliverEvents implements Callable<DeliverEvents.Result> {
    /** The default number of events in a chunk. */
    public static final int DEFAULT_CHUNK = 100;

    /** The default lease of a chunk. */
    public static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LEASE = Duration.ofDays(1);

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final EventSink sink;
    private final Terms terms;

    /** Applications call {@code jobs().deliverEvents(sink)}. */
    public DeliverEvents(Transactions transactions, Supplier<Instant> now, EventSink sink) {
        this(
                transactions,
                now,
                Validation.required(sink, "sink"),
                new Terms(DEFAULT_CHUNK, DEFAULT_LEASE, DeliveryRetry.defaults(), delivered -> {}));
    }

    private DeliverEvents(Transactions transactions, Supplier<Instant> now, EventSink sink, Terms terms) {
        this.transactions = transactions;
        this.now = now;
        this.sink = sink;
        this.terms = terms;
    }

    record Terms(int chunk, Duration lease, DeliveryRetry retries, LongConsumer progress) {}

    /**
     * The result of one run. Immutable.
     *
     * @param delivered how many events the sink accepted
     * @param failed how many failed and are retried later
     * @param deadLetters how many became dead letters
     * @param interrupted whether it stopped early because its thread was interrupted
     */
    public record Result(long delivered, long failed, long deadLetters, boolean interrupted) {}

    /**
     * The same with another number of events in a chunk.
     *
     * @param events 1 to 10,000; default {@value #DEFAULT_CHUNK}. After a crash, up to this many wait for the lease to
     *     expire; one of them, which the sink had, is delivered again
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if out of range
     */
    public DeliverEvents inChunksOf(int events) {
        Validation.range(events, "events", 1, 10_000);
        return with(new Terms(events, terms.lease, terms.retries, terms.progress));
    }

    /**
     * The same with another lease of a chunk.
     *
     * @param lease 1 second to 1 day; default 5 minutes. Events that were not tried when it ends are tried later
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if null or out of range
     */
    public DeliverEvents leasingFor(Duration lease) {
        Duration present = Validation.range(lease, "lease", SHORTEST_LEASE, LONGEST_LEASE);
        return with(new Terms(terms.chunk, present, terms.retries, terms.progress));
    }

    /**
     * The same with another retry policy; default {@link DeliveryRetry#defaults()}.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if null
     */
    public DeliverEvents retrying(DeliveryRetry policy) {
        return with(new Terms(terms.chunk, terms.lease, Validation.required(policy, "policy"), terms.progress));
    }

    /**
     * The same, calling this listener after every chunk with the number of events delivered so far. What it throws ends
     * the run; the outcomes of the chunk have been written.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if null
     */
    public DeliverEvents reporting(LongConsumer listener) {
        return with(new Terms(terms.chunk, terms.lease, terms.retries, Validation.required(listener, "listener")));
    }

    private DeliverEvents with(Terms changed) {
        return new DeliverEvents(transactions, now, sink, changed);
    }

    /**
     * Delivers the events that are due.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if the shop joins the host's
     *     transactions: delivery needs transactions of its own
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it; what was delivered
     *     before may be delivered again
     */
    @Override
    public Result call() {
        if (!transactions.owned()) {
            throw Validation.refusal(
                    "deliverEvents needs transactions of its own: run it on a shop that does not join those of the host",
                    Map.of("job", "deliverEvents"));
        }
        DeliveryRun run = new DeliveryRun(transactions, now, sink, terms);
        while (run.deliverNextChunk()) {
            terms.progress.accept(run.result().delivered());
        }
        return run.result();
    }
}
