package io.github.embeddedcommerce.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.transaction.LockOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one transaction locked and wrote. Fails a test that locks out of order, or writes what it has not locked. */
public final class Journal {
    private final String useCase;
    private final Map<LockOrder, Set<Object>> locked = new EnumMap<>(LockOrder.class);
    private final List<String> writes = new ArrayList<>();
    private boolean committed;

    Journal(String useCase) {
        this.useCase = useCase;
        for (LockOrder resource : LockOrder.values()) {
            locked.put(resource, new HashSet<>());
        }
    }

    void locks(LockOrder resource, Collection<?> ids) {
        for (LockOrder below : LockOrder.values()) {
            if (below.compareTo(resource) > 0 && !ids.isEmpty()) {
                assertThat(held(below))
                        .as(useCase + " locks " + resource + " while it holds " + below)
                        .isEmpty();
            }
        }
        held(resource).addAll(ids);
    }

    /** The order of locks starts over with each use case. */
    void nextUseCase() {
        locked.values().forEach(Set::clear);
    }

    /** A row that this transaction adds is its own: no other can wait for it. */
    void adds(LockOrder resource, Object id, String write) {
        held(resource).add(id);
        writes.add(write);
    }

    void writesLocked(LockOrder resource, Object id, String write) {
        assertThat(held(resource))
                .as(useCase + " writes " + write + " without a lock")
                .contains(id);
        writes.add(write);
    }

    /** Undoes what this transaction wrote: as if it never had. */
    void takesBack(String write) {
        assertThat(writes.remove(write)).as(write).isTrue();
    }

    void appends(String write) {
        writes.add(write);
    }

    void commits() {
        committed = true;
    }

    private Set<Object> held(LockOrder resource) {
        return locked.getOrDefault(resource, Set.of());
    }

    /** The name under which the transaction was run. */
    public String useCase() {
        return useCase;
    }

    /** What was written, in the order in which it was. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /** Whether the work returned, and not threw. */
    public boolean committed() {
        return committed;
    }

    @Override
    public String toString() {
        return useCase + (committed ? " committed " : " rolled back ") + writes;
    }
}
