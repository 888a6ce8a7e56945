package io.github.embeddedcommerce.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Every row of every table of a shop: to see that nothing has changed. */
record Contents(Map<String, List<String>> rowsByTable) {
    static Contents of(DataSource dataSource) {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Connection connection = dataSource.getConnection()) {
            for (String table : tables(connection, Dialect.of(dataSource).usualTables())) {
                rows.put(table, rows(connection, table));
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
        return new Contents(rows);
    }

    private static List<String> tables(Connection connection, Tables tables) throws SQLException {
        List<String> names = new ArrayList<>();
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet found =
                database.getTables(connection.getCatalog(), null, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String schema = found.getString("TABLE_SCHEM");
                String name = found.getString("TABLE_NAME");
                boolean ours = tables.schema() == null
                        ? name.startsWith(tables.prefix())
                        : tables.schema().equalsIgnoreCase(schema);
                if (ours && !name.endsWith("schema_history")) {
                    names.add(tables.schema() == null ? name : tables.schema() + "." + name);
                }
            }
        }
        return names;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from " + table)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(found.getString(column)).append('|');
                }
                rows.add(row.toString());
            }
        }
        rows.sort(null);
        return rows;
    }
}
