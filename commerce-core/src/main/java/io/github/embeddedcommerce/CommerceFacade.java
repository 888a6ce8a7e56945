package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.time.Clock;
import java.util.function.Function;

/**
 * The one door to a shop.
 *
 * <p>A host opens it once, usually with {@code JdbcCommerce}, and calls its use cases from as many threads as it likes.
 * Each use case is one transaction; a refused one has written nothing. Thread-safe.
 */
public final class CommerceFacade implements AutoCloseable {
    private final UseCaseContext context;
    private final Products products;
    private final Users users;
    private final Carts carts;
    private final Coupons coupons;
    private final Orders orders;
    private final DeadLetters events;
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
        this.context = new UseCaseContext(
                Validation.required(transactions, "transactions"),
                Validation.required(settings, "settings"),
                Validation.required(clock, "clock"));
        this.jobs = new Jobs(context);
        this.products = new Products(context);
        this.users = new Users(context);
        ExpireOrders expiry = new ExpireOrders(context);
        this.carts = new Carts(context, expiry);
        this.coupons = new Coupons(context);
        this.orders = new Orders(context, expiry);
        this.events = new DeadLetters(context);
        this.onClose = Validation.required(onClose, "onClose");
    }

    /** What is for sale, and its stock. */
    public Products products() {
        return products;
    }

    /** Who buys, and their balances. */
    public Users users() {
        return users;
    }

    /** What users mean to order. */
    public Carts carts() {
        return carts;
    }

    /** Discounts, first come, first served. */
    public Coupons coupons() {
        return coupons;
    }

    /** Placing, paying and cancelling orders. */
    public Orders orders() {
        return orders;
    }

    /** DeadLetters that could not be delivered. */
    public DeadLetters events() {
        return events;
    }

    /** The tasks that the host schedules. */
    public Jobs jobs() {
        return jobs;
    }

    /**
     * Runs several use cases in one transaction: all of them take effect, or none.
     *
     * <p>A use case that is refused has written nothing; if the work catches the refusal, it may go on. Any other
     * failure ends the transaction, and so does whatever the work throws: then nothing has changed. Rows stay locked
     * until the end, so the work should be short, and call nothing that is slow. Where the database breaks the
     * transaction off, the work runs again from its start: it should have no other effect.
     *
     * <p>Two of these that lock the same rows in another order can deadlock: the database then breaks one of them off,
     * and it is tried again. What {@link Orders#place} does about overdue orders it does not do in here.
     *
     * @param work is handed this shop as seen by the transaction, to be used in the work only and by its thread only
     * @return what the work returned
     * @throws io.github.embeddedcommerce.error.CommerceException as the work threw it
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public <T> T inTransaction(Function<CommerceFacade, T> work) {
        Validation.required(work, "work");
        return context.transactions()
                .together(joined ->
                        work.apply(new CommerceFacade(joined, context.settings(), context.clock(), () -> {})));
    }

    /** Gives back what the library opened itself, such as its connection pool; never anything of the host's. */
    @Override
    public void close() {
        onClose.run();
    }
}
