package io.github.embeddedcommerce.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionPool;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup;
import io.github.embeddedcommerce.jdbc.dialect.DatabaseUrl;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.JoinedSetup;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.store.JdbiConfig;
import io.github.embeddedcommerce.jdbc.store.StoreConnection;
import io.github.embeddedcommerce.jdbc.transaction.ConnectionSource;
import io.github.embeddedcommerce.jdbc.transaction.HostConnections;
import io.github.embeddedcommerce.jdbc.transaction.HostTransactions;
import io.github.embeddedcommerce.jdbc.transaction.JoinedShop;
import io.github.embeddedcommerce.jdbc.transaction.ListenerNotifier;
import io.github.embeddedcommerce.jdbc.transaction.RetryingTransactions;
import io.github.embeddedcommerce.jdbc.transaction.SlowLockLogger;
import io.github.embeddedcommerce.jdbc.transaction.WriterLock;
import io.github.embeddedcommerce.transaction.Transactions;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
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
 * <p><b>Whose transaction?</b> It is said by how the shop is opened, and never guessed. {@link #open}, with a
 * connection pool of the library's own, and {@link #using}, with one of the host's: each use case is a transaction of
 * the library's. {@link #within} and {@link #joining}: each use case joins a transaction that the host has begun and
 * will commit or roll back; there the library never commits, rolls back, leaves a setting of the connection changed, or
 * tries again.
 *
 * <p><b>Where are the tables?</b> In a schema of their own, {@code commerce}; on MariaDB and MySQL in the connection's
 * database, named {@code commerce_…}. {@link #inSchema} and {@link #withPrefix} say otherwise, so several shops can
 * share one database. They are created and upgraded when the shop is opened, unless the host does it: see
 * {@link CommerceSchema}.
 *
 * <p>Not thread-safe; the shop it builds is, but for one that joins a single connection.
 */
public final class JdbcCommerce {
    private final ShopSource source;
    private CommerceSettings settings = CommerceSettings.defaults();
    private Clock clock = Clock.systemUTC();
    private int poolSize = 10;
    private int callsPerTransaction = 64;
    private boolean migrating = true;
    private final List<CommerceListener> listeners = new ArrayList<>(List.of(new SlowLockLogger()));
    private @Nullable TableNames tables;
    private @Nullable BooleanSupplier inTransaction;

    private JdbcCommerce(ShopSource source) {
        this.source = source;
    }

    /**
     * A shop on the database with this URL, whose driver the host brings. {@code jdbc:h2:mem:NAME} lives as long as the
     * shop is open; {@code jdbc:h2:file:PATH} survives restarts and crashes: what a use case has committed is on disk
     * when it returns, and one transaction is written after the other, because H2 does not keep them whole otherwise if
     * the process dies. H2 reads and writes the file through its file system {@code async:}, because Java closes one
     * that H2 opens in its usual way when a thread that works on it is interrupted; any other pool of the same process
     * on that file needs the URL {@code jdbc:h2:async:PATH} too.
     *
     * <p>The host closes the shop before it ends; H2, which by itself would close as soon as the JVM is asked to end,
     * is told to wait for that, unless the URL says otherwise. A host that ends without closing loses nothing.
     *
     * @throws CommerceException VALIDATION_ERROR if the URL is missing or too long, or a database in memory has no name
     */
    public static JdbcCommerce open(String url) {
        return open(url, null, null);
    }

    /** The same with a user and a password for the database; null where it needs none. */
    public static JdbcCommerce open(String url, @Nullable String user, @Nullable String password) {
        DatabaseUrl database = new DatabaseUrl(Validation.text(url, "url", 1, 2_000));
        return new JdbcCommerce(new ShopSource.Own(new ConnectionPool(database, user, password)));
    }

    /**
     * A shop on a pool of the host's, which the host closes. Its connections may have autocommit on or off and any
     * isolation, and go back as they came. Bounding the waits for locks takes a round trip a transaction, which
     * {@link #open} does without. A pool for H2 in a file should have one connection only, for the reason that
     * {@link #open} gives; the tables are then best created before, on another one. If it has more, the transactions of
     * the library that write follow each other all the same, see {@code docs/guarantees.md}. Its URL should be
     * {@code jdbc:h2:async:PATH} with {@code WRITE_DELAY=0} and {@code DB_CLOSE_ON_EXIT=FALSE}, as {@link #open}
     * completes it: or a crash loses the last half second, and calls that are still running when the process is asked
     * to end fail.
     */
    public static JdbcCommerce using(DataSource dataSource) {
        return new JdbcCommerce(new ShopSource.Hosts(Validation.required(dataSource, "dataSource")));
    }

    /**
     * A shop whose use cases join the transactions of the host, on a data source that hands out the connection of the
     * transaction that is running, such as Spring's {@code TransactionAwareDataSourceProxy}.
     *
     * <p>Each use case is refused where no transaction is running, which is seen by autocommit being on; if the pool
     * has it off in any case, {@link #inTransactionWhen} must say how it is told. On all but PostgreSQL a use case is
     * refused where the isolation is not READ COMMITTED, too; and the first of all where the shop is kept in another
     * currency or version. On a connection that says it is read-only what would write fails as READ_ONLY, also on H2,
     * which by itself would write and commit. A refusal has written nothing, so the host may catch it and commit; after
     * a {@link StorageException} the host must roll back. Waits for locks are bounded as in a transaction of the
     * library's own, but on MySQL, where the server's bound holds; statements of the host's wait as before. The tables
     * must be there, as {@code using(…).schema().migrate()} creates them.
     */
    public static JdbcCommerce within(DataSource transactionAware) {
        return new JdbcCommerce(new ShopSource.Within(Validation.required(transactionAware, "transactionAware")));
    }

    /**
     * A shop whose use cases join the one transaction that the host has begun on this connection, with autocommit off:
     * for hosts that handle connections by hand. All that {@link #within} says holds here. The shop is cheap to build,
     * of use while the connection is, and no more thread-safe than the connection, which is never closed.
     */
    public static JdbcCommerce joining(Connection connection) {
        return new JdbcCommerce(new ShopSource.Joining(Validation.required(connection, "connection")));
    }

    /**
     * How a shop {@link #within} is told whether a transaction of the host's is running on the calling thread, such as
     * {@code TransactionSynchronizationManager::isActualTransactionActive} in Spring. Needed if the host's pool hands
     * out connections with autocommit off: without a transaction, what is written there is never committed. Default:
     * the autocommit of the connection tells.
     *
     * @param active asked before each use case; what it throws is thrown to the caller, and nothing is written
     */
    public JdbcCommerce inTransactionWhen(BooleanSupplier active) {
        this.inTransaction = Validation.required(active, "active");
        return this;
    }

    /** How the shop is run; default {@link CommerceSettings#defaults()}. */
    public JdbcCommerce settings(CommerceSettings newSettings) {
        this.settings = Validation.required(newSettings, "settings");
        return this;
    }

    /**
     * What time it is; default the system's. On a host whose clock is ahead of the others', orders and coupons expire
     * as much early, on one that is behind as much late; so the clocks should agree to far less than the time to pay.
     */
    public JdbcCommerce clock(Clock newClock) {
        this.clock = Validation.required(newClock, "clock");
        return this;
    }

    /**
     * One more to be told of use cases, lock waits and broken transactions, such as the {@code MicrometerListener} of
     * commerce-micrometer. Lock waits of a second or more are logged as warnings in any case.
     */
    public JdbcCommerce listener(CommerceListener listener) {
        listeners.add(Validation.required(listener, "listener"));
        return this;
    }

    /**
     * How many connections {@link #open} keeps, 2 to 1,000; default 10. For H2 in a file it keeps one, whatever is said
     * here. A pool of the host needs two as well, while the tables are created.
     */
    public JdbcCommerce poolSize(int connections) {
        this.poolSize = (int) Validation.range(connections, "connections", 2, 1_000);
        return this;
    }

    /**
     * How many calls of one use case may share a transaction, 1 to 1,000; default 64. Calls of this shop that would
     * wait for the same row, or for a connection, wait in line instead, first come, first served, and are then decided
     * together, each on its own: a hot row is locked once for all of them, and there is one commit. A call for which
     * nothing is in the way never waits for others. With 1 each call has a transaction of its own. Of no meaning for a
     * shop that joins transactions of the host's.
     */
    public JdbcCommerce callsPerTransaction(int calls) {
        this.callsPerTransaction = (int) Validation.range(calls, "calls", 1, 1_000);
        return this;
    }

    /**
     * The tables are in a schema of their own with this name; on MariaDB and MySQL, where that is another word for it,
     * in a database of their own. Default {@code commerce}, but on MariaDB and MySQL {@link #withPrefix}.
     *
     * @param schema a lower-case letter, then up to 29 lower-case letters, digits and underscores
     */
    public JdbcCommerce inSchema(String schema) {
        this.tables = TableNames.inSchema(schema);
        return this;
    }

    /**
     * The tables are in the connection's current schema or database, with names that begin so. Default on MariaDB and
     * MySQL: {@code commerce_}. Two prefixes are one too many where a name would belong to both, as with {@code x_} and
     * {@code x_user_}: the shop that comes second is refused before anything is created.
     *
     * @param prefix a lower-case letter, then up to 29 lower-case letters, digits and underscores; not {@code flyway_}
     */
    public JdbcCommerce withPrefix(String prefix) {
        this.tables = TableNames.withPrefix(prefix);
        return this;
    }

    /** Opening the shop only {@link CommerceSchema#verify verifies} its tables, and neither creates nor changes any. */
    public JdbcCommerce withoutMigration() {
        this.migrating = false;
        return this;
    }

    /**
     * The tables of this shop, to create, print or verify them without opening it.
     *
     * @throws CommerceException VALIDATION_ERROR if the database is not supported, or this is not a shop {@link #using}
     *     a data source
     * @throws StorageException if the database cannot be reached
     */
    public CommerceSchema schema() {
        if (source instanceof ShopSource.Hosts hosts) {
            return schema(hosts.pool(), Dialect.of(hosts.pool()));
        }
        throw Validation.refusal("say JdbcCommerce.using(dataSource) to get at the tables", Map.of());
    }

    /**
     * Opens the shop: creates or upgrades its tables, unless told otherwise, and checks that they are of this version
     * and kept in the currency of the settings, and that database and driver, as they are set up, compare, keep and
     * count as the shop needs. A shop that joins transactions of the host's does so at its first use, within one of
     * them, but for how the driver counts.
     *
     * @return the shop; closing it closes what {@link #open} opened
     * @throws CommerceException VALIDATION_ERROR if the database is not supported, a driver or Flyway's module for it
     *     is not on the class path, a transaction of the host's is running on the connection of a shop {@link #using}
     *     it, a setting of database or driver is in the way, the tables are not those of this version, or the shop is
     *     kept in another currency
     * @throws StorageException if the database cannot be reached, or its tables cannot be created
     */
    public CommerceFacade build() {
        refuseNeedlessRecognition();
        if (source instanceof ShopSource.Own own) {
            return opened(own.pool());
        }
        if (source instanceof ShopSource.Hosts hosts) {
            Dialect dialect = Dialect.of(hosts.pool());
            prepare(schema(hosts.pool(), dialect));
            return owning(hosts.pool(), dialect, dialect.setup(), () -> {});
        }
        if (source instanceof ShopSource.Within within) {
            Dialect dialect = Dialect.of(within.transactions());
            return joining(HostConnections.handedOutBy(within.transactions(), inTransaction), dialect);
        }
        Connection transaction = ((ShopSource.Joining) source).transaction();
        return joining(HostConnections.given(transaction), Dialect.of(transaction));
    }

    private void refuseNeedlessRecognition() {
        if (inTransaction != null && !(source instanceof ShopSource.Within)) {
            throw Validation.refusal(
                    "inTransactionWhen is for a shop within(dataSource): others do not ask whether a transaction is"
                            + " running",
                    Map.of());
        }
    }

    private CommerceFacade opened(ConnectionPool pool) {
        boolean oneAtATime = pool.url().isFileOfH2();
        HikariDataSource opened = pool.open(oneAtATime ? 1 : poolSize, settings.transactionRetry());
        try {
            Dialect dialect = Dialect.of(opened);
            if (oneAtATime) {
                try (HikariDataSource pair = pool.open(2, settings.transactionRetry())) { // migrating takes two
                    prepare(schema(pair, dialect));
                }
            } else {
                prepare(schema(opened, dialect));
            }
            return owning(opened, dialect, dialect.setupOnOwnPool(lockWait()), opened::close);
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private CommerceFacade owning(DataSource dataSource, Dialect dialect, ConnectionSetup setup, Runnable onClose) {
        Jdbi jdbi = JdbiConfig.set(
                Jdbi.create(StoreConnection.suppliedLater()), dialect, tables(dialect), settings.currency());
        ConnectionSource connections =
                new ConnectionSource(dataSource, dialect, setup, WriterLock.of(dataSource, dialect));
        Transactions transactions = new RetryingTransactions(
                jdbi, connections, settings.transactionRetry(), announcer(), callsPerTransaction);
        return new CommerceFacade(transactions, settings, clock, () -> {
            connections.close();
            onClose.run();
        });
    }

    private void prepare(CommerceSchema schema) {
        if (migrating) {
            schema.migrate();
            schema.verifyCurrency();
        } else {
            schema.verify();
        }
    }

    private CommerceFacade joining(HostConnections connections, Dialect dialect) {
        JoinedShop shop =
                new JoinedShop(dialect, tables(dialect), settings.currency(), JoinedSetup.of(dialect, lockWait()));
        HostTransactions transactions = new HostTransactions(connections, shop, announcer());
        return new CommerceFacade(transactions, settings, clock, transactions::close);
    }

    private CommerceSchema schema(DataSource dataSource, Dialect dialect) {
        return new CommerceSchema(dataSource, dialect, tables(dialect), settings.currency());
    }

    private TableNames tables(Dialect dialect) {
        return tables == null ? dialect.usualTables() : tables;
    }

    private ListenerNotifier announcer() {
        return new ListenerNotifier(listeners);
    }

    private Duration lockWait() {
        return settings.transactionRetry().lockWait();
    }
}
