package io.github.embeddedcommerce.transaction;

import io.github.embeddedcommerce.store.Stores;
import java.util.List;
import java.util.Set;

/**
 * A use case, performed for several requests in one transaction; one request is a list of one. Implementations are
 * thread-safe.
 *
 * <p>Each follows the same plan: lock what all requests need, kind by kind in the one {@link LockOrder}, with one
 * statement a kind; decide each request in its turn, in memory, on the state that the ones before it left; write what
 * was decided, in batches. It decides first and writes after, so a refusal concerns its own request only and has
 * nothing to undo.
 *
 * @param <R> the type of a request
 * @param <A> the type of its result
 */
public interface UseCase<R, A> {
    /** Its name, such as {@code orders.place}, for listeners, error messages and idempotency keys. */
    String name();

    /**
     * Performs these requests in a transaction that the caller ends: with a commit if any of them was accepted.
     *
     * @param requests in the order in which they are decided; no two of them have the same idempotency key
     * @return an answer for each, in the same order
     */
    List<Answer<A>> perform(List<R> requests, Stores stores);

    /**
     * The rows that this request is going to lock and that others may want at the same time, as far as the request
     * tells. Requests that name the same row would wait for each other in the database: they can share a transaction
     * instead. Nothing is decided by it, so it may leave rows out. A row of {@link LockOrder#IDEMPOTENCY_KEY} is the
     * request's own: no other request of the same transaction may name it.
     */
    default Set<RowKey> contended(R request) {
        return Set.of();
    }

    /**
     * Asked once, outside of any transaction, after a request was refused in a transaction of the library's own.
     *
     * @return true if the reason of the refusal may be gone, so that the request is performed once more
     */
    default boolean canRetry(Answer.Refused<A> refused) {
        return false;
    }
}
