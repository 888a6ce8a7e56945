package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for rows that break an invariant. What is compared is read by one statement, and so is one consistent state;
 * nothing is locked. Bound to one transaction; not thread-safe.
 */
public interface AuditStore {
    /**
     * The next of these behind a key, in the order of the keys.
     *
     * @param after null to begin with the first
     * @param size how many at most, at least 1
     */
    AuditChunk.Range next(AuditSubject subject, @Nullable String after, int size);

    /**
     * The keys of those that have changed by themselves since this mark, in no particular order.
     *
     * @param most how many at most, at least 1; if there are more, any of them
     */
    List<String> changed(AuditSubject subject, AuditMark since, int most);

    /** The keys of those that these orders concern, in no particular order: of users, products or stock. */
    List<String> ofOrders(AuditSubject subject, List<String> orders);

    /** Users of whom a part of one of these orders is not kept and may have been folded: only all their orders tell. */
    List<String> mayBeFolded(AuditChunk.Changed orders);

    /**
     * The rows that violate this invariant, at most {@code limit}. Of a chunk that has changed, what is older than its
     * mark is trusted.
     */
    List<Violation> violations(Invariant invariant, AuditChunk chunk, int limit);

    /** The mark at this time. */
    AuditMark mark(Instant at);

    /** The same mark with its units as they are now: the same as they were, if all that has changed is explained. */
    AuditMark asOfNow(AuditMark mark);
}
