package io.github.embeddedcommerce.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.joda.money.CurrencyUnit;

/**
 * The tables of the shop. Flyway creates and upgrades them from scripts of the library's own, with a history table of
 * its own, so that nothing collides with tables or migrations of the host, whichever migrates first.
 */
final class CommerceSchema {
    private static final String HISTORY = "schema_history";

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Tables tables;

    CommerceSchema(DataSource dataSource, Dialect dialect, Tables tables) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.tables = tables;
    }

    /** Creates what is missing; a new shop is kept in this currency for ever. Several hosts can do so at once. */
    void migrate(CurrencyUnit currency) throws SQLException {
        FluentConfiguration flyway = Flyway.configure(CommerceSchema.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(dataSource)
                .locations(dialect.scripts())
                .placeholders(Map.of(
                        "commerce", tables.qualifier(),
                        "name", tables.prefix(),
                        "currency", currency.getCode(),
                        "collation", dialect.collation()))
                .baselineOnMigrate(true)
                .baselineVersion("0"); // the default, 1, would skip our first script in a schema that is not empty
        if (tables.schema() != null) {
            flyway.defaultSchema(asStored(tables.schema())).table(HISTORY);
        } else {
            flyway.createSchemas(false).table(asStored(tables.prefix() + HISTORY));
        }
        flyway.load().migrate();
    }

    /** Flyway quotes names, our scripts do not: so Flyway must be told what an unquoted name becomes. */
    private String asStored(String name) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
        }
    }
}
