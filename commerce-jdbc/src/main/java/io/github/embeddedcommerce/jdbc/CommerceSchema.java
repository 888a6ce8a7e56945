package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionPool;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.RunningTransaction;
import io.github.embeddedcommerce.jdbc.dialect.SettingsCheck;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.schema.FlywayConnections;
import io.github.embeddedcommerce.jdbc.schema.KeptShop;
import io.github.embeddedcommerce.jdbc.schema.MigrationHistory;
import io.github.embeddedcommerce.jdbc.schema.MigrationLock;
import io.github.embeddedcommerce.jdbc.schema.OccupiedNames;
import io.github.embeddedcommerce.jdbc.schema.SchemaContents;
import io.github.embeddedcommerce.jdbc.schema.SchemaScripts;
import io.github.embeddedcommerce.jdbc.schema.UnfinishedTables;
import io.github.embeddedcommerce.jdbc.schema.UnsupportedFlyway;
import io.github.embeddedcommerce.jdbc.store.DriverCheck;
import io.github.embeddedcommerce.jdbc.store.StatementFailed;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.ServiceConfigurationError;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.joda.money.CurrencyUnit;

/**
 * The tables of a shop: created, printed, or checked. A host gets it from {@link JdbcCommerce#schema()}, for the place
 * and the currency given there. Thread-safe.
 *
 * <p>{@link #migrate} is what opening a shop does by itself: Flyway creates and upgrades the tables from scripts of the
 * library's own, with a history table of its own, so that nothing collides with tables or migrations of the host,
 * whichever migrates first. A host that wants to do it by its own means takes {@link #writeSql} instead and opens the
 * shop with {@link JdbcCommerce#withoutMigration()}, which only {@link #verify verifies}.
 *
 * <p>All of it works on connections of its own, outside any transaction of the host's.
 */
public final class CommerceSchema {
    private static final Duration LEASE = Duration.ofMinutes(1); // to create the tables takes seconds

    private final DataSource dataSource;
    private final Dialect dialect;
    private final TableNames tables;
    private final CurrencyUnit currency;
    private final SchemaScripts scripts;

    CommerceSchema(DataSource dataSource, Dialect dialect, TableNames tables, CurrencyUnit currency) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.tables = tables;
        this.currency = currency;
        this.scripts = new SchemaScripts(
                dialect.scripts(),
                Map.of(
                        "commerce", tables.qualifier(),
                        "name", tables.prefix(),
                        "currency", currency.getCode(),
                        "collation", dialect.collation()));
    }

    /**
     * Creates the tables, or upgrades them; does nothing where they are up to date. Any number of hosts can do so at
     * once, also on different nodes of a cluster: one does, the others wait for it. What was left by a host that died
     * while it created them is removed and created anew, if no table has rows.
     *
     * @throws CommerceException VALIDATION_ERROR if the tables are newer than this library, something of another shop
     *     or application has a name that one of them would have, a creation was broken off and its tables have rows, a
     *     setting of database or driver is in the way, or the Flyway on the class path is none that this library works
     *     with, or lacks its module for the database
     * @throws StorageException if the database refuses, or another host is at it for more than two minutes; the outcome
     *     is UNKNOWN where some of the tables may be there: the next call goes on from there
     */
    public void migrate() {
        dialect.requireFlywayModule(CommerceSchema.class.getClassLoader());
        requireSettings();
        if (!isUpToDate()) {
            UnsupportedFlyway.refuse();
            inDatabase(this::refuseOccupied); // before the lock's own table is created
            new MigrationLock(dataSource, dialect, tables, LEASE, LEASE.plus(LEASE)).alone(this::migrateAlone);
        }
        requireDriver();
    }

    private boolean isUpToDate() {
        OptionalInt present = inDatabase(SchemaContents::version);
        if (present.isPresent() && present.getAsInt() > SchemaScripts.VERSION) {
            throw KeptShop.anotherVersion(present.getAsInt(), tables);
        }
        return present.equals(OptionalInt.of(SchemaScripts.VERSION));
    }

    private void migrateAlone() {
        if (isUpToDate()) {
            return; // another host was faster
        }
        try (FlywayConnections connections = new FlywayConnections(dataSource)) {
            inDatabase(this::removeUnfinished);
            flyway(connections).migrate();
        } catch (LinkageError | ServiceConfigurationError unsupported) {
            throw UnsupportedFlyway.refusal(unsupported);
        } catch (FlywayException | StorageException failure) {
            throw failed("create or upgrade", failure, Outcome.UNKNOWN);
        }
    }

    private Flyway flyway(FlywayConnections connections) {
        OptionalInt present = inDatabase(SchemaContents::version);
        FluentConfiguration flyway = Flyway.configure(CommerceSchema.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(connections.dataSource())
                .locations("classpath:" + scripts.folder())
                .placeholders(scripts.placeholders())
                .baselineOnMigrate(true)
                // the default, 1, would skip our first script in a schema that is not empty; and what the host has
                // created by the SQL we printed is not to be created again
                .baselineVersion(Integer.toString(present.orElse(0)));
        flyway.table(asStored(tables.prefix() + MigrationHistory.NAME));
        String schema = tables.schema();
        return (schema == null ? flyway.createSchemas(false) : flyway.defaultSchema(asStored(schema))).load();
    }

    /**
     * If nothing of a shop is there yet, what has one of its names belongs to somebody else, and stays untouched. The
     * names are read before the history: another host may be creating this shop meanwhile, and it creates the history
     * first, so names without a history are not its.
     */
    private boolean refuseOccupied(SchemaContents contents) throws SQLException {
        Set<String> occupied = OccupiedNames.in(contents, scripts, dialect);
        MigrationHistory history = new MigrationHistory(contents);
        if (contents.version().isPresent()) {
            return false;
        }
        if (history.isOfOthers()) {
            throw occupied(Set.of("table " + history.name()), "is the history of other migrations");
        }
        if (!occupied.isEmpty() && !history.isThere()) {
            throw occupied(occupied, "belong to another shop or application");
        }
        return true;
    }

    private boolean removeUnfinished(SchemaContents contents) throws SQLException {
        boolean creating = refuseOccupied(contents);
        if (creating && new MigrationHistory(contents).isThere()) {
            new UnfinishedTables(contents, scripts, dialect).remove();
        }
        return creating;
    }

    private CommerceException occupied(Set<String> names, String why) {
        return Validation.refusal(
                "no shop can be created in " + tables + ", where " + String.join(", ", names) + " " + why
                        + ": choose another place with inSchema or withPrefix",
                Map.of("occupied", List.copyOf(names).toString()));
    }

    private String asStored(String name) {
        return inDatabase(contents -> contents.asStored(name));
    }

    /**
     * Writes the SQL that creates the tables of this database, in this place and for this currency, to be applied by
     * the host: as it is, or as a migration of the host's own.
     */
    public void writeSql(Appendable out) throws IOException {
        Validation.required(out, "out");
        if (tables.schema() != null) {
            out.append("create schema if not exists ").append(tables.schema()).append(";\n\n");
        }
        out.append(scripts.sql());
    }

    /** The same into a file, which is replaced. */
    public void writeSql(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(Validation.required(file, "file"))) {
            writeSql(out);
        }
    }

    /**
     * Checks that every table and column is there, in the version that this library works with and kept in the currency
     * of the settings. Changes nothing.
     *
     * @throws CommerceException VALIDATION_ERROR naming what is missing, older, newer or different, and what to do
     * @throws StorageException if the database cannot be read
     */
    public void verify() {
        requireSettings();
        Map<String, Set<String>> present = inDatabase(SchemaContents::columns);
        List<String> missing = new ArrayList<>();
        scripts.columns().forEach((table, columns) -> {
            Set<String> there = present.getOrDefault(table, Set.of());
            if (there.isEmpty()) {
                missing.add("table " + table);
            } else {
                columns.stream()
                        .filter(column -> !there.contains(column))
                        .forEach(column -> missing.add("column " + column + " of table " + table));
            }
        });
        OptionalInt version = inDatabase(SchemaContents::version);
        if (version.isPresent() && version.getAsInt() != SchemaScripts.VERSION) {
            throw KeptShop.anotherVersion(version.getAsInt(), tables);
        }
        if (!missing.isEmpty()) {
            throw Validation.refusal(
                    "the shop in " + tables + " lacks " + String.join(", ", missing)
                            + ": call migrate(), or apply what writeSql() writes",
                    Map.of("missing", missing.toString()));
        }
        verifyCurrency();
        requireDriver();
    }

    /** Refuses another currency than the shop is kept in. */
    void verifyCurrency() {
        inDatabase(contents -> KeptShop.in(tables, contents.connection())).requireCurrency(currency);
    }

    private void requireSettings() {
        inDatabase(contents -> {
            SettingsCheck.require(contents.connection(), dialect);
            return true;
        });
    }

    /** Writes rows and takes them back. Where nothing may be written, nothing needs to be counted. */
    private void requireDriver() {
        try {
            inDatabase(contents -> {
                tryDriver(contents.connection());
                return true;
            });
        } catch (StorageException failure) {
            if (failure.error() != StorageError.READ_ONLY && failure.error() != StorageError.ACCESS_DENIED) {
                throw failure;
            }
        }
    }

    private void tryDriver(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        OptionalInt isolation = dialect.decidesRightlyIn(connection)
                ? OptionalInt.empty() // nothing is set that a pooler would keep
                : OptionalInt.of(connection.getTransactionIsolation());
        if (isolation.isPresent()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        if (autoCommit) {
            RunningTransaction.turnAutoCommitOff(connection, dialect);
        }
        try {
            DriverCheck.require(connection, dialect, tables, currency);
        } catch (RuntimeException failure) {
            suppressing(failure, () -> giveBack(connection, autoCommit, isolation));
            throw failure;
        }
        giveBack(connection, autoCommit, isolation);
    }

    private static void giveBack(Connection connection, boolean autoCommit, OptionalInt isolation) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        if (isolation.isPresent()) {
            connection.setTransactionIsolation(isolation.getAsInt());
        }
    }

    private <T> T inDatabase(Question<T> question) {
        try (Connection connection = ConnectionPool.connectionOf(dataSource)) {
            boolean beginsTransaction = !connection.getAutoCommit();
            if (beginsTransaction) {
                RunningTransaction.refuseOn(connection, dialect);
            }
            try {
                T answer = question.of(new SchemaContents(connection, tables));
                if (beginsTransaction) {
                    connection.rollback();
                }
                return answer;
            } catch (SQLException | RuntimeException failure) {
                if (beginsTransaction) {
                    suppressing(failure, connection::rollback);
                }
                throw failure;
            }
        } catch (SQLException | StatementFailed failure) {
            throw failed("look at", failure, Outcome.NOTHING_CHANGED);
        }
    }

    private interface Step {
        void take() throws SQLException;
    }

    /** What fails after a failure is told with it: the connection may be broken. */
    private static void suppressing(Exception failure, Step after) {
        try {
            after.take();
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }

    private interface Question<T> {
        T of(SchemaContents contents) throws SQLException;
    }

    private StorageException failed(String what, Exception failure, Outcome outcome) {
        StorageError error = SqlFailure.errorOf(failure, dialect).orElse(StorageError.OTHER);
        return SqlFailure.of(error, outcome, "cannot " + what + " the tables of the shop in " + tables, failure);
    }
}
