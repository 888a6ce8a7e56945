package io.github.embeddedcommerce.job;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    private final Transactions transactions;
    private final Supplier<Instant> now;
    private final Terms terms;

    /** Hosts get it from {@code jobs().expireOverdueOrders()}. */
    public ExpireOverdueOrders(Transactions transactions, Supplier<Instant> now) {
        this(transactions, now, new Terms(DEFAULT_CHUNK, expired -> {}, null));
    }

    private ExpireOverdueOrders(Transactions transactions, Supplier<Instant> now, Terms terms) {
        this.transactions = transactions;
        this.now = now;
        this.terms = terms;
    }

    private record Terms(
            int chunk, LongConsumer progress, @Nullable Set<OptionId> wanted) {}

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
        Validation.range(orders, "chunk", 1, 10_000);
        return new ExpireOverdueOrders(transactions, now, new Terms(orders, terms.progress, terms.wanted));
    }

    /** The same, telling this listener after every chunk how many orders have expired so far. */
    public ExpireOverdueOrders reporting(LongConsumer listener) {
        LongConsumer present = Validation.required(listener, "listener");
        return new ExpireOverdueOrders(transactions, now, new Terms(terms.chunk, present, terms.wanted));
    }

    /**
     * The same, only for orders that hold one of these options, because their stock is wanted now. So it waits for
     * whoever is at one of them, and passes over the ones that do not come free.
     *
     * @param options 1 to {@value PlaceOrder#MAX_LINES}
     */
    public ExpireOverdueOrders holding(Set<OptionId> options) {
        List<OptionId> present = new ArrayList<>(Validation.required(options, "options"));
        Set<OptionId> wanted = Set.copyOf(Validation.entries(present, "options", 1, PlaceOrder.MAX_LINES));
        return new ExpireOverdueOrders(transactions, now, new Terms(terms.chunk, terms.progress, wanted));
    }

    @Override
    public Result call() {
        Run run = new Run(now.get());
        boolean interrupted = Thread.currentThread().isInterrupted();
        while (!interrupted && run.expireNextChunk()) {
            terms.progress.accept(run.expired);
            interrupted = Thread.currentThread().isInterrupted();
        }
        return new Result(run.expired, run.failed, interrupted);
    }

    private List<Order> overdue(Instant at, @Nullable Order after, Stores stores) {
        Set<OptionId> wanted = terms.wanted;
        return wanted == null
                ? stores.orders().overdue(at, after, terms.chunk)
                : stores.orders().overdueHolding(wanted, at, after, terms.chunk);
    }

    /** Locks those that are still pending: all of them where their stock is wanted, else those nobody else is at. */
    private Set<OrderId> lock(List<Order> overdue, Stores stores) {
        return terms.wanted == null ? lockFree(overdue, stores) : lockAll(overdue, stores);
    }

    private static Set<OrderId> lockFree(List<Order> overdue, Stores stores) {
        return stores.orders().lockPending(ids(overdue));
    }

    private static Set<OrderId> lockAll(List<Order> overdue, Stores stores) {
        return stores.orders().lock(ids(overdue)).values().stream()
                .filter(order -> order.status() == OrderStatus.PENDING)
                .map(Order::id)
                .collect(Collectors.toSet());
    }

    /** Expires those that are locked. Returns how many. */
    private static int expire(List<Order> overdue, Set<OrderId> locked, Instant at, Stores stores) {
        List<Order> expired = overdue.stream()
                .filter(order -> locked.contains(order.id()))
                .map(order -> order.expired(at))
                .toList();
        SortedMap<OptionId, Long> held = new TreeMap<>();
        expired.forEach(order -> order.quantities().forEach((option, n) -> held.merge(option, n, Long::sum)));

        stores.orders().write(expired);
        stores.events()
                .append(expired.stream().map(order -> OrderEvent.of(order, at)).toList());
        stores.stock().move(StockMovement.each(held, StockMovement::release));
        return expired.size();
    }

    private static List<OrderId> ids(List<Order> orders) {
        return orders.stream().map(Order::id).toList();
    }

    /** One run of the job, from the longest overdue order to the last. */
    private final class Run {
        private final Instant at;
        private final Map<OrderId, String> failed = new TreeMap<>();
        private long expired;
        private @Nullable Order last;

        Run(Instant at) {
            this.at = at;
        }

        /** Whether there was anything to do. */
        boolean expireNextChunk() {
            List<Order> overdue = new ArrayList<>();
            try {
                expired += transactions.run("jobs.expireOverdueOrders", stores -> {
                    overdue.clear();
                    overdue.addAll(overdue(at, last, stores));
                    return expire(overdue, lock(overdue, stores), at, stores);
                });
            } catch (RuntimeException failure) {
                expireInHalves(overdue, failure);
            }
            if (!overdue.isEmpty()) {
                last = overdue.get(overdue.size() - 1);
            }
            return !overdue.isEmpty();
        }

        private void expireInHalves(List<Order> overdue, RuntimeException failure) {
            if (overdue.isEmpty() || !canBeAnOrders(failure)) {
                throw failure;
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (overdue.size() == 1) {
                failed.put(overdue.get(0).id(), failure.toString());
                return;
            }
            int middle = overdue.size() / 2;
            for (List<Order> half : List.of(overdue.subList(0, middle), overdue.subList(middle, overdue.size()))) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                try {
                    expired += transactions.run(
                            "jobs.expireOverdueOrders", stores -> expire(half, lockFree(half, stores), at, stores));
                } catch (RuntimeException halfFailed) {
                    expireInHalves(half, halfFailed);
                }
            }
        }

        /**
         * Not where the database is gone. And what was written in a transaction of the host's is still there: only the
         * host can take it back.
         */
        private boolean canBeAnOrders(RuntimeException failure) {
            boolean gone = failure instanceof StorageException error && error.error() == StorageError.CONNECTION_LOST;
            return transactions.owned() && !gone;
        }
    }
}
