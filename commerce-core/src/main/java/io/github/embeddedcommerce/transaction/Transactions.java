package io.github.embeddedcommerce.transaction;

import io.github.embeddedcommerce.store.Stores;
import java.util.function.Function;

/**
 * Runs work in transactions. If the library owns them, each call begins one, commits it if the work returns, rolls it
 * back if the work throws, and retries it after a deadlock, a serialization failure or a lock timeout. If the host owns
 * them, the work joins the host's transaction, and nothing is begun, committed, rolled back or retried. Thread-safe if
 * the library owns them.
 */
public interface Transactions {
    /**
     * Performs this request in one transaction.
     *
     * @return its answer
     * @throws io.github.embeddedcommerce.error.CommerceException if it was refused; nothing has changed
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    <R, A> A perform(UseCase<R, A> useCase, R request);

    /**
     * Runs this work in one transaction.
     *
     * @param useCase its name, such as {@code orders.place}, for listeners and error messages
     * @param work may be run more than once, each time in a new transaction; must have no other effect
     * @return what the work returned
     * @throws io.github.embeddedcommerce.error.CommerceException as the work threw it; nothing has changed
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    <T> T run(String useCase, Function<Stores, T> work);

    /**
     * The same for work that reads as much as there is, such as an audit: however long the database takes to answer, it
     * is waited for.
     */
    default <T> T scan(String useCase, Function<Stores, T> work) {
        return run(useCase, work);
    }

    /**
     * Runs several use cases in one transaction.
     *
     * @param work is handed transactions that all join the one; may be run more than once, like the work of
     *     {@link #run}
     * @return what the work returned
     * @throws RuntimeException as the work threw it, or as a use case failed that the work went on after: then nothing
     *     has changed
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    <T> T together(Function<Transactions, T> work);

    /** Whether each call of {@link #run} is a transaction of its own. */
    boolean owned();
}
