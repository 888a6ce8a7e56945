package io.github.embeddedcommerce.jdbc.suite;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.store.AuditSql;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * The rows of a shop, read behind its back on a connection and with statements that stay open, because a long test
 * looks at them many thousand times. For H2 only. Not thread-safe.
 */
public final class OpenBooks implements AutoCloseable {
    private final Connection connection;
    private final String qualifier;
    private final List<String> emptyAtFirst;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** Of a shop that was just opened: {@link #clear} takes it back to what it is now. */
    public OpenBooks(DataSource dataSource) throws SQLException {
        this.connection = dataSource.getConnection();
        TableNames tables = Dialect.of(dataSource).usualTables();
        this.qualifier = tables.qualifier();
        this.emptyAtFirst = emptyTables(String.valueOf(tables.schema()).toUpperCase(Locale.ROOT));
    }

    /** The rows this query finds, columns separated by bars. {@code <commerce>} stands before a table's name. */
    public List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = prepared(query).executeQuery()) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(column == 1 ? "" : "|").append(text(found.getObject(column)));
                }
                rows.add(row.toString());
            }
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
        return rows;
    }

    /** The rows that break an invariant of the audit, found with the audit's own statements. */
    public List<String> violations() {
        forgetPlans(connection);
        List<String> violations = new ArrayList<>();
        for (Invariant invariant : Invariant.values()) {
            rows(AuditSql.ofAll(invariant)).forEach(row -> violations.add(invariant + ": " + row));
        }
        return violations;
    }

    /**
     * Deletes all rows that came in since it was opened. Orders and coupons refer to each other; to switch foreign keys
     * off for it would make H2 plan every statement anew.
     */
    public void clear() {
        try {
            prepared("update <commerce>user_coupons set order_id = null, used_at = null")
                    .executeUpdate();
            for (String table : emptyAtFirst) {
                prepared("delete from <commerce>" + table).executeUpdate();
            }
        } catch (SQLException failure) {
            throw new AssertionError("cannot clear the shop", failure);
        }
    }

    /**
     * H2 plans a statement with a derived table anew each time it runs, and keeps all the plans of a remembered
     * statement until it meets one that it does not remember.
     */
    public static void forgetPlans(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select " + System.nanoTime());
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql.replace("<commerce>", qualifier)
                    .replace("<at one moment>", "1 = 1")); // nobody writes meanwhile
            statements.put(sql, statement);
        }
        return statement;
    }

    private static String text(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant().toString() : String.valueOf(value);
    }

    /** Those that refer to others come first, so that rows can be deleted in this order. */
    private List<String> emptyTables(String schema) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        Map<String, Set<String>> referring = new TreeMap<>();
        try (ResultSet found = database.getTables(null, schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                referring.put(found.getString("TABLE_NAME"), new TreeSet<>());
            }
        }
        referring.keySet().removeIf(table -> !isEmpty(table));
        for (Map.Entry<String, Set<String>> table : referring.entrySet()) {
            try (ResultSet keys = database.getExportedKeys(null, schema, table.getKey())) {
                while (keys.next()) {
                    table.getValue().add(keys.getString("FKTABLE_NAME"));
                }
            }
        }
        referring.getOrDefault("ORDERS", Set.of()).remove("USER_COUPONS");
        List<String> sorted = new ArrayList<>();
        while (sorted.size() < referring.size()) {
            sorted.addAll(referring.keySet().stream()
                    .filter(table ->
                            !sorted.contains(table) && sorted.containsAll(referring.getOrDefault(table, Set.of())))
                    .toList());
        }
        return sorted;
    }

    private boolean isEmpty(String table) {
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select 1 from " + qualifier + table + " fetch first 1 rows only")) {
            return !found.next();
        } catch (SQLException failure) {
            throw new AssertionError(table, failure);
        }
    }
}
