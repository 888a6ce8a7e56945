package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.transaction.Resource;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps watch over the row locks of one transaction: that they are taken in the one order of {@link Resource}, and what
 * was being waited for if one does not come free. Not thread-safe.
 */
final class RowLocks {
    private Resource reached = Resource.ORDER;
    private @Nullable String waitingFor;

    /** Runs a statement that locks these rows. */
    <T> T take(Resource resource, Collection<?> ids, Supplier<T> statement) {
        if (resource.compareTo(reached) < 0) {
            throw new IllegalStateException("locks " + resource + " after " + reached + ", against the one order");
        }
        reached = resource;
        waitingFor = resource + " " + ids;
        T locked = statement.get();
        waitingFor = null;
        return locked;
    }

    /** What the statement that failed was waiting for, to be added to a message; empty if it was not one that locks. */
    String inWords() {
        return waitingFor == null ? "" : ", waiting for " + waitingFor;
    }
}
