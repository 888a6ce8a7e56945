package io.github.embeddedcommerce.jdbc.suite;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/** The rows of a shop that an audit looks at, by table and by their keys. */
record Rows(String qualifier, Map<String, Map<List<Object>, Map<String, Object>>> byTable) {
    /** The columns of the primary keys. */
    static final Map<String, List<String>> KEYS = keys();

    private static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (String table : List.of(
                "products",
                "product_options",
                "stock_changes",
                "users",
                "orders",
                "returns",
                "payments",
                "refunds",
                "coupons",
                "user_coupons",
                "cart_items",
                "idempotency_keys")) {
            keys.put(table, List.of("id"));
        }
        keys.put("stock", List.of("option_id"));
        keys.put("balance_changes", List.of("user_id", "number"));
        keys.put("order_lines", List.of("order_id", "number"));
        keys.put("return_lines", List.of("return_id", "number"));
        keys.put("order_events", List.of("order_id", "number"));
        keys.put("popular_snapshots", List.of("for_day"));
        keys.put("popular_products", List.of("for_day", "position"));
        keys.put("carts", List.of("user_id"));
        return Map.copyOf(keys);
    }

    static Rows of(DataSource dataSource) throws SQLException {
        String qualifier = Dialect.of(dataSource).usualTables().qualifier();
        Map<String, Map<List<Object>, Map<String, Object>>> byTable = new LinkedHashMap<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : KEYS.keySet().stream().sorted().toList()) {
                byTable.put(table, rows(table, statement.executeQuery("select * from " + qualifier + table)));
            }
        }
        return new Rows(qualifier, byTable);
    }

    private static Map<List<Object>, Map<String, Object>> rows(String table, ResultSet found) throws SQLException {
        Map<List<Object>, Map<String, Object>> rows = new LinkedHashMap<>();
        try (found) {
            while (found.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.put(
                            found.getMetaData().getColumnName(column).toLowerCase(Locale.ROOT),
                            found.getObject(column));
                }
                rows.put(
                        KEYS.getOrDefault(table, List.of()).stream()
                                .map(row::get)
                                .toList(),
                        row);
            }
        }
        return rows;
    }

    /** The values that this column has in any row, none included. */
    List<Object> values(String table, String column) {
        List<Object> values = new ArrayList<>();
        values.add(null);
        byTable.getOrDefault(table, Map.of()).values().stream()
                .map(row -> row.get(column))
                .distinct()
                .forEach(values::add);
        return values;
    }
}
