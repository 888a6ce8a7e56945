package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.Validation;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.joda.money.CurrencyUnit;

/** Sets jdbi up for the tables and types of one shop. */
final class ShopJdbi {
    private ShopJdbi() {}

    /**
     * In SQL, {@code <commerce>} stands before each of our table names, and {@code <unless_there>} at the end of each
     * {@code insert … select … where not exists (…)}.
     */
    static Jdbi on(DataSource dataSource, Dialect dialect, Tables tables, CurrencyUnit currency) {
        Jdbi jdbi = Jdbi.create(dataSource).installPlugin(new SqlObjectPlugin());
        jdbi.define("commerce", tables.qualifier());
        jdbi.define("unless_there", dialect.unlessThere());
        jdbi.registerArgument(new ShopTypes(dialect));
        Columns columns = new Columns(currency, dialect);
        JdbiProductStore.mapRows(jdbi, columns);
        JdbiStockStore.mapRows(jdbi);
        JdbiUserStore.mapRows(jdbi, columns);
        OrderSql.mapRows(jdbi, columns);
        return jdbi;
    }

    /**
     * Refuses another currency than the one the tables were created for (VALIDATION_ERROR): amounts are stored as minor
     * units, and read as another currency they would be wrong.
     */
    static void checkCurrency(Jdbi jdbi, CurrencyUnit currency) {
        String kept = jdbi.withHandle(handle -> handle.createQuery("select currency from <commerce>shop")
                .mapTo(String.class)
                .one());
        if (!kept.equals(currency.getCode())) {
            throw Validation.refusal(
                    "this shop is kept in " + kept + " and cannot be opened in " + currency,
                    Map.of("currency", currency.getCode(), "expected", kept));
        }
    }
}
