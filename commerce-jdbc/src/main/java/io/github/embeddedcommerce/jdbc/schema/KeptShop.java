package io.github.embeddedcommerce.jdbc.schema;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.joda.money.CurrencyUnit;

/**
 * What the tables of a shop say of themselves. Immutable.
 *
 * @param version of the tables
 * @param currency in which its amounts are kept, by its code
 */
public record KeptShop(int version, String currency) {
    /** The shop in these tables. */
    public static KeptShop in(TableNames tables, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select version, currency from " + tables.qualifier() + "shop")) {
            if (!row.next()) {
                throw new SQLException("the table shop has no row");
            }
            return new KeptShop(row.getInt(1), row.getString(2));
        }
    }

    /** Refuses a version that this library does not work with, and another currency (VALIDATION_ERROR). */
    public void require(TableNames tables, CurrencyUnit expected) {
        if (version != SchemaScripts.VERSION) {
            throw anotherVersion(version, tables);
        }
        requireCurrency(expected);
    }

    /** Refuses another currency: amounts are stored as minor units, and would be wrong if they were read as that. */
    public void requireCurrency(CurrencyUnit expected) {
        if (!currency.equals(expected.getCode())) {
            throw Validation.refusal(
                    "currency",
                    "must be " + currency + ", in which this shop's amounts are stored, it is " + expected,
                    Map.of("currency", expected.getCode(), "expected", currency));
        }
    }

    /** Says that the tables are of another version, and what to do. */
    public static CommerceException anotherVersion(int present, TableNames tables) {
        String remedy = present > SchemaScripts.VERSION
                ? "use the version of the library that upgraded them, or a later one"
                : "call migrate(), or apply the later scripts";
        return Validation.refusal(
                "the tables in " + tables + " are of version " + present + ", this library works with version "
                        + SchemaScripts.VERSION + ": " + remedy,
                Map.of("version", present, "expected", SchemaScripts.VERSION));
    }
}
