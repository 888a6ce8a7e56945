package io.github.embeddedcommerce.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.testkit.TestShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pictures of data-model.md are drawn from the tables of an open shop, and from the states in the code. */
class DataModelPageTest {
    private static final Path PAGE = Pages.GUIDE.resolve("data-model.md");
    private static final Pattern PICTURE =
            Pattern.compile("^```mermaid\\n.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Map<Integer, String> TYPES = Map.of(
            Types.BIGINT, "bigint",
            Types.INTEGER, "int",
            Types.VARCHAR, "varchar",
            Types.BOOLEAN, "boolean",
            Types.DECIMAL, "decimal",
            Types.NUMERIC, "decimal",
            Types.DATE, "date",
            Types.TIMESTAMP_WITH_TIMEZONE, "timestamp");

    @Test
    void the_pictures_are_those_of_the_schema_and_of_the_code() throws IOException, SQLException {
        Iterator<String> pictures = pictures().iterator();
        String page = Files.readString(PAGE);
        String expected = PICTURE.matcher(page)
                .replaceAll(old -> Matcher.quoteReplacement("```mermaid\n" + pictures.next() + "```"));
        Files.writeString(Path.of("target/data-model.md"), expected);

        assertThat(pictures.hasNext()).as("a picture is missing on the page").isFalse();
        assertThat(page)
                .as("the pictures are out of date: copy target/data-model.md of this module over the page")
                .isEqualTo(expected);
    }

    private static List<String> pictures() throws SQLException {
        try (TestShop shop = TestShop.inMemory();
                Connection connection = shop.database().getConnection()) {
            DatabaseMetaData schema = connection.getMetaData();
            return List.of(states(), relations(schema), columns(schema));
        }
    }

    private static String states() {
        StringBuilder picture = new StringBuilder("stateDiagram-v2\n  [*] --> PENDING\n");
        for (OrderStatus status : OrderStatus.values()) {
            for (OrderStatus next : new TreeSet<>(status.next())) {
                picture.append("  " + status + " --> " + next + "\n");
            }
            if (status.next().isEmpty()) {
                picture.append("  " + status + " --> [*]\n");
            }
        }
        return picture.toString();
    }

    private static String relations(DatabaseMetaData schema) throws SQLException {
        Set<String> lines = new TreeSet<>();
        for (String table : tables(schema).keySet()) {
            foreignKeys(schema, table)
                    .forEach((column, other) -> lines.add("  " + other + " ||--o{ " + table + " : " + column + "\n"));
        }
        assertThat(lines).hasSizeGreaterThan(10);
        return "erDiagram\n" + String.join("", lines);
    }

    private static String columns(DatabaseMetaData schema) throws SQLException {
        StringBuilder picture = new StringBuilder("erDiagram\n");
        for (Map.Entry<String, List<String>> table : tables(schema).entrySet()) {
            picture.append("  " + table.getKey() + " {\n");
            table.getValue().forEach(column -> picture.append("    " + column + "\n"));
            picture.append("  }\n");
        }
        return picture.toString();
    }

    /** Their columns, but for those that keep the schema itself. */
    private static Map<String, List<String>> tables(DatabaseMetaData schema) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (ResultSet columns = schema.getColumns(null, "COMMERCE", "%", "%")) {
            while (columns.next()) {
                String table = lower(columns.getString("TABLE_NAME"));
                if (!Set.of("schema_history", "migration_lock").contains(table)) {
                    tables.computeIfAbsent(table, name -> new ArrayList<>())
                            .add(TYPES.get(columns.getInt("DATA_TYPE")) + " "
                                    + lower(columns.getString("COLUMN_NAME")));
                }
            }
        }
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            Set<String> primary = primaryKey(schema, table.getKey());
            Set<String> foreign = foreignKeys(schema, table.getKey()).keySet();
            table.getValue().replaceAll(column -> marked(column, primary, foreign));
        }
        assertThat(tables).containsKeys("orders", "users", "stock");
        assertThat(tables.values()).allSatisfy(lines -> assertThat(lines).noneMatch(line -> line.startsWith("null")));
        return tables;
    }

    private static String marked(String column, Set<String> primary, Set<String> foreign) {
        String name = column.substring(column.indexOf(' ') + 1);
        List<String> marks = new ArrayList<>();
        if (primary.contains(name)) {
            marks.add("PK");
        }
        if (foreign.contains(name)) {
            marks.add("FK");
        }
        return (column + " " + String.join(", ", marks)).stripTrailing();
    }

    private static Set<String> primaryKey(DatabaseMetaData schema, String table) throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (ResultSet keys = schema.getPrimaryKeys(null, "COMMERCE", table.toUpperCase(Locale.ROOT))) {
            while (keys.next()) {
                columns.add(lower(keys.getString("COLUMN_NAME")));
            }
        }
        return columns;
    }

    /** From column to table. */
    private static Map<String, String> foreignKeys(DatabaseMetaData schema, String table) throws SQLException {
        Map<String, String> keys = new TreeMap<>();
        try (ResultSet imported = schema.getImportedKeys(null, "COMMERCE", table.toUpperCase(Locale.ROOT))) {
            while (imported.next()) {
                keys.put(lower(imported.getString("FKCOLUMN_NAME")), lower(imported.getString("PKTABLE_NAME")));
            }
        }
        return keys;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
