package io.github.embeddedcommerce.jdbc.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement of PostgreSQL's for many rows: each parameter is an array with the values of all rows, so that the text
 * is the same however many there are, and the server plans it, and reads the constraints of its table, once and not for
 * each row. Immutable.
 *
 * @param types of the arrays; null for a parameter that is null in every row, and has none
 * @param rows the values of each row, as the driver takes them
 */
record ArrayStatement(List<@Nullable String> types, List<@Nullable Object[]> rows) {
    private static final Map<Class<?>, String> TYPES = Map.of(
            Long.class, "bigint",
            Integer.class, "integer",
            String.class, "text",
            Boolean.class, "boolean",
            BigDecimal.class, "numeric",
            LocalDate.class, "date",
            OffsetDateTime.class, "timestamptz");

    private static final String VALUES = "values (";

    private static final int LAST_YEAR = 9_999;

    /**
     * The statement for these rows; null where there is none. It is one for an insert of values, and for an update
     * whose last condition is that a column equals the last parameter, if that is another one in each row: then no row
     * of the table is changed twice.
     */
    static @Nullable ArrayStatement of(String template, List<@Nullable Object[]> rows) {
        boolean known = ShopSql.takesRows(template) || (isUpdateByKey(template) && differ(rows));
        if (rows.size() < 2 || !known) {
            return null;
        }
        List<@Nullable String> types = new ArrayList<>();
        for (int column = 0; column < rows.get(0).length; column++) {
            List<Object> values = valuesOf(column, rows);
            String type = values.isEmpty() ? null : TYPES.get(values.get(0).getClass());
            if (!values.isEmpty() && (type == null || !values.stream().allMatch(ArrayStatement::isWrittenAsRead))) {
                return null;
            }
            types.add(type);
        }
        return new ArrayStatement(types, rows);
    }

    private static List<Object> valuesOf(int column, List<@Nullable Object[]> rows) {
        List<Object> values = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            Object value = row[column];
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The driver writes an array as text: Java's text for a year of five digits is none of PostgreSQL's. */
    private static boolean isWrittenAsRead(Object value) {
        return !(value instanceof OffsetDateTime time) || (time.getYear() > 0 && time.getYear() <= LAST_YEAR);
    }

    private static boolean isUpdateByKey(String template) {
        String text = template.strip();
        return text.startsWith("update") && text.endsWith("= ?") && !text.contains("select ");
    }

    private static boolean differ(List<@Nullable Object[]> rows) {
        Set<@Nullable Object> keys = new HashSet<>();
        return rows.stream().allMatch(row -> keys.add(row[row.length - 1]));
    }

    /** The text of this statement, made of that for one row. */
    String text(String forOne) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int column = 0; column < types.size(); column++) {
            int mark = forOne.indexOf('?', from);
            text.append(forOne, from, mark).append(types.get(column) == null ? "null" : "v.c" + column);
            from = mark + 1;
        }
        text.append(forOne, from, forOne.length());
        String named = text.toString();
        if (!named.startsWith("insert")) {
            return named.replaceFirst("\\bwhere ", "from " + arrays() + " where ");
        }
        int values = named.indexOf(VALUES);
        return named.substring(0, values)
                + "select " + named.substring(values + VALUES.length(), named.lastIndexOf(')'))
                + " from " + arrays();
    }

    private String arrays() {
        List<String> places = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column = 0; column < types.size(); column++) {
            if (types.get(column) != null) {
                places.add("?::" + types.get(column) + "[]");
                names.add("c" + column);
            }
        }
        return "unnest(" + String.join(", ", places) + ") as v(" + String.join(", ", names) + ")";
    }

    /**
     * Binds the arrays, beginning at this place.
     *
     * @return the place behind them
     */
    int bind(PreparedStatement statement, Connection connection, int from) throws SQLException {
        int place = from;
        for (int column = 0; column < types.size(); column++) {
            String type = types.get(column);
            if (type != null) {
                @Nullable Object[] values = new @Nullable Object[rows.size()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = rows.get(row)[column];
                }
                statement.setArray(place++, connection.createArrayOf(type, values));
            }
        }
        return place;
    }
}
