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
 * The tasks that the host schedules, on as many hosts as it likes. Each is a {@link java.util.concurrent.Callable} with
 * a result that says what it did; it can report its progress, reacts to an interrupt between two transactions, and can
 * be run again at any time. Thread-safe.
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
     * Makes the day's snapshot of popular products, unless it is there. Suggested: daily at midnight UTC.
     *
     * @see Products#findPopular()
     */
    public SnapshotPopularProducts snapshotPopularProducts() {
        return new SnapshotPopularProducts(
                context.transactions(), context::now, context.settings().popularity());
    }

    /**
     * Hands events of paid, cancelled and expired orders to this sink. Suggested: every few seconds. Every host that
     * runs it must have a sink to the same place.
     *
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if the sink is null
     */
    public DeliverEvents deliverEvents(EventSink sink) {
        return new DeliverEvents(context.transactions(), context::now, sink);
    }

    /** Removes what has been kept as long as the settings say. Suggested: daily, when the shop is quiet. */
    public PurgeHistory purgeHistory() {
        return new PurgeHistory(
                context.transactions(), context::now, context.settings().retention());
    }

    /** Checks every invariant on the live data. Suggested: daily, and after anything unusual. */
    public Audit audit() {
        return new Audit(context.transactions());
    }
}
