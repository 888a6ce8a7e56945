package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Keeps idempotency keys, each with the result of the call that was made under it. */
public interface IdempotencyStore {
    /** A call that was performed before under its key, and its result. Immutable. */
    record StoredCall(IdempotentCall call, StoredResult result) {}

    /**
     * Claims the keys of these calls, and holds them until the transaction ends; waits while another transaction holds
     * one.
     *
     * @param calls each with another key
     * @return for each call whose key was used before, the call it was used for; for such a call nothing is written
     */
    Map<IdempotentCall, StoredCall> claim(SortedSet<IdempotentCall> calls, Instant now);

    /** Stores the results of these calls, whose keys this transaction has claimed. */
    void store(List<StoredCall> calls);

    /** Deletes keys that this transaction has claimed, as if it never had. */
    void release(Collection<IdempotentCall> calls);

    /** Locks every key of a user that has been used. */
    List<IdempotencyKey> lockAll(UserId user);

    /** Deletes these keys of a user, which are locked. */
    void remove(UserId user, Collection<IdempotencyKey> keys);

    /**
     * Deletes the oldest keys that were used before this time, skipping locked ones.
     *
     * @param limit the largest number to delete
     * @return how many were deleted
     */
    int purge(Instant before, int limit);
}
