package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A transaction of the host's that is running on a connection which was to have one of ours. It is refused, because
 * whatever ended ours would end it, too.
 */
public final class RunningTransaction {
    /** What drivers and servers say of a change that must not be made within a transaction: active_sql_transaction. */
    private static final String ACTIVE = "25001";

    private RunningTransaction() {}

    /**
     * Refuses a connection on which a transaction is running that has done something (VALIDATION_ERROR), and leaves it
     * as it is. One in which nothing has been done yet has nothing to lose. No round trip on PostgreSQL.
     */
    public static void refuseOn(Connection connection, Dialect dialect) throws SQLException {
        boolean running = switch (dialect) {
            case H2 -> text(connection, "select transaction_id()") != null;
            case MARIADB -> "1".equals(text(connection, "select @@in_transaction"));
            case POSTGRESQL -> isRunningOnPostgres(connection);
            case MYSQL -> !begunReadCommitted(connection);
        };
        if (running) {
            throw refusal();
        }
    }

    /** PostgreSQL's driver knows without asking, and refuses even a change that changes nothing. */
    static boolean isRunningOnPostgres(Connection connection) throws SQLException {
        try {
            connection.setReadOnly(connection.isReadOnly());
            return false;
        } catch (SQLException failure) {
            return isActive(failure);
        }
    }

    /**
     * Makes the next transaction on MariaDB or MySQL READ COMMITTED.
     *
     * @return false if one is running already
     */
    static boolean begunReadCommitted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level read committed");
            return true;
        } catch (SQLException failure) {
            return !isActive(failure);
        }
    }

    private static boolean isActive(SQLException failure) throws SQLException {
        if (ACTIVE.equals(failure.getSQLState())) {
            return true;
        }
        throw failure;
    }

    /** Says so, and what to do. */
    public static CommerceException refusal() {
        return Validation.refusal(
                "a transaction of the host's is running on the connection that the data source hands out, and would be"
                        + " committed with the shop's: give JdbcCommerce.using the pool itself, or join the transaction"
                        + " with JdbcCommerce.within",
                Map.of());
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
