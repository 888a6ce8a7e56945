package io.github.embeddedcommerce.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.StorageException.Trouble;
import io.github.embeddedcommerce.error.Validation;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Opens a shop on a SQL database.
 *
 * <pre>{@code
 * try (CommerceFacade shop = JdbcCommerce.open("jdbc:h2:mem:shop").build()) {
 *     shop.users().register(new UserId("ann"));
 * }
 * }</pre>
 *
 * <p>{@link #open} brings a connection pool of its own and closes it with the shop; {@link #using} works on a pool of
 * the host's. Either way each use case is a transaction of the library's own. The tables are created and upgraded in a
 * schema of their own, {@code commerce}; on MariaDB and MySQL in the connection's database, named {@code commerce_…}.
 * Not thread-safe; the shop it builds is.
 */
public final class JdbcCommerce {
    private final @Nullable ConnectionPool pool;
    private final @Nullable DataSource hosts;
    private CommerceSettings settings = CommerceSettings.defaults();
    private Clock clock = Clock.systemUTC();
    private int poolSize = 10;

    private JdbcCommerce(@Nullable ConnectionPool pool, @Nullable DataSource hosts) {
        this.pool = pool;
        this.hosts = hosts;
    }

    /**
     * A shop on the database with this URL. {@code jdbc:h2:mem:NAME} lives as long as the shop is open;
     * {@code jdbc:h2:file:PATH} survives restarts, and what a use case has committed is on disk when it returns.
     */
    public static JdbcCommerce open(String url) {
        return open(url, null, null);
    }

    /** The same with a user and a password for the database; null where it needs none. */
    public static JdbcCommerce open(String url, @Nullable String user, @Nullable String password) {
        ConnectionPool pool = new ConnectionPool(Validation.text(url, "url", 1, 2_000), user, password);
        return new JdbcCommerce(pool, null);
    }

    /** A shop on a pool of the host's, which the host closes. Its connections may have autocommit on or off. */
    public static JdbcCommerce using(DataSource dataSource) {
        return new JdbcCommerce(null, Validation.required(dataSource, "data source"));
    }

    /** How the shop is run; default {@link CommerceSettings#defaults()}. */
    public JdbcCommerce settings(CommerceSettings newSettings) {
        this.settings = Validation.required(newSettings, "settings");
        return this;
    }

    /** What time it is; default the system's. */
    public JdbcCommerce clock(Clock newClock) {
        this.clock = Validation.required(newClock, "clock");
        return this;
    }

    /**
     * How many connections {@link #open} keeps, 2 to 1,000; default 10. A pool of the host needs two as well, while the
     * tables are created.
     */
    public JdbcCommerce poolSize(int connections) {
        this.poolSize = (int) Validation.range(connections, "pool size", 2, 1_000);
        return this;
    }

    /**
     * Opens the shop: creates or upgrades its tables and checks that they are kept in the currency of the settings.
     *
     * @return the shop; closing it closes what {@link #open} opened
     * @throws io.github.embeddedcommerce.error.CommerceException VALIDATION_ERROR if the database is not supported, no
     *     driver knows the URL, or the shop is kept in another currency
     * @throws StorageException if the database cannot be reached, or its tables cannot be created
     */
    public CommerceFacade build() {
        if (pool == null) {
            return build(Validation.required(hosts, "data source"), () -> {});
        }
        HikariDataSource opened = pool.open(poolSize);
        try {
            return build(opened, opened::close);
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private CommerceFacade build(DataSource dataSource, Runnable onClose) {
        try {
            Dialect dialect = Dialect.of(dataSource);
            Tables tables = dialect.usualTables();
            new CommerceSchema(dataSource, dialect, tables).migrate(settings.currency());
            Jdbi jdbi = ShopJdbi.on(dataSource, dialect, tables, settings.currency());
            OwningTransactions transactions = new OwningTransactions(jdbi, dialect, settings.patience());
            ShopJdbi.checkCurrency(jdbi, settings.currency());
            return new CommerceFacade(transactions, settings, clock, onClose);
        } catch (SQLException | FlywayException failure) {
            throw new StorageException(
                    Trouble.OTHER, Outcome.NOTHING_CHANGED, "cannot prepare the tables of the shop", failure);
        }
    }
}
