package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.reference.Reference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Reads the shop's own types from the columns of a row. */
record RowReader(CurrencyUnit currency, Dialect dialect) {
    @Nullable
    Money moneyOrNull(ResultSet row, String column) throws SQLException {
        long minor = row.getLong(column);
        return row.wasNull() ? null : Money.ofMinor(currency, minor);
    }

    Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(row, column), column);
    }

    @Nullable
    Instant instantOrNull(ResultSet row, String column) throws SQLException {
        return dialect.instant(row, column);
    }

    Money money(ResultSet row, int column) throws SQLException {
        return Money.ofMinor(currency, row.getLong(column));
    }

    Instant instant(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(row, column));
    }

    @Nullable
    Instant instantOrNull(ResultSet row, int column) throws SQLException {
        return dialect.instant(row, column);
    }

    /** A reference from the columns of its text and of whether it is unique. */
    static Reference reference(ResultSet row, int text, int once) throws SQLException {
        String written = row.getString(text);
        return written == null ? Reference.none() : new Reference(written, row.getInt(once) == 1);
    }

    static @Nullable Long longOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
