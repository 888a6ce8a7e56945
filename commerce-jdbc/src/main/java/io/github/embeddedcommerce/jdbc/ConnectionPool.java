package io.github.embeddedcommerce.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.error.StorageException.Trouble;
import io.github.embeddedcommerce.error.Validation;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connection pool of a shop that brings its own. */
record ConnectionPool(
        String url, @Nullable String user, @Nullable String password) {
    private static final long CONNECTION_TIMEOUT_MILLIS = 10_000;

    /** Refuses a URL that no driver knows (VALIDATION_ERROR). The caller closes the pool. */
    HikariDataSource open(int size, Duration lockWait) {
        refuseUnknownUrl();
        HikariConfig config = new HikariConfig();
        config.setPoolName("embedded-commerce");
        config.setJdbcUrl(isH2File() && !lowerUrl().contains("write_delay") ? durable(url) : url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setAutoCommit(false); // every use case begins and ends a transaction
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(
                Dialect.ofUrl(url).orElseThrow(this::unknownUrl).lockWaitOfSession(lockWait));
        if (lowerUrl().startsWith("jdbc:h2:mem:")) {
            config.setMaxLifetime(0); // the database ends with its last connection
        }
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException failure) {
            throw new StorageException(
                    Trouble.CONNECTION_LOST, Outcome.NOTHING_CHANGED, "cannot connect to " + shownUrl(), failure);
        }
    }

    private void refuseUnknownUrl() {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException unknown) {
            throw unknownUrl();
        }
    }

    private CommerceException unknownUrl() {
        return Validation.refusal(
                "no JDBC driver of a supported database on the class path knows the URL " + shownUrl()
                        + ": add the driver of H2, PostgreSQL, MariaDB or MySQL",
                Map.of("url", shownUrl()));
    }

    /**
     * Whether it is a file that H2 writes within this process. While H2 writes to it, other connections may go on
     * changing tables, and it writes each table as it is by then: if the process is killed, half a transaction can be
     * in the file. So only one connection may write at a time.
     */
    boolean isH2File() {
        return lowerUrl().matches("jdbc:h2:(?!mem:|tcp:|ssl:).*");
    }

    private String lowerUrl() {
        return url.toLowerCase(Locale.ROOT);
    }

    /** H2 writes commits to disk half a second later unless told to do so at once. */
    private static String durable(String url) {
        return url + ";WRITE_DELAY=0";
    }

    /** Without parameters, which may hold a password. */
    private String shownUrl() {
        return url.split("[;?]", 2)[0];
    }
}
