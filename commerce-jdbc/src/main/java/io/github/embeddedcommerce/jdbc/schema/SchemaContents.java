package io.github.embeddedcommerce.jdbc.schema;

import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is there in the place of a shop. Reads only; as thread-safe as the connection. */
public record SchemaContents(Connection connection, TableNames tables) {
    /** The columns of each table there that is named in one case, as ours are, in lower case. */
    public Map<String, Set<String>> columns() throws SQLException {
        Map<String, Set<String>> columns = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select TABLE_NAME, COLUMN_NAME from INFORMATION_SCHEMA.COLUMNS where TABLE_SCHEMA = ?")) {
            query.setString(1, schema());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String table = row.getString(1).toLowerCase(Locale.ROOT);
                    if (asStored(table).equals(row.getString(1))) {
                        columns.computeIfAbsent(table, missing -> new TreeSet<>())
                                .add(row.getString(2).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return columns;
    }

    /** Whether the schema of the tables is there; on MariaDB and MySQL, the database. */
    boolean hasSchema() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select 1 from INFORMATION_SCHEMA.SCHEMATA where SCHEMA_NAME = ?")) {
            query.setString(1, schema());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The version of the tables; empty if there is no shop, or its creation was broken off. */
    public OptionalInt version() throws SQLException {
        if (!columns().containsKey(tables.prefix() + "shop")) {
            return OptionalInt.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version from " + tables.qualifier() + "shop")) {
            return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
    }

    /** Flyway quotes names, our scripts do not: so Flyway must be told what an unquoted name becomes. */
    public String asStored(String name) throws SQLException {
        return connection.getMetaData().storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }

    /** Where the tables are, as the database has it; on MariaDB and MySQL, which have no schemas, the database. */
    String schema() throws SQLException {
        if (tables.schema() != null) {
            return asStored(tables.schema());
        }
        String current = connection.getSchema();
        return current == null ? connection.getCatalog() : current;
    }
}
