package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.StorageException.Trouble;
import io.github.embeddedcommerce.error.Validation;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What differs between the supported databases. */
enum Dialect {
    /** H2, embedded or as a server. */
    H2("h2") {
        @Override
        String boundOnLockWaits(Duration bound) {
            return "set lock_timeout " + bound.toMillis();
        }

        @Override
        Trouble troubleByCode(int vendorCode) {
            return switch (vendorCode) {
                case 40001 -> Trouble.DEADLOCK;
                case 90131 -> Trouble.SERIALIZATION_FAILURE; // a row changed between being found and being locked
                case 50200 -> Trouble.LOCK_TIMEOUT;
                case 23505 -> Trouble.UNIQUE_VIOLATION;
                case 90067, 90098, 90121 -> Trouble.CONNECTION_LOST; // broken, closed, shut down
                default -> Trouble.OTHER;
            };
        }
    },

    /** PostgreSQL. Has no vendor codes. */
    POSTGRESQL("postgresql") {
        @Override
        String boundOnLockWaits(Duration bound) {
            return "set local lock_timeout = " + bound.toMillis();
        }

        @Override
        String unlessThere() {
            return "on conflict do nothing"; // a failed insert would end the transaction
        }

        @Override
        Trouble troubleByState(String sqlState) {
            return switch (sqlState) {
                case "40P01" -> Trouble.DEADLOCK;
                case "40001" -> Trouble.SERIALIZATION_FAILURE;
                case "55P03" -> Trouble.LOCK_TIMEOUT;
                case "23505" -> Trouble.UNIQUE_VIOLATION;
                case "57P01", "57P02", "57P03" -> Trouble.CONNECTION_LOST; // shut down, crashed, starting up
                default -> super.troubleByState(sqlState);
            };
        }
    },

    /** MariaDB. */
    MARIADB("mariadb") {
        @Override
        String collation() {
            return "utf8mb4_nopad_bin";
        }
    },

    /** MySQL: like MariaDB but for the name of a collation. */
    MYSQL("mariadb") {
        @Override
        String collation() {
            return "utf8mb4_0900_bin";
        }
    };

    private final String scripts;

    Dialect(String scripts) {
        this.scripts = scripts;
    }

    /** The dialect of this database. Refuses one that is not supported, by its name (VALIDATION_ERROR). */
    static Dialect of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData database = connection.getMetaData();
            return named(database.getDatabaseProductName(), database.getDatabaseProductVersion());
        }
    }

    /**
     * The dialect of the database that calls itself so. MySQL's own driver calls MariaDB MySQL, but shows its version.
     */
    static Dialect named(String product, String version) {
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            case "mariadb" -> MARIADB;
            case "mysql" -> version.toLowerCase(Locale.ROOT).contains("mariadb") ? MARIADB : MYSQL;
            default ->
                throw Validation.refusal(
                        product + " is not a supported database: use H2, PostgreSQL, MariaDB or MySQL",
                        Map.of("database", product));
        };
    }

    private boolean isMySqlLike() {
        return this == MARIADB || this == MYSQL;
    }

    /** Where the tables are unless the host says otherwise. A schema of MySQL's is a whole database. */
    Tables usualTables() {
        return isMySqlLike() ? Tables.withPrefix("commerce_") : Tables.inSchema("commerce");
    }

    /** The folder of its schema scripts. */
    String scripts() {
        return "classpath:io/github/embeddedcommerce/jdbc/schema/" + scripts;
    }

    /**
     * How text is compared: exactly, including case, accents and spaces at the end. Empty where that goes without
     * saying.
     */
    String collation() {
        return "";
    }

    /**
     * What ends an {@code insert … select … where not exists (…)}, so that nothing happens either if another
     * transaction was faster; empty where the unique key then refuses the statement and nothing else. What is counted
     * must be rows of a statement with this ending.
     */
    String unlessThere() {
        return "";
    }

    /** An instant as it is handed to the driver. MySQL's times have no zone, so the driver must see none to convert. */
    Object written(Instant instant) {
        OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
        return isMySqlLike() ? utc.toLocalDateTime() : utc;
    }

    /** The type of what {@link #written} hands over. */
    int timeType() {
        return isMySqlLike() ? Types.TIMESTAMP : Types.TIMESTAMP_WITH_TIMEZONE;
    }

    /** Reads an instant back. */
    @Nullable
    Instant instant(ResultSet row, String column) throws SQLException {
        if (isMySqlLike()) {
            LocalDateTime utc = row.getObject(column, LocalDateTime.class);
            return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
        }
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Makes statements on this connection wait no longer than this for a lock. */
    final void boundLockWaits(Connection connection, Duration bound) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(boundOnLockWaits(bound));
        }
    }

    /** The statement that does it. MySQL counts in whole seconds. */
    String boundOnLockWaits(Duration bound) {
        return "set innodb_lock_wait_timeout = "
                + Math.max(1, bound.plusMillis(999).toSeconds());
    }

    /** What this error means. Decided by SQLSTATE and vendor code, never by the message. */
    final Trouble trouble(String sqlState, int vendorCode) {
        Trouble trouble = troubleByCode(vendorCode);
        return trouble == Trouble.OTHER ? troubleByState(sqlState) : trouble;
    }

    /** By the code of the vendor, here MySQL's. */
    Trouble troubleByCode(int vendorCode) {
        if (!isMySqlLike()) {
            return Trouble.OTHER;
        }
        return switch (vendorCode) {
            case 1213 -> Trouble.DEADLOCK;
            case 1020 -> Trouble.SERIALIZATION_FAILURE; // a row changed since it was last read
            case 1205, 3572 -> Trouble.LOCK_TIMEOUT;
            case 1062, 1586 -> Trouble.UNIQUE_VIOLATION;
            // shut down, killed, aborted, gone away, lost, idle for too long
            case 1053, 1077, 1152, 1184, 1927, 2002, 2003, 2006, 2013, 2055, 4031 -> Trouble.CONNECTION_LOST;
            default -> Trouble.OTHER;
        };
    }

    /** By SQLSTATE. */
    Trouble troubleByState(String sqlState) {
        if (sqlState.startsWith("08")) {
            return Trouble.CONNECTION_LOST;
        }
        return sqlState.equals("40001") ? Trouble.SERIALIZATION_FAILURE : Trouble.OTHER; // a cluster's at commit
    }
}
