package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the keys of requests, and what each came to. */
public interface IdempotencyStore {
    /** A request that was answered, and its answer. Immutable. */
    record Answered(IdempotentCall request, StoredResult outcome) {}

    /**
     * Takes a key for a request, and holds it until the transaction ends; waits while another transaction does.
     *
     * @return empty if the key is taken; otherwise what it was taken for before, and nothing is written
     */
    Optional<Answered> claim(IdempotentCall request, Instant now);

    /** Keeps what a request came to, whose key this transaction has taken. */
    void keep(IdempotentCall request, StoredResult outcome);

    /** Gives back a key that this transaction has taken, as if it never had. */
    void release(IdempotentCall request);

    /** Locks every key of a user that has been used. */
    List<IdempotencyKey> lockAll(UserId user);

    /** Forgets these keys of a user, which are locked. */
    void remove(UserId user, Collection<IdempotencyKey> keys);

    /**
     * Forgets the oldest keys that were used before this time, passing over those that are locked.
     *
     * @param limit at most so many
     * @return how many it forgot
     */
    int purge(Instant before, int limit);
}
