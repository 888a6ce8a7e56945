package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import java.util.List;

/** Looks for rows that break an invariant. Bound to one transaction; not thread-safe. */
public interface AuditStore {
    /** The rows that violate this invariant, at most {@code limit}. Reads one consistent state and locks nothing. */
    List<Violation> violations(Invariant invariant, int limit);
}
