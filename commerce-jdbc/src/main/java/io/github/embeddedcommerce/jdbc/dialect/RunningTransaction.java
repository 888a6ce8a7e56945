package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.Validation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * A transaction of the host's that is running on a connection which was to have one of ours. It is refused, because
 * whatever ended ours would end it, too, or because a transaction manager (JTA) lets nobody else end it.
 */
public final class RunningTransaction {
    /** What drivers and servers say of a change that must not be made within a transaction: active_sql_transaction. */
    private static final String ACTIVE = "25001";

    private RunningTransaction() {}

    /**
     * Refuses a connection on which a transaction is running that has done something, or that only a transaction
     * manager may end (VALIDATION_ERROR), and leaves it as it is. Any other in which nothing has been done yet has
     * nothing to lose. No round trip on PostgreSQL.
     */
    public static void refuseOn(Connection connection, Dialect dialect) throws SQLException {
        boolean running = switch (dialect) {
            case H2 -> text(connection, "select transaction_id()") != null;
            case MARIADB -> "1".equals(text(connection, "select @@in_transaction"));
            case POSTGRESQL -> isRunningOnPostgres(connection);
            case MYSQL -> !begun(connection, text(connection, "select @@transaction_isolation")); // as it is
        };
        if (running) {
            throw refusal();
        }
        refuseManaged(connection, dialect);
    }

    /**
     * Refuses a connection whose transaction only a transaction manager may end (VALIDATION_ERROR): JDBC has it refuse
     * a rollback. It came with autocommit off, and nothing has been done on it yet. Drivers send no such rollback to
     * the server, but for MySQL's own, after which an isolation set for the next transaction holds no longer.
     */
    static void refuseManaged(Connection connection, Dialect dialect) throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException failure) {
            throw managedUnlessKnown(failure, dialect);
        }
    }

    /** Turns autocommit off, which a transaction manager may have refused as well (VALIDATION_ERROR). */
    public static void turnAutoCommitOff(Connection connection, Dialect dialect) throws SQLException {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException failure) {
            throw managedUnlessKnown(failure, dialect);
        }
    }

    /** PostgreSQL's driver knows without asking, and refuses even a change that changes nothing. */
    static boolean isRunningOnPostgres(Connection connection) throws SQLException {
        try {
            connection.setReadOnly(connection.isReadOnly());
            return false;
        } catch (SQLException failure) {
            if (isActive(failure)) {
                return true;
            }
            throw managedUnlessKnown(failure, Dialect.POSTGRESQL); // the driver itself refuses it for nothing else
        }
    }

    /**
     * Makes the next transaction on MariaDB or MySQL READ COMMITTED.
     *
     * @return false if one is running already
     */
    static boolean begunReadCommitted(Connection connection) throws SQLException {
        return begun(connection, "READ-COMMITTED");
    }

    /** The same with this isolation, as MySQL names it. */
    static boolean begun(Connection connection, String isolation) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level " + isolation.replace('-', ' '));
            return true;
        } catch (SQLException failure) {
            if (isActive(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean isActive(SQLException failure) {
        return ACTIVE.equals(failure.getSQLState());
    }

    /**
     * The refusal, where what the database or its driver refused is nothing that they refuse for a known reason, such
     * as that the connection is lost: then it was refused for the transaction's sake.
     */
    private static CommerceException managedUnlessKnown(SQLException failure, Dialect dialect) throws SQLException {
        if (!SqlFailure.errorOf(failure, dialect).equals(Optional.of(StorageError.OTHER))) {
            throw failure;
        }
        CommerceException refusal = refusal();
        refusal.addSuppressed(failure);
        return refusal;
    }

    /** Says so, and what to do. */
    public static CommerceException refusal() {
        return Validation.refusal(
                "a transaction of the host's, such as one of Spring's or of JTA's, is running on the connection that the"
                        + " data source hands out, and only the host may end it: join it with JdbcCommerce.within, or"
                        + " give JdbcCommerce.using a data source that takes no part in the host's transactions, such as"
                        + " the pool itself",
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
