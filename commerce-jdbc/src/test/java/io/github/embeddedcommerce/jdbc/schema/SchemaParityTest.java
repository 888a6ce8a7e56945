package io.github.embeddedcommerce.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shop is the same on every database: its tables, columns, keys, constraints and, but for a few, its indexes. */
@Tag("D1")
@Tag("D3")
class SchemaParityTest {
    private static final Pattern CHECK = Pattern.compile(
            "constraint \\$\\{name}(\\w+)\\s+check\\s*\\((.*?)\\)(?=,\\n  \\w|\\n\\)|;)", Pattern.DOTALL);

    private static final Pattern RULE = Pattern.compile("when not \\((.*?)\\)\\s+then '(\\w+)'", Pattern.DOTALL);

    @Test
    void every_database_has_the_same_tables_columns_keys_and_constraints() throws SQLException {
        Set<String> expected = partsOn(Database.H2_IN_MEMORY);

        assertThat(expected)
                .contains("column orders.paid_at nullable", "primary key order_lines (order_id number)")
                .contains("unique sku_unique", "foreign key stock_of_option", "check stock_within_bounds")
                .hasSizeGreaterThan(100);
        assertThat(partsOn(Database.POSTGRESQL)).isEqualTo(expected);
        assertThat(partsOn(Database.MARIADB)).isEqualTo(expected);
    }

    @Test
    void the_scripts_are_those_that_are_listed() throws IOException {
        for (Dialect dialect : Dialect.values()) {
            try (Stream<Path> files = Files.list(Path.of("src/main/resources", dialect.scripts()))) {
                assertThat(files.map(file -> String.valueOf(file.getFileName())).sorted())
                        .isEqualTo(SchemaScripts.NAMES);
            }
        }
    }

    /** PostgreSQL has some in functions, of a row with a name of one letter. */
    @Test
    void every_rule_says_the_same_in_every_script() {
        Map<String, String> expected = conditions(Dialect.H2);

        assertThat(expected).containsEntry("balance_not_negative", "balance>=0").hasSizeGreaterThan(60);
        assertThat(conditions(Dialect.POSTGRESQL)).isEqualTo(expected);
        assertThat(conditions(Dialect.MARIADB)).isEqualTo(expected);
    }

    private static Map<String, String> conditions(Dialect dialect) {
        String script = new SchemaScripts(dialect.scripts(), Map.of()).sql();
        Map<String, String> conditions = new TreeMap<>();
        CHECK.matcher(script).results().forEach(check -> conditions.put(check.group(1), check.group(2)));
        conditions.values().removeIf(condition -> condition.contains("_rules("));
        RULE.matcher(script).results().forEach(rule -> conditions.put(rule.group(2), rule.group(1)));
        conditions.replaceAll((name, condition) -> condition.replaceAll("\\s|`|\\b[a-z]\\.", ""));
        return conditions;
    }

    private static Set<String> partsOn(Database database) throws SQLException {
        try (HikariDataSource pool = database.empty()) {
            JdbcCommerce.using(pool).build().close();
            try (Connection connection = pool.getConnection()) {
                return new Parts(connection).all();
            }
        }
    }

    /** What the database itself says about the tables, in words that are the same everywhere. */
    private static final class Parts {
        private final Connection connection;
        private final TableNames tables;
        private final Set<String> parts = new TreeSet<>();

        Parts(Connection connection) {
            this.connection = connection;
            this.tables = Dialect.of(connection).usualTables();
        }

        Set<String> all() throws SQLException {
            DatabaseMetaData database = connection.getMetaData();
            String schema = tables.schema() == null
                    ? null
                    : database.storesUpperCaseIdentifiers()
                            ? tables.schema().toUpperCase(Locale.ROOT)
                            : tables.schema();
            String catalog = connection.getCatalog();
            try (ResultSet row = database.getColumns(catalog, schema, "%", "%")) {
                while (row.next()) {
                    if (isOurs(row.getString("TABLE_NAME"))) {
                        boolean nullable = row.getString("IS_NULLABLE").equals("YES");
                        parts.add("column " + name(row, "TABLE_NAME") + "." + name(row, "COLUMN_NAME")
                                + (nullable ? " nullable" : ""));
                    }
                }
            }
            for (String table : tableNames(database, catalog, schema)) {
                primaryKey(database, catalog, schema, table);
            }
            constraints(schema == null ? catalog : schema);
            if (Dialect.of(connection) == Dialect.POSTGRESQL) {
                rules(tables.schema());
            }
            return parts;
        }

        /** Replaces a check that calls a function by the rules that the function names. */
        private void rules(@Nullable String schema) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(
                    "select proname, prosrc from pg_proc where pronamespace = ?::regnamespace")) {
                query.setString(1, schema);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        assertThat(parts.remove("check " + row.getString(1)))
                                .as("a check calls %s", row.getString(1))
                                .isTrue();
                        RULE.matcher(row.getString(2)).results().forEach(rule -> parts.add("check " + rule.group(2)));
                    }
                }
            }
        }

        private Set<String> tableNames(DatabaseMetaData database, String catalog, @Nullable String schema)
                throws SQLException {
            Set<String> names = new TreeSet<>();
            try (ResultSet row = database.getTables(catalog, schema, "%", null)) {
                while (row.next()) {
                    if (isOurs(row.getString("TABLE_NAME"))
                            && !row.getString("TABLE_TYPE").contains("INDEX")) {
                        names.add(row.getString("TABLE_NAME"));
                    }
                }
            }
            return names;
        }

        private void primaryKey(DatabaseMetaData database, String catalog, @Nullable String schema, String table)
                throws SQLException {
            TreeMap<Integer, String> columns = new TreeMap<>();
            try (ResultSet row = database.getPrimaryKeys(catalog, schema, table)) {
                while (row.next()) {
                    columns.put(row.getInt("KEY_SEQ"), name(row, "COLUMN_NAME"));
                }
            }
            if (!columns.isEmpty()) {
                parts.add("primary key " + name(table) + " (" + String.join(" ", columns.values()) + ")");
            }
        }

        private void constraints(String schema) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(
                    "select constraint_type, constraint_name, table_name from information_schema.table_constraints"
                            + " where table_schema = ? and constraint_type in ('UNIQUE', 'FOREIGN KEY', 'CHECK')")) {
                query.setString(1, schema);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        String constraint = name(row.getString(2));
                        if (isOurs(row.getString(3)) && !constraint.endsWith("_not_null")) {
                            parts.add(row.getString(1).toLowerCase(Locale.ROOT) + " " + constraint);
                        }
                    }
                }
            }
        }

        private boolean isOurs(String table) {
            return table.toLowerCase(Locale.ROOT).startsWith(tables.prefix())
                    && !name(table).equals("schema_history");
        }

        private String name(ResultSet row, String column) throws SQLException {
            return name(row.getString(column));
        }

        private String name(String stored) {
            return stored.toLowerCase(Locale.ROOT).replaceFirst("^" + tables.prefix(), "");
        }
    }
}
