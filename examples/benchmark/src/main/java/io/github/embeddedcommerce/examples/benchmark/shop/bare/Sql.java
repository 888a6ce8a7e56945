package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements on the library's tables, as plain JDBC. In their text {@code #} stands before the name of a table.
 *
 * @param tables what the names of tables begin with: {@code commerce.} or {@code commerce_}
 * @param zoneless whether the database keeps times without a zone
 * @param unlessThere what ends an insert that does nothing where another was faster
 */
record Sql(String tables, boolean zoneless, String unlessThere) {
    /** For the database behind this connection. */
    static Sql of(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "H2" -> new Sql("commerce.", false, "");
            case "PostgreSQL" -> new Sql("commerce.", false, "on conflict do nothing");
            default -> new Sql("commerce_", true, "");
        };
    }

    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes one row in. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** The statement with the names of the tables in it. */
    String text(String statement) {
        return statement.replace("#", tables);
    }

    /** The same for any number of ids, which stand where it says {@code (?*)}. */
    InList inList(String statement) {
        return new InList(text(statement));
    }

    void each(Connection connection, String text, RowReader reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    <T> List<T> list(Connection connection, String text, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        each(connection, text, each -> all.add(row.read(each)), values);
        return all;
    }

    /** The one row there must be. */
    <T> T one(Connection connection, String text, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> rows = list(connection, text, row, values);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one: " + text);
        }
        return rows.get(0);
    }

    int update(Connection connection, String text, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Changes the one row there must be. */
    void updateOne(Connection connection, String text, @Nullable Object... values) throws SQLException {
        if (update(connection, text, values) != 1) {
            throw new IllegalStateException("no row, or too many: " + text);
        }
    }

    /** Inserts one row. Returns its id; null if nothing was inserted. */
    @Nullable
    Long insert(Connection connection, String text, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text, new String[] {"id"})) {
            bind(statement, values);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                return keys.next() ? keys.getLong(1) : null;
            }
        }
    }

    void batch(Connection connection, String text, Iterable<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (@Nullable Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The same for inserts. Returns the id of each row. */
    List<Long> batchWithIds(Connection connection, String text, Iterable<@Nullable Object[]> rows) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(text, new String[] {"id"})) {
            for (@Nullable Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                while (keys.next()) {
                    ids.add(keys.getLong(1));
                }
            }
        }
        return ids;
    }

    private void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Instant instant) {
            OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
            statement.setObject(index, zoneless ? utc.toLocalDateTime() : utc);
        } else {
            statement.setObject(index, value);
        }
    }

    Instant instant(ResultSet row, int column) throws SQLException {
        return zoneless
                ? row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC)
                : row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
