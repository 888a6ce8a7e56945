package io.github.embeddedcommerce.jdbc.store;

import static java.util.stream.Collectors.toCollection;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ReflectionMappers;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.joda.money.CurrencyUnit;

/** Sets jdbi up for the tables and types of one shop. */
public final class JdbiConfig {
    private static final String SHOP_SQL = "shop_sql";

    private static final Pattern INDEX = Pattern.compile(" <index (\\w+)>");

    private static final String AT_ONE_MOMENT = "<at one moment>";

    private static final String AGGREGATED_ONCE = "<aggregated once>";

    private JdbiConfig() {}

    /**
     * In SQL, {@code <commerce>} stands before each of our table names, {@code <unless_there>} at the end of each
     * {@code insert … select … where not exists (…)}, {@code <index name>} behind a table that is to be read by this
     * index, for a database that would take another, {@code <at one moment>} as a condition of the outermost query
     * where derived tables are nested, for a database that would read their tables at different moments, and
     * {@code <aggregated once>} before a query, for a database that would aggregate its derived tables for each row
     * they are joined with.
     */
    public static Jdbi set(Jdbi jdbi, Dialect dialect, TableNames tables, CurrencyUnit currency) {
        return set(jdbi, dialect, tables, currency, UnaryOperator.identity());
    }

    /** The same with each statement changed so before it is sent. */
    public static Jdbi set(
            Jdbi jdbi, Dialect dialect, TableNames tables, CurrencyUnit currency, UnaryOperator<String> change) {
        String hint = dialect.indexHint(tables.prefix() + "$1");
        UnaryOperator<String> words =
                text -> change.apply(dialect.sql(atOneMoment(INDEX.matcher(text).replaceAll(hint), dialect, tables))
                        .replace(AGGREGATED_ONCE, dialect.aggregatedOnce()));
        jdbi.installPlugin(new SqlObjectPlugin());
        jdbi.configure(Handles.class, handles -> handles.setForceEndTransactions(false)); // we do, or the host does
        jdbi.configure(SqlStatements.class, statements -> statements.setTemplateEngine(templates(words)));
        // jdbi as a module may not call what our modules do not export; it may if we say so
        jdbi.configure(
                ReflectionMappers.class,
                mappers -> mappers.setAccessibleObjectStrategy(member -> member.setAccessible(true)));
        jdbi.define("commerce", tables.qualifier());
        jdbi.define("unless_there", dialect.unlessThere());
        jdbi.define(SHOP_SQL, new ShopSql(dialect, tables, currency, words));
        jdbi.registerArgument(new DomainArguments(dialect));
        RowReader columns = new RowReader(currency, dialect);
        JdbiPopularityStore.mapRows(jdbi, columns);
        EventSql.mapRows(jdbi, columns);
        return jdbi;
    }

    private static String atOneMoment(String text, Dialect dialect, TableNames tables) {
        if (!text.contains(AT_ONE_MOMENT)) {
            return text;
        }
        Set<String> named = Pattern.compile("\\b" + Pattern.quote(tables.qualifier()) + "\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(toCollection(TreeSet::new));
        return text.replace(AT_ONE_MOMENT, dialect.atOneMoment(named));
    }

    /** The SQL of the shop that this was set up for. */
    static ShopSql shopSql(Jdbi jdbi) {
        return (ShopSql) jdbi.getConfig(SqlStatements.class).getAttribute(SHOP_SQL);
    }

    private static TemplateEngine templates(UnaryOperator<String> words) {
        TemplateEngine attributes = new DefinedAttributeTemplateEngine();
        return (template, context) -> words.apply(attributes.render(template, context));
    }
}
