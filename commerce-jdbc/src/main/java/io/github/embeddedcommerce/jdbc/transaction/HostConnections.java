package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the connection of the host's transaction comes from. As thread-safe as that. */
public interface HostConnections {
    /** The one connection on which the host has begun a transaction. It stays open. */
    static HostConnections given(Connection connection) {
        return new HostConnections() {
            @Override
            public Connection take() {
                return connection;
            }

            @Override
            public void requireTransaction(Connection taken) throws SQLException {
                if (taken.getAutoCommit()) {
                    throw noTransaction();
                }
            }

            @Override
            public void requireOwn(Connection taken, Dialect dialect) {}

            @Override
            public void giveBack(Connection taken) {}
        };
    }

    /**
     * Those that a data source hands out, which knows the transactions of the host.
     *
     * @param inTransaction says whether one is running; null if the autocommit of the connection says so
     */
    static HostConnections handedOutBy(DataSource dataSource, @Nullable BooleanSupplier inTransaction) {
        return new HandedOutConnections(dataSource, inTransaction);
    }

    /** The connection of the transaction that is running; refused if it is known that there is none. */
    Connection take() throws SQLException;

    /** Refuses a connection that is not certainly in a transaction, on which statements would be committed or lost. */
    void requireTransaction(Connection taken) throws SQLException;

    /** Refuses a connection that is not the one of the transaction that is running, if the database has to be asked. */
    void requireOwn(Connection taken, Dialect dialect) throws SQLException;

    /** The use case is over; the transaction goes on. */
    void giveBack(Connection taken) throws SQLException;

    /** Says that there is no transaction, and what to do. */
    static CommerceException noTransaction() {
        return Validation.refusal(
                "no transaction is running on this connection: begin one first, with autocommit off, and use a data"
                        + " source that hands out its connection",
                Map.of());
    }
}
