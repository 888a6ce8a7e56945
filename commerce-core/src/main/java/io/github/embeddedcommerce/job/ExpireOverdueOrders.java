package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * Expires pending orders whose time to pay has passed, and releases their stock, a chunk of orders a transaction.
 *
 * <p>Several hosts can run it at once: each passes over what another has locked, so they share the work and nothing is
 * done twice. If a chunk fails it is halved until the order that cannot be expired stands alone; that one is reported
 * and the others expire. Immutable and thread-safe.
 */
public final class ExpireOverdueOrders implements Callable<ExpireOverdueOrders.Result> {
    /** How many orders are expired in one transaction unless the host says otherwise. */
    public static final int DEFAULT_CHUNK = 500;

    private final ExpireOrders expiry;
    private final int chunk;
    private final LongConsumer progress;

    /** Hosts get it from {@code jobs().expireOverdueOrders()}. */
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
     * What one run did. Immutable.
     *
     * @param expired how many orders it expired
     * @param failed the orders it could not expire, each with the reason; they are still as they were
     * @param interrupted whether it stopped early because its thread was interrupted
     */
    public record Result(long expired, Map<OrderId, String> failed, boolean interrupted) {
        /** Copies the map. */
        public Result {
            failed = Map.copyOf(failed);
        }
    }

    /**
     * The same with another number of orders in a transaction.
     *
     * @param orders 1 to 10,000; default {@value #DEFAULT_CHUNK}
     */
    public ExpireOverdueOrders inChunksOf(int orders) {
        Validation.range(orders, "orders", 1, 10_000);
        return new ExpireOverdueOrders(expiry, orders, progress);
    }

    /** The same, telling this listener after every chunk how many orders have expired so far. */
    public ExpireOverdueOrders reporting(LongConsumer listener) {
        return new ExpireOverdueOrders(expiry, chunk, Validation.required(listener, "listener"));
    }

    @Override
    public Result call() {
        ExpireOrders.Outcome outcome = expiry.expireAll(chunk, progress);
        return new Result(outcome.expired(), outcome.failed(), outcome.interrupted());
    }
}
