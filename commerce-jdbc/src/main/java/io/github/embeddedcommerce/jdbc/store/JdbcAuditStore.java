package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.store.AuditStore;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The invariants in SQL: each is one query for the rows that break it. */
final class JdbcAuditStore implements AuditStore {
    private final SqlSession session;

    JdbcAuditStore(SqlSession session) {
        this.session = session;
    }

    @Override
    public List<Violation> violations(Invariant invariant, int limit) {
        return session.query(
                row -> new Violation(invariant, texts(row)),
                AuditSql.of(invariant) + " fetch first ? rows only",
                limit);
    }

    private static Map<String, String> texts(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String name = columns.getColumnLabel(column).toLowerCase(Locale.ROOT);
            texts.put(name, String.valueOf(row.getObject(column)));
        }
        return texts;
    }
}
