package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.StorageException.Trouble;
import io.github.embeddedcommerce.error.Validation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/** What differs between the supported databases. */
enum Dialect {
    /** H2, embedded or as a server. */
    H2("H2") {
        @Override
        void boundLockWaits(Connection connection, Duration bound) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set lock_timeout " + bound.toMillis());
            }
        }

        @Override
        Trouble trouble(String sqlState, int vendorCode) {
            return switch (vendorCode) {
                case 40001 -> Trouble.DEADLOCK;
                case 90131 -> Trouble.SERIALIZATION_FAILURE; // a row changed between being found and being locked
                case 50200 -> Trouble.LOCK_TIMEOUT;
                case 23505 -> Trouble.UNIQUE_VIOLATION;
                case 90067, 90098, 90121 -> Trouble.CONNECTION_LOST; // broken, closed, shut down
                default -> sqlState.startsWith("08") ? Trouble.CONNECTION_LOST : Trouble.OTHER;
            };
        }
    };

    private final String productName;

    Dialect(String productName) {
        this.productName = productName;
    }

    /** The dialect of this database. Refuses one that is not supported, by its name (VALIDATION_ERROR). */
    static Dialect of(DataSource dataSource) throws SQLException {
        String name;
        try (Connection connection = dataSource.getConnection()) {
            name = connection.getMetaData().getDatabaseProductName();
        }
        for (Dialect dialect : values()) {
            if (dialect.productName.equalsIgnoreCase(name)) {
                return dialect;
            }
        }
        throw Validation.refusal(name + " is not a supported database", Map.of("database", name));
    }

    /** The folder of its schema scripts. */
    String scripts() {
        return "classpath:io/github/embeddedcommerce/jdbc/schema/" + name().toLowerCase(Locale.ROOT);
    }

    /** Makes statements on this connection wait no longer than this for a lock. */
    abstract void boundLockWaits(Connection connection, Duration bound) throws SQLException;

    /** What this error means. Decided by SQLSTATE and vendor code, never by the message. */
    abstract Trouble trouble(String sqlState, int vendorCode);
}
