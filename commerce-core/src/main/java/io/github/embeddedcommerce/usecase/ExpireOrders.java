package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.error.FailureText;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.StoredOrder;
import io.github.embeddedcommerce.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Expires pending orders whose time to pay has passed and releases their stock, in chunks with one transaction each. If
 * a chunk fails, it is halved until the order that fails is alone; that order is reported, and the others expire.
 * Thread-safe.
 */
public final class ExpireOrders {
    private static final String NAME = "jobs.expireOverdueOrders";
    private static final int CHUNK_OF_HOLDERS = 500;

    private static final Comparator<Order> LONGEST_OVERDUE_FIRST =
            Comparator.comparing(Order::expiresAt).thenComparing(Order::id);

    /** What can be wrong with some orders while others can be expired. */
    private static final Set<StorageError> OF_SOME_ROWS = EnumSet.of(
            StorageError.DEADLOCK,
            StorageError.SERIALIZATION_FAILURE,
            StorageError.LOCK_TIMEOUT,
            StorageError.UNIQUE_VIOLATION,
            StorageError.OTHER);

    private final UseCaseContext context;

    public ExpireOrders(UseCaseContext context) {
        this.context = context;
    }

    /**
     * What a run has done.
     *
     * @param expired how many orders
     * @param failed those that could not be expired, each with the reason
     * @param interrupted whether it stopped early because its thread was interrupted
     */
    public record Outcome(long expired, Map<OrderId, String> failed, boolean interrupted) {}

    /** Which overdue orders are expired, and whether locked ones are skipped or waited for. */
    private interface Selection {
        List<Order> next(Instant now, @Nullable Order after, int limit, Stores stores);

        /** Locks these orders, or some of them; they may be overdue no longer. */
        List<StoredOrder> lock(List<Order> overdue, Stores stores);
    }

    /** All of them; those that are locked are skipped, so several hosts share the work. */
    private static final class All implements Selection {
        @Override
        public List<Order> next(Instant now, @Nullable Order after, int limit, Stores stores) {
            return stores.orders().overdue(now, after, limit);
        }

        @Override
        public List<StoredOrder> lock(List<Order> overdue, Stores stores) {
            return stores.orders().lockPending(overdue);
        }
    }

    /** Those that hold these options. Waits for locked ones, because their stock is needed now. */
    private record Holding(Set<OptionId> options) implements Selection {
        @Override
        public List<Order> next(Instant now, @Nullable Order after, int limit, Stores stores) {
            return stores.orders().overdueHolding(options, now, after, limit);
        }

        @Override
        public List<StoredOrder> lock(List<Order> overdue, Stores stores) {
            return List.copyOf(stores.orders().lock(ids(overdue)).values());
        }
    }

    /** Expires all overdue orders, calling the listener after each chunk with the number expired so far. */
    public Outcome expireAll(int chunk, LongConsumer progress) {
        return new Run(new All(), chunk, progress).toEnd();
    }

    /**
     * Makes stock available that overdue orders hold: expires those that hold one of these options.
     *
     * @param shortage the units that are asked for
     * @return whether they may be available now: overdue orders held some, or they were released in the meantime
     */
    boolean makeAvailable(Map<OptionId, Long> shortage) {
        Instant now = context.now();
        Look look = context.transactions().run("orders.findOverdue", stores -> look(shortage, now, stores));
        if (look == Look.HELD) {
            new Run(new Holding(shortage.keySet()), CHUNK_OF_HOLDERS, expired -> {}).toEnd();
        }
        return look != Look.SHORT;
    }

    private enum Look {
        HELD,
        AVAILABLE,
        SHORT
    }

    /** In this order, so that stock released before the first query is seen by the second. */
    private static Look look(Map<OptionId, Long> wanted, Instant now, Stores stores) {
        Set<OptionId> options = wanted.keySet();
        if (!stores.orders().overdueHolding(options, now, null, 1).isEmpty()) {
            return Look.HELD;
        }
        Map<OptionId, StockLevel> levels = stores.stock().find(options);
        boolean suffices = levels.values().stream()
                .allMatch(level -> level.available() >= wanted.getOrDefault(level.option(), 0L));
        return suffices ? Look.AVAILABLE : Look.SHORT;
    }

    /**
     * Expires those of these orders that are still overdue, the longest overdue first: in this order the balances of
     * their owners change and the events are told. Returns how many.
     */
    private static int expire(List<StoredOrder> rows, Instant now, Stores stores) {
        LockedOrders orders = new LockedOrders(rows);
        List<Order> expired =
                orders.where(order -> order.status() == OrderStatus.PENDING && order.isOverdue(now)).stream()
                        .sorted(LONGEST_OVERDUE_FIRST)
                        .toList();
        OrderRefunds refunds = OrderRefunds.lock(
                orders, expired.stream().filter(Order::hasPayments).toList(), stores);
        UserCoupons coupons = UserCoupons.read(Set.of(), stores);
        StockMovements stock = new StockMovements();
        expired.forEach(order -> {
            refunds.giveBack(order, now);
            coupons.release(order.discount().coupon());
            orders.step(OrderTransitions.expired(order, now));
            stock.add(order.quantities(), StockMovement::release);
        });
        refunds.write(stores);
        orders.write(stores);
        coupons.write(stores);
        stock.write(stores);
        return expired.size();
    }

    private static List<OrderId> ids(List<Order> orders) {
        return orders.stream().map(Order::id).toList();
    }

    /** One run, from the longest overdue order to the last. */
    private final class Run {
        private final Selection selection;
        private final int chunk;
        private final LongConsumer progress;
        private final Instant now = context.now();
        private final Map<OrderId, String> failed = new TreeMap<>();
        private long expired;
        private @Nullable Order last;

        Run(Selection selection, int chunk, LongConsumer progress) {
            this.selection = selection;
            this.chunk = chunk;
            this.progress = progress;
        }

        Outcome toEnd() {
            boolean interrupted = Thread.currentThread().isInterrupted();
            while (!interrupted && expireNextChunk()) {
                progress.accept(expired);
                interrupted = Thread.currentThread().isInterrupted();
            }
            return new Outcome(expired, failed, interrupted);
        }

        /** Whether there was anything to do. */
        private boolean expireNextChunk() {
            List<Order> overdue = new ArrayList<>();
            try {
                expired += context.transactions().run(NAME, stores -> {
                    overdue.clear();
                    overdue.addAll(selection.next(now, last, chunk, stores));
                    return expire(selection.lock(overdue, stores), now, stores);
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
            if (overdue.isEmpty() || !isCausedByOneOrder(failure)) {
                throw failure;
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (overdue.size() == 1) {
                failed.put(overdue.get(0).id(), FailureText.of(failure));
                return;
            }
            int middle = overdue.size() / 2;
            for (List<Order> half : List.of(overdue.subList(0, middle), overdue.subList(middle, overdue.size()))) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                expireHalf(half);
            }
        }

        private void expireHalf(List<Order> half) {
            try {
                expired += context.transactions().run(NAME, stores -> {
                    return expire(stores.orders().lockPending(half), now, stores);
                });
            } catch (RuntimeException failure) {
                expireInHalves(half, failure);
            }
        }

        /**
         * Whether one order can be the cause: not if the failure concerns the whole database, nor in a transaction of
         * the host's, which still contains what was written and which only the host can roll back.
         */
        private boolean isCausedByOneOrder(RuntimeException failure) {
            boolean everyOrders =
                    failure instanceof StorageException storage && !OF_SOME_ROWS.contains(storage.error());
            return context.transactions().owned() && !everyOrders;
        }
    }
}
