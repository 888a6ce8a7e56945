package io.github.embeddedcommerce.transaction;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row that a request is going to lock, known before the transaction begins. Immutable.
 *
 * @param kind the kind of row
 * @param id its id, equal for requests that lock the same row
 */
public record RowKey(LockOrder kind, Object id) {
    /** One row. */
    public static Set<RowKey> of(LockOrder kind, Object id) {
        return Set.of(new RowKey(kind, id));
    }

    /** These rows, and that of the idempotency key that its owner has chosen for the request; null if there is none. */
    public static Set<RowKey> with(@Nullable IdempotencyKey key, Object owner, Set<RowKey> rows) {
        if (key == null) {
            return rows;
        }
        Set<RowKey> all = new HashSet<>(rows);
        all.add(new RowKey(LockOrder.IDEMPOTENCY_KEY, owner + " " + key));
        return all;
    }

    /** Whether requests of the same transaction can have this row in common. */
    public boolean canBeShared() {
        return kind != LockOrder.IDEMPOTENCY_KEY;
    }
}
