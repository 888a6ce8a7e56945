package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionPool;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a data source that knows the transactions of the host. Outside of these it hands out others. That a
 * connection is in a transaction is seen by its autocommit, if that is on outside; if it is off there as well, only the
 * host can tell. Thread-safe if the data source is.
 */
final class HandedOutConnections implements HostConnections {
    private final DataSource dataSource;
    private final @Nullable BooleanSupplier inTransaction;
    private volatile boolean autoCommitIsUsual;

    /** Looks at a connection, whether its autocommit is on: then it is a usual one, for no transaction is running. */
    HandedOutConnections(DataSource dataSource, @Nullable BooleanSupplier inTransaction) {
        this.dataSource = dataSource;
        this.inTransaction = inTransaction;
        this.autoCommitIsUsual = ConnectionPool.autoCommitOf(dataSource).orElseGet(this::hasAutoCommitNow);
    }

    private boolean hasAutoCommitNow() {
        try (Connection connection = ConnectionPool.connectionOf(dataSource)) {
            return connection.getAutoCommit();
        } catch (SQLException unknown) {
            return false;
        }
    }

    @Override
    public Connection take() throws SQLException {
        if (inTransaction != null && !inTransaction.getAsBoolean()) {
            throw HostConnections.noTransaction();
        }
        return ConnectionPool.connectionOf(dataSource);
    }

    @Override
    public void requireTransaction(Connection taken) throws SQLException {
        if (taken.getAutoCommit()) {
            autoCommitIsUsual = true;
            throw HostConnections.noTransaction();
        }
        if (inTransaction == null && !autoCommitIsUsual) {
            throw Validation.refusal(
                    "it cannot be told whether a transaction is running, because autocommit is off in any case: say"
                            + " JdbcCommerce.inTransactionWhen(…) how it is told, or have the pool hand out connections"
                            + " with autocommit on",
                    Map.of());
        }
    }

    /**
     * That a transaction is running does not say that it is the one of this connection. If it is, the data source hands
     * out the same connection twice. Where autocommit is off only within transactions, that has said so already.
     */
    @Override
    public void requireOwn(Connection taken, Dialect dialect) throws SQLException {
        if (autoCommitIsUsual) {
            return;
        }
        try (Connection second = ConnectionPool.connectionOf(dataSource)) {
            if (!session(taken, dialect).equals(session(second, dialect))) {
                second.rollback();
                throw Validation.refusal(
                        "a transaction is running, but not on the connection that the data source hands out: give"
                                + " JdbcCommerce.within one that knows the transactions, such as Spring's"
                                + " TransactionAwareDataSourceProxy",
                        Map.of());
            }
        }
    }

    private static Optional<String> session(Connection connection, Dialect dialect) throws SQLException {
        String query = switch (dialect) {
            case H2 -> "select session_id()";
            case POSTGRESQL -> "select pg_backend_pid()";
            case MARIADB, MYSQL -> "select connection_id()";
        };
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    @Override
    public void giveBack(Connection taken) throws SQLException {
        taken.close();
    }
}
