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
 * Hands the events of orders to the host's sink: at least once each, those of one order in their order.
 *
 * <p>A chunk of events is leased in a short transaction, delivered outside of any, and its outcome written in another.
 * So a sink that throws, is slow or hangs disturbs no order and no other host: an event that failed waits longer and
 * longer for its next try while others go on, and what a host that crashed or hangs has leased is free again when the
 * lease runs out. While it lasts, no other host is handed the event; the hosts' clocks must agree to much less than it.
 *
 * <p>One run gives each event that was due when it began one try. Reacts to an interrupt between two events: what was
 * not yet handed over is given back at once. Needs transactions of the library's own. Immutable and thread-safe.
 */
public final class DeliverEvents implements Callable<DeliverEvents.Result> {
    /** How many events are leased at a time unless the host says otherwise. */
    public static final int DEFAULT_CHUNK = 100;

    /** How long a chunk is leased unless the host says otherwise. */
    public static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LEASE = Duration.ofDays(1);

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final EventSink sink;
    private final Terms terms;

    /** Hosts get it from {@code jobs().deliverEvents(sink)}. */
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
     * What one run did. Immutable.
     *
     * @param delivered how many events the sink took
     * @param failed how many it did not take, and that will be tried again
     * @param setAside how many had their last try and were set aside
     * @param interrupted whether it stopped early because its thread was interrupted
     */
    public record Result(long delivered, long failed, long setAside, boolean interrupted) {}

    /**
     * The same with another number of events leased at a time.
     *
     * @param events 1 to 10,000; default {@value #DEFAULT_CHUNK}. After a crash, so many may be delivered again
     */
    public DeliverEvents inChunksOf(int events) {
        Validation.range(events, "events", 1, 10_000);
        return with(new Terms(events, terms.lease, terms.retries, terms.progress));
    }

    /**
     * The same with another time for which a chunk is leased.
     *
     * @param lease 1 second to 1 day; default 5 minutes. Events that a chunk has no time left for are given back
     */
    public DeliverEvents leasingFor(Duration lease) {
        Duration present = Validation.range(lease, "lease", SHORTEST_LEASE, LONGEST_LEASE);
        return with(new Terms(terms.chunk, present, terms.retries, terms.progress));
    }

    /** The same with other tries and pauses; default {@link DeliveryRetry#defaults()}. */
    public DeliverEvents retrying(DeliveryRetry policy) {
        return with(new Terms(terms.chunk, terms.lease, Validation.required(policy, "policy"), terms.progress));
    }

    /** The same, telling this listener after every chunk how many events have been delivered so far. */
    public DeliverEvents reporting(LongConsumer listener) {
        return with(new Terms(terms.chunk, terms.lease, terms.retries, Validation.required(listener, "listener")));
    }

    private DeliverEvents with(Terms changed) {
        return new DeliverEvents(transactions, now, sink, changed);
    }

    /**
     * Delivers what is due.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if the shop works in transactions of
     *     the host's
     */
    @Override
    public Result call() {
        if (!transactions.owned()) {
            throw Validation.refusal(
                    "events are delivered outside of any transaction: run this job on a shop that begins its own",
                    Map.of("job", "deliverEvents"));
        }
        DeliveryRun run = new DeliveryRun(transactions, now, sink, terms);
        while (run.deliverNextChunk()) {
            terms.progress.accept(run.result().delivered());
        }
        return run.result();
    }
}
