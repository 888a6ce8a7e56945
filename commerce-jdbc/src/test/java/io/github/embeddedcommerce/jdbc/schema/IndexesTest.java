package io.github.embeddedcommerce.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every write pays for every index: so none serves nothing that another does not serve as well. */
class IndexesTest {
    /** An index of a table. */
    private record Index(String table, String name, boolean isUnique, List<String> columns) {
        /** H2 gives each foreign key an index of its very columns, whatever other index begins with them. */
        boolean isOfForeignKeyInH2() {
            return name.matches(".*_INDEX_[0-9A-F]+");
        }

        boolean isServedBy(Index other) {
            return !equals(other)
                    && table.equals(other.table)
                    && !isUnique
                    && other.columns.size() >= columns.size()
                    && other.columns.subList(0, columns.size()).equals(columns);
        }
    }

    @ParameterizedTest
    @Tag("D1")
    @EnumSource(
            value = Database.class,
            names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
    void no_index_is_the_beginning_of_another(Database database) throws SQLException {
        List<Index> indexes = indexes(database);

        assertThat(indexes.stream().map(Index::table)).contains("orders", "order_lines", "balance_changes", "stock");
        assertThat(indexes)
                .filteredOn(index -> database != Database.H2_IN_MEMORY || !index.isOfForeignKeyInH2())
                .filteredOn(index -> indexes.stream().anyMatch(index::isServedBy))
                .isEmpty();
    }

    private static List<Index> indexes(Database database) throws SQLException {
        try (HikariDataSource pool = database.empty()) {
            JdbcCommerce.using(pool).build().close();
            try (Connection connection = pool.getConnection()) {
                return read(connection);
            }
        }
    }

    private static List<Index> read(Connection connection) throws SQLException {
        TableNames tables = Dialect.of(connection).usualTables();
        List<String> names = new ArrayList<>();
        try (ResultSet row = connection.getMetaData().getTables(connection.getCatalog(), null, "%", null)) {
            while (row.next()) {
                String name = row.getString("TABLE_NAME");
                String schema = row.getString("TABLE_SCHEM");
                if (tables.schema() == null
                        ? name.startsWith(tables.prefix())
                        : tables.schema().equalsIgnoreCase(schema)
                                && row.getString("TABLE_TYPE").endsWith("TABLE")) {
                    names.add(name);
                }
            }
        }
        List<Index> indexes = new ArrayList<>();
        for (String name : names) {
            indexes.addAll(indexesOf(name, tables, connection));
        }
        return indexes;
    }

    private static List<Index> indexesOf(String table, TableNames tables, Connection connection) throws SQLException {
        Map<String, Index> indexes = new TreeMap<>();
        String schema = tables.schema() == null ? null : stored(tables.schema(), connection);
        try (ResultSet row =
                connection.getMetaData().getIndexInfo(connection.getCatalog(), schema, table, false, true)) {
            while (row.next()) {
                String name = row.getString("INDEX_NAME");
                if (name != null) {
                    boolean unique = !row.getBoolean("NON_UNIQUE");
                    String plain = table.toLowerCase(Locale.ROOT).replaceFirst("^" + tables.prefix(), "");
                    indexes.computeIfAbsent(name, first -> new Index(plain, name, unique, new ArrayList<>()))
                            .columns()
                            .add(row.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        return List.copyOf(indexes.values());
    }

    private static String stored(String name, Connection connection) throws SQLException {
        return connection.getMetaData().storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }
}
