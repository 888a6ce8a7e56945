package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.store.AuditStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The invariants in SQL: each is one query for the rows that break it. */
final class JdbiAuditStore implements AuditStore {
    private final Handle handle;

    JdbiAuditStore(Handle handle) {
        this.handle = handle;
    }

    @Override
    public List<Violation> violations(Invariant invariant, int limit) {
        return handle
                .createQuery(AuditSql.of(invariant) + " fetch first :limit rows only")
                .bind("limit", limit)
                .mapToMap()
                .stream()
                .map(row -> new Violation(invariant, texts(row)))
                .toList();
    }

    private static Map<String, String> texts(Map<String, Object> row) {
        Map<String, String> texts = new LinkedHashMap<>();
        row.forEach((column, value) -> texts.put(column, String.valueOf(value)));
        return texts;
    }
}
