package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import java.util.List;

/** Looks for rows that break an invariant, in the transaction it was handed out in. */
public interface AuditStore {
    /** The rows that break this invariant, at most so many. Reads one moment of the data and locks nothing. */
    List<Violation> violations(Invariant invariant, int limit);
}
