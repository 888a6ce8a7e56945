package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.Validation;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What differs between the supported databases. */
public enum Dialect {
    /** H2, embedded or as a server. */
    H2("h2") {
        /** Of two indexes that begin with the same column it prefers the shorter, such as that of a foreign key. */
        @Override
        public String indexHint(String index) {
            return " use index (" + index + ")";
        }

        /**
         * H2 fixes the state of those tables that it finds in a statement. Of several derived tables within a derived
         * table it sees one, and of subqueries within a derived table none; it sees all that the outermost query names.
         */
        @Override
        public String atOneMoment(Collection<String> named) {
            return named.stream()
                    .map(table -> "(select 1 from " + table + " fetch first 1 rows only)")
                    .collect(Collectors.joining(", ", "coalesce(", ", 1) = 1"));
        }

        @Override
        public Optional<String> sessionSetup(Duration lockWait) {
            return Optional.of("set lock_timeout " + lockWait.toMillis());
        }

        @Override
        public ConnectionSetup setup() {
            return ConnectionSetup.ofH2();
        }

        @Override
        public ConnectionSetup setupOnOwnPool(Duration lockWait) {
            return ConnectionSetup.ofH2(lockWait);
        }

        @Override
        public StorageError errorOf(String sqlState, int vendorCode) {
            return SqlErrorCodes.ofH2(sqlState, vendorCode);
        }
    },

    /** PostgreSQL. Has no vendor codes. */
    POSTGRESQL("postgresql") {
        @Override
        public void requireFlywayModule(ClassLoader classPath) {
            require("flyway-database-postgresql", "postgresql/PostgreSQLDatabaseType", classPath);
        }

        /** None: a pooler may hand the session to another client between two transactions. */
        @Override
        public Optional<String> sessionSetup(Duration lockWait) {
            return Optional.empty();
        }

        @Override
        public ConnectionSetup setup() {
            return ConnectionSetup.ofPostgres();
        }

        @Override
        public ConnectionSetup setupOnOwnPool(Duration lockWait) {
            return setup();
        }

        /** Any will do: PostgreSQL breaks a transaction off that would decide on what is no longer true. */
        @Override
        public boolean decidesRightlyIn(Connection connection) {
            return true;
        }

        @Override
        public boolean trustsStatistics() {
            return true;
        }

        @Override
        public String unlessThere() {
            return "on conflict do nothing"; // a failed insert would end the transaction
        }

        @Override
        public StorageError errorOf(String sqlState, int vendorCode) {
            return SqlErrorCodes.ofPostgres(sqlState);
        }
    },

    /** MariaDB. */
    MARIADB("mariadb") {
        @Override
        public String collation() {
            return "utf8mb4_nopad_bin";
        }

        @Override
        public String aggregatedOnce() {
            return "set statement optimizer_switch = 'split_materialized=off' for ";
        }
    },

    /** MySQL: like MariaDB but for the name of a collation, and for {@code fetch first}, which it does not know. */
    MYSQL("mariadb") {
        @Override
        public String collation() {
            return "utf8mb4_0900_bin";
        }

        @Override
        public String sql(String text) {
            return FETCH.matcher(text).replaceAll("limit $1");
        }
    };

    private static final Pattern FETCH = Pattern.compile("fetch first (\\S+) rows only");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    private final String scripts;

    Dialect(String scripts) {
        this.scripts = scripts;
    }

    /** The dialect of this database. Refuses one that is not supported, by its name (VALIDATION_ERROR). */
    public static Dialect of(DataSource dataSource) {
        try (Connection connection = ConnectionPool.connectionOf(dataSource)) {
            return of(connection);
        } catch (SQLException failure) {
            throw unreachable(failure);
        }
    }

    /** The dialect of the database behind this connection, which stays open. */
    public static Dialect of(Connection connection) {
        try {
            DatabaseMetaData database = connection.getMetaData();
            return named(database.getDatabaseProductName(), database.getDatabaseProductVersion());
        } catch (SQLException failure) {
            throw unreachable(failure);
        }
    }

    private static StorageException unreachable(SQLException failure) {
        return SqlFailure.unreachable("cannot ask the database for its name", failure, failure);
    }

    /**
     * The dialect of the database that calls itself so. MySQL's own driver calls MariaDB MySQL, but shows its version.
     */
    public static Dialect named(String product, String version) {
        String lower = version.toLowerCase(Locale.ROOT);
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2.notBefore(2, 2, 220, product, version); // unique keys with nulls distinct
            case "postgresql" -> POSTGRESQL.notBefore(10, 0, 0, product, version); // identity columns
            case "mariadb" -> mariaDb(version);
            case "mysql" ->
                lower.contains("mariadb")
                        ? mariaDb(version)
                        : MYSQL.notBefore(8, 0, 17, product, version); // the collation utf8mb4_0900_bin
            default ->
                throw Validation.refusal(
                        product + " is not a supported database: use H2, PostgreSQL, MariaDB or MySQL",
                        Map.of("database", product));
        };
    }

    /** Since 10.6 it has skip locked. To clients of MySQL's it shows its version behind one that they expect. */
    private static Dialect mariaDb(String version) {
        return MARIADB.notBefore(10, 6, 0, "MariaDB", version.replaceFirst("^5\\.5\\.5-", ""));
    }

    /** Refuses a version that lacks what we need, of which the youngest sets the limit. */
    private Dialect notBefore(int major, int minor, int patch, String product, String version) {
        Matcher numbers = VERSION.matcher(version);
        int[] needed = {major, minor, patch};
        for (int i = 0; i < needed.length && numbers.find(); i++) {
            int number = Integer.parseInt(numbers.group());
            if (number > needed[i]) {
                break;
            }
            if (number < needed[i]) {
                String oldest = major + "." + minor + "." + patch;
                throw Validation.refusal(
                        product + " " + version + " is too old: use " + oldest + " or later",
                        Map.of("database", product, "version", version, "min", oldest));
            }
        }
        return this;
    }

    /** The dialect that a JDBC URL speaks of; empty for a URL of a driver that we do not know. */
    public static Optional<Dialect> ofUrl(String url) {
        String[] parts = url.toLowerCase(Locale.ROOT).split(":", 3);
        return switch (parts.length > 1 ? parts[1] : "") {
            case "h2" -> Optional.of(H2);
            case "postgresql" -> Optional.of(POSTGRESQL);
            case "mariadb" -> Optional.of(MARIADB);
            case "mysql" -> Optional.of(MYSQL);
            default -> Optional.empty();
        };
    }

    /** Whether it speaks as MySQL does, which has no schemas, and whose statements that create tables commit. */
    public boolean isMySqlLike() {
        return this == MARIADB || this == MYSQL;
    }

    /** Where the tables are unless the host says otherwise. A schema of MySQL's is a whole database. */
    public TableNames usualTables() {
        return isMySqlLike() ? TableNames.withPrefix("commerce_") : TableNames.inSchema("commerce");
    }

    /** The folder of its schema scripts, on the class path. */
    public String scripts() {
        return "io/github/embeddedcommerce/jdbc/schema/" + scripts;
    }

    /** Refuses to go on without Flyway's module for this database, which the host brings (VALIDATION_ERROR). */
    public void requireFlywayModule(ClassLoader classPath) {
        if (isMySqlLike()) {
            require("flyway-mysql", "mysql/MySQLDatabaseType", classPath);
        }
    }

    final void require(String module, String type, ClassLoader classPath) {
        if (classPath.getResource("org/flywaydb/database/" + type + ".class") == null) {
            throw Validation.refusal(
                    "add org.flywaydb:" + module + " to the class path: Flyway needs it for " + this,
                    Map.of("missing", "org.flywaydb:" + module));
        }
    }

    /**
     * How text is compared: exactly, including case, accents and spaces at the end. Empty where that goes without
     * saying.
     */
    public String collation() {
        return "";
    }

    /**
     * What ends an {@code insert … select … where not exists (…)}, so that nothing happens either if another
     * transaction was faster; empty where the unique key then refuses the statement and nothing else. What is counted
     * must be rows of a statement with this ending.
     */
    public String unlessThere() {
        return "";
    }

    /** A statement in the words of this database. */
    public String sql(String text) {
        return text;
    }

    /**
     * What stands before a query for its derived tables to be aggregated once; empty where they always are. MariaDB may
     * do it anew for each row that one is joined with, which an estimate that is wrong makes quadratic.
     */
    public String aggregatedOnce() {
        return "";
    }

    /** Whether it plans joins by how many rows it has once counted, whatever the tables have become since. */
    public boolean trustsStatistics() {
        return false;
    }

    /** What has a table read by this index where the planner would take another; empty where it finds it by itself. */
    public String indexHint(String index) {
        return "";
    }

    /**
     * A condition that always holds, and has a query read all of these tables in the state of one moment, where the
     * database does not do so by itself. It belongs into the outermost query.
     */
    public String atOneMoment(Collection<String> named) {
        return "1 = 1";
    }

    /** An instant as it is handed to the driver. MySQL's times have no zone, so the driver must see none to convert. */
    public Object written(Instant instant) {
        OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
        return isMySqlLike() ? utc.toLocalDateTime() : utc;
    }

    /** The type of what {@link #written} hands over. */
    public int timeType() {
        return isMySqlLike() ? Types.TIMESTAMP : Types.TIMESTAMP_WITH_TIMEZONE;
    }

    /** Reads an instant back. */
    @Nullable
    public Instant instant(ResultSet row, String column) throws SQLException {
        if (isMySqlLike()) {
            LocalDateTime utc = row.getObject(column, LocalDateTime.class);
            return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
        }
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Reads an instant back. */
    @Nullable
    public Instant instant(ResultSet row, int column) throws SQLException {
        if (isMySqlLike()) {
            LocalDateTime utc = row.getObject(column, LocalDateTime.class);
            return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
        }
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /**
     * The statement that bounds the lock waits of a session for good, where a connection of a pool of our own is told
     * so when it is made. MySQL counts in whole seconds.
     */
    public Optional<String> sessionSetup(Duration lockWait) {
        return Optional.of("set innodb_lock_wait_timeout = " + ConnectionSetup.wholeSeconds(lockWait));
    }

    /**
     * Whether a thread that works on the database while it is interrupted closes it for everybody: H2 reads and writes
     * its file in the calling thread, and Java closes a file that an interrupted thread works on.
     */
    public boolean isBrokenByInterrupts() {
        return this == H2;
    }

    /** Whether it writes, and commits, on a connection that the host has set read-only; the others refuse to. */
    public boolean takesReadOnlyForHint() {
        return this == H2;
    }

    /** How a connection of a pool of our own, opened with this bound, is made ready for one transaction. */
    public ConnectionSetup setupOnOwnPool(Duration lockWait) {
        return ConnectionSetup.ofMySql(lockWait);
    }

    /** How a connection of a pool of the host's is made ready for one transaction. */
    public ConnectionSetup setup() {
        return this == MYSQL ? ConnectionSetup.ofMySql() : ConnectionSetup.ofMariaDb();
    }

    /** Whether a transaction of the host's has an isolation in which our decisions are right: READ COMMITTED. */
    public boolean decidesRightlyIn(Connection connection) throws SQLException {
        return connection.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED;
    }

    /** What this error means. */
    public StorageError errorOf(String sqlState, int vendorCode) {
        return SqlErrorCodes.ofMySql(sqlState, vendorCode);
    }
}
