package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.transaction.Transactions;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import java.time.Clock;
import java.util.function.Function;

/**
 * Entry point to all use cases of a shop.
 *
 * <p>A host opens it once, usually with {@code JdbcCommerce}, and closes it when it shuts down. Each use case is one
 * transaction, and a refused one has written nothing. Thread-safe.
 */
public final class CommerceFacade implements UseCases, AutoCloseable {
    private final UseCaseContext context;
    private final Doors doors;
    private final Jobs jobs;
    private final Figures figures;
    private final Exports exports;
    private final Runnable onClose;

    /**
     * For storage implementations; applications use {@code JdbcCommerce}.
     *
     * @param transactions runs use cases in transactions of the storage
     * @param settings how the shop is run
     * @param clock the source of all times
     * @param onClose what to do on {@link #close}
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if an argument is null
     */
    public CommerceFacade(Transactions transactions, CommerceSettings settings, Clock clock, Runnable onClose) {
        this.context = new UseCaseContext(
                Validation.required(transactions, "transactions"),
                Validation.required(settings, "settings"),
                Validation.required(clock, "clock"));
        this.doors = Doors.of(context);
        this.jobs = new Jobs(context);
        this.figures = new Figures(context);
        this.exports = new Exports(context);
        this.onClose = Validation.required(onClose, "onClose");
    }

    @Override
    public Products products() {
        return doors.products();
    }

    @Override
    public Users users() {
        return doors.users();
    }

    @Override
    public Carts carts() {
        return doors.carts();
    }

    @Override
    public Coupons coupons() {
        return doors.coupons();
    }

    @Override
    public Orders orders() {
        return doors.orders();
    }

    @Override
    public Payments payments() {
        return doors.payments();
    }

    @Override
    public DeadLetters deadLetters() {
        return doors.deadLetters();
    }

    @Override
    public BackOffice backOffice() {
        return doors.backOffice();
    }

    /** Figures of what was sold, by day and by product. They are read in transactions of their own. */
    public Figures figures() {
        return figures;
    }

    /** All there is of a kind, row by row. A page is read in a transaction of its own, so none is part of another. */
    public Exports exports() {
        return exports;
    }

    /** The tasks that the host schedules. They run transactions of their own, so none is part of another. */
    public Jobs jobs() {
        return jobs;
    }

    /**
     * Runs several use cases in one transaction: all of them take effect, or none.
     *
     * <p>A use case that is refused has written nothing, so the work may catch the refusal and go on. Any other failure
     * ends the transaction, and so does whatever the work throws: then nothing has changed. Rows stay locked until the
     * end, so the work should be short and call nothing slow. After a deadlock, a serialization failure or a lock
     * timeout the work runs again from its start, as often as the settings allow: it should have no other effect.
     *
     * <p>Two of these that lock the same rows in different orders can deadlock; the database then rolls one back, and
     * it is retried. Overdue orders are not expired early in here, as {@link Orders#place} and {@link Carts#add} do in
     * a transaction of their own. Calls of this facade in the work are not part of the transaction.
     *
     * @param work is handed the use cases in this transaction, for use in the work and on its thread only
     * @return what the work returned
     * @throws io.github.embeddedcommerce.error.CommerceException as the work threw it; VALIDATION_ERROR if the work is
     *     null
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public <T> T inTransaction(Function<UseCases, T> work) {
        Validation.required(work, "work");
        return context.transactions()
                .together(joined ->
                        work.apply(Doors.of(new UseCaseContext(joined, context.settings(), context.clock()))));
    }

    /** Closes what the library opened itself, such as its connection pool; never a data source of the host's. */
    @Override
    public void close() {
        onClose.run();
    }
}
