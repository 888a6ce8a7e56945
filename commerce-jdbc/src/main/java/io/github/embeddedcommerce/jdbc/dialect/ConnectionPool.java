package io.github.embeddedcommerce.jdbc.dialect;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The connection pool of a shop that brings its own. */
public record ConnectionPool(
        DatabaseUrl url, @Nullable String user, @Nullable String password) {
    private static final long SHORTEST_TIMEOUT_MILLIS = 250; // HikariCP takes no less
    private static final long LONGEST_VALIDATION_MILLIS = 5_000;

    /** Refuses a URL that no driver knows (VALIDATION_ERROR). The caller closes the pool. */
    public HikariDataSource open(int size, TransactionRetry retry) {
        refuseUnknownUrl();
        HikariConfig config = new HikariConfig();
        config.setPoolName("embedded-commerce");
        config.setJdbcUrl(url.completed());
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        long timeout = Math.max(SHORTEST_TIMEOUT_MILLIS, retry.total().toMillis());
        config.setConnectionTimeout(timeout); // of the first try; those that follow have what is left
        config.setValidationTimeout(Math.min(timeout, LONGEST_VALIDATION_MILLIS));
        Optional<String> sessionSetup =
                Dialect.ofUrl(url.value()).orElseThrow(this::unknownUrl).sessionSetup(retry.lockWait());
        if (sessionSetup.isPresent()) {
            config.setConnectionInitSql(sessionSetup.get());
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            config.setAutoCommit(false); // every use case begins and ends a transaction
            config.setIsolateInternalQueries(true); // no connection rests in a transaction
        }
        if (url.isInMemory()) {
            config.setMaxLifetime(0); // the database ends with its last connection
        }
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException failure) {
            throw SqlFailure.unreachable("cannot connect to " + url.shown(), failure, url.concealed(failure));
        }
    }

    /** A connection of any pool. One of HikariCP's that cannot start says so by an SQLException, like the others. */
    public static Connection connectionOf(DataSource dataSource) throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (PoolInitializationException failure) {
            throw new SQLException("the pool could not be started", failure);
        }
    }

    /**
     * Whether the connections of this pool have autocommit on when no transaction is running; empty if it does not say
     * so, which HikariCP does, also from within another data source.
     */
    public static Optional<Boolean> autoCommitOf(DataSource dataSource) {
        try {
            if (dataSource.isWrapperFor(HikariDataSource.class)) {
                return Optional.of(dataSource.unwrap(HikariDataSource.class).isAutoCommit());
            }
        } catch (SQLException | RuntimeException unknown) {
            return Optional.empty(); // such as a data source that routes, and does not know where to yet
        }
        return Optional.empty();
    }

    private void refuseUnknownUrl() {
        try {
            DriverManager.getDriver(url.value());
        } catch (SQLException unknown) {
            throw unknownUrl();
        }
    }

    private CommerceException unknownUrl() {
        String driver = url.driver().orElse("the driver of H2, PostgreSQL, MariaDB or MySQL");
        return Validation.refusal(
                "url",
                "is " + url.shown() + ", which no JDBC driver on the class path accepts: add " + driver,
                Map.of("url", url.shown(), "missing", driver));
    }
}
