package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * Expires pending orders whose time to pay has passed, the longest overdue first, and releases their stock, in chunks
 * with one transaction each.
 *
 * <p>Several hosts can run it at once: each skips locked orders, so they share the work and no order is expired twice.
 * If a chunk fails, it is halved until the order that fails is alone; that order is reported, and the others expire. If
 * the thread is interrupted, the run stops after the current chunk. Immutable and thread-safe.
 */
public final class ExpireOverdueOrders implements Callable<ExpireOverdueOrders.Result> {
    /** The default number of orders in a chunk. */
    public static final int DEFAULT_CHUNK = 500;

    private final ExpireOrders expiry;
    private final int chunk;
    private final LongConsumer progress;

    /** Applications call {@code jobs().expireOverdueOrders()}. */
    @SuppressWarnings("exports") // not for hosts
    public ExpireOverdueOrders(ExpireOrders expiry) {
        this(expiry, DEFAULT_CHUNK, expired -> {});
    }

    private ExpireOverdueOrders(ExpireOrders expiry, int chunk, LongConsumer progress) {
        this.expiry = expiry;
        this.chunk = chunk;
        this.progress = progress;
    }

    /**
     * The result of one run. Immutable.
     *
     * @param expired how many orders it expired
     * @param failed the orders that could not be expired, each with the reason, by their ids; they are unchanged
     * @param interrupted whether it stopped early because its thread was interrupted
     */
    public record Result(long expired, Map<OrderId, String> failed, boolean interrupted) {
        /** Copies the map. */
        public Result {
            failed = Collections.unmodifiableMap(new TreeMap<>(failed));
        }
    }

    /**
     * The same with another number of orders in a chunk.
     *
     * @param orders 1 to 10,000; default {@value #DEFAULT_CHUNK}
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if out of range
     */
    public ExpireOverdueOrders inChunksOf(int orders) {
        Validation.range(orders, "orders", 1, 10_000);
        return new ExpireOverdueOrders(expiry, orders, progress);
    }

    /** The same, calling this listener after every chunk with the number of orders that have expired so far. */
    public ExpireOverdueOrders reporting(LongConsumer listener) {
        return new ExpireOverdueOrders(expiry, chunk, Validation.required(listener, "listener"));
    }

    /**
     * Expires the orders that are overdue.
     *
     * @throws io.github.embeddedcommerce.error.StorageException if the database is not available
     */
    @Override
    public Result call() {
        ExpireOrders.Outcome outcome = expiry.expireAll(chunk, progress);
        return new Result(outcome.expired(), outcome.failed(), outcome.interrupted());
    }
}
