package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.transaction.Transactions;
import java.time.Clock;

/**
 * The one door to a shop.
 *
 * <p>A host opens it once, usually with {@code JdbcCommerce}, and calls its use cases from as many threads as it likes.
 * Each use case is one transaction; a refused one has written nothing. Thread-safe.
 */
public final class CommerceFacade implements AutoCloseable {
    private final Products products;
    private final Users users;
    private final Orders orders;
    private final Jobs jobs;
    private final Runnable onClose;

    /**
     * For those who bring the data; hosts open a shop with {@code JdbcCommerce}.
     *
     * @param transactions where the data is
     * @param settings how the shop is run
     * @param clock what time it is
     * @param onClose what to do on {@link #close}
     */
    public CommerceFacade(Transactions transactions, CommerceSettings settings, Clock clock, Runnable onClose) {
        Context context = new Context(
                Validation.required(transactions, "transactions"),
                Validation.required(settings, "settings"),
                Validation.required(clock, "clock"));
        this.jobs = new Jobs(context);
        this.products = new Products(context);
        this.users = new Users(context);
        this.orders = new Orders(context, jobs.expireOverdueOrders());
        this.onClose = onClose;
    }

    /** What is for sale, and its stock. */
    public Products products() {
        return products;
    }

    /** Who buys, and their balances. */
    public Users users() {
        return users;
    }

    /** Placing, paying and cancelling orders. */
    public Orders orders() {
        return orders;
    }

    /** The tasks that the host schedules. */
    public Jobs jobs() {
        return jobs;
    }

    /** Gives back what the library opened itself, such as its connection pool; never anything of the host's. */
    @Override
    public void close() {
        onClose.run();
    }
}
