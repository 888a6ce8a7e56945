package io.github.embeddedcommerce;

import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.job.ExpireOverdueOrders;
import io.github.embeddedcommerce.job.SnapshotPopularProducts;

/**
 * The tasks that the host schedules, on as many hosts as it likes. Each is a {@link java.util.concurrent.Callable} with
 * a result that says what it did; it reacts to an interrupt between two transactions, and can be run again at any time.
 * Thread-safe.
 */
public final class Jobs {
    private final Context context;

    Jobs(Context context) {
        this.context = context;
    }

    /** Expires every pending order whose time to pay has passed. Suggested: every 30 seconds. */
    public ExpireOverdueOrders expireOverdueOrders() {
        return new ExpireOverdueOrders(context.transactions(), context::now);
    }

    /**
     * Makes the day's snapshot of popular products, unless it is there. Suggested: daily at midnight UTC.
     *
     * @see Products#popular()
     */
    public SnapshotPopularProducts snapshotPopularProducts() {
        return new SnapshotPopularProducts(
                context.transactions(), context::now, context.settings().popularity());
    }

    /** Checks every invariant on the live data. Suggested: daily, and after anything unusual. */
    public Audit audit() {
        return new Audit(context.transactions());
    }
}
