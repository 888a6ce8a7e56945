package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ReflectionMappers;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.joda.money.CurrencyUnit;

/** Sets jdbi up for the tables and types of one shop. */
public final class JdbiConfig {
    private JdbiConfig() {}

    /**
     * In SQL, {@code <commerce>} stands before each of our table names, and {@code <unless_there>} at the end of each
     * {@code insert … select … where not exists (…)}.
     */
    public static Jdbi set(Jdbi jdbi, Dialect dialect, TableNames tables, CurrencyUnit currency) {
        jdbi.installPlugin(new SqlObjectPlugin());
        jdbi.configure(Handles.class, handles -> handles.setForceEndTransactions(false)); // we do, or the host does
        jdbi.configure(SqlStatements.class, statements -> statements.setTemplateEngine(dialect.templates()));
        // jdbi as a module may not call what our modules do not export; it may if we say so
        jdbi.configure(
                ReflectionMappers.class,
                mappers -> mappers.setAccessibleObjectStrategy(member -> member.setAccessible(true)));
        jdbi.define("commerce", tables.qualifier());
        jdbi.define("unless_there", dialect.unlessThere());
        jdbi.registerArgument(new DomainArguments(dialect));
        RowReader columns = new RowReader(currency, dialect);
        ProductSql.mapRows(jdbi, columns);
        JdbiPopularityStore.mapRows(jdbi, columns);
        JdbiStockStore.mapRows(jdbi, columns);
        JdbiUserStore.mapRows(jdbi, columns);
        CartSql.mapRows(jdbi, columns);
        CouponSql.mapRows(jdbi, columns);
        OrderSql.mapRows(jdbi, columns);
        EventSql.mapRows(jdbi, columns);
        JdbiIdempotencyStore.mapRows(jdbi, columns);
        return jdbi;
    }
}
