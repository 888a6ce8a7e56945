package io.github.embeddedcommerce;

import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.job.ExpireOverdueOrders;
import io.github.embeddedcommerce.job.PurgeHistory;
import io.github.embeddedcommerce.job.SnapshotPopularProducts;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import io.github.embeddedcommerce.usecase.UseCaseContext;

/**
 * The tasks that the host schedules, on any number of hosts at once. Each is a {@link java.util.concurrent.Callable}
 * that returns what it did. It works in transactions of bounded size, can report progress, stops between two
 * transactions if its thread is interrupted, and can be run again at any time. Thread-safe.
 *
 * <p>A job throws {@link io.github.embeddedcommerce.error.StorageException} if the database could not do it; its
 * earlier transactions stay committed.
 */
public final class Jobs {
    private final UseCaseContext context;

    Jobs(UseCaseContext context) {
        this.context = context;
    }

    /** Expires every pending order whose time to pay has passed. Suggested: every 30 seconds. */
    public ExpireOverdueOrders expireOverdueOrders() {
        return new ExpireOverdueOrders(new ExpireOrders(context));
    }

    /**
     * Creates the snapshot of popular products of the current UTC day, unless it exists. Suggested: daily at midnight
     * UTC.
     *
     * @see Products#findPopular()
     */
    public SnapshotPopularProducts snapshotPopularProducts() {
        return new SnapshotPopularProducts(
                context.transactions(), context::now, context.settings().popularity());
    }

    /**
     * Delivers the events of paid, cancelled and expired orders to this sink. Suggested: every few seconds. The sinks
     * of all hosts that run it must lead to the same place.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if the sink is null
     */
    public DeliverEvents deliverEvents(EventSink sink) {
        return new DeliverEvents(context.transactions(), context::now, sink);
    }

    /** Deletes history that is older than the settings keep it. Suggested: daily, when the shop is quiet. */
    public PurgeHistory purgeHistory() {
        return new PurgeHistory(
                context.transactions(), context::now, context.settings().retention());
    }

    /**
     * Checks every invariant on the live data. Suggested: the whole audit weekly and after an incident, one of what has
     * changed ({@link Audit#after}) every hour.
     */
    public Audit audit() {
        return new Audit(context.transactions(), context::now);
    }
}
