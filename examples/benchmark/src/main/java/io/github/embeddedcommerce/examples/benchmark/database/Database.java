package io.github.embeddedcommerce.examples.benchmark.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database of one contender's own. Immutable.
 *
 * @param server where it is
 * @param port where the server, or a network before it, listens; 0 if there is none
 * @param name its name
 */
public record Database(Server server, int port, String name) {
    /** The same database, reached by another port. */
    public Database at(int otherPort) {
        return new Database(server, otherPort, name);
    }

    /** Its URL, as somebody would write it who has not read the driver's manual. */
    public String url() {
        return server.url(port, name);
    }

    /** A new connection with autocommit off. */
    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url());
        connection.setAutoCommit(false);
        return connection;
    }

    /** Lets the server do now what it would do soon: statistics for its planner, and pages to the disk. */
    public void settle() {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            for (String task : server.housekeeping()) {
                statement.execute(task);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A pool as an engineer sets it up who knows the driver: autocommit off, READ COMMITTED, all connections open. */
    public HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url() + server.tuning());
        config.setMaximumPoolSize(size);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }
}
