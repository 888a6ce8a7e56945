package io.github.embeddedcommerce.jdbc.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of the host's transaction, for as long as a use case or several of them join it. Not thread-safe. */
final class JoinedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JoinedConnection.class);

    private final TransactionConnection transaction;
    private final Connection connection;
    private final HostConnections source;

    /**
     * On this connection of the host's.
     *
     * @param writes whether it may write
     */
    JoinedConnection(Jdbi jdbi, Connection connection, HostConnections source, boolean writes) {
        this.connection = connection;
        this.source = source;
        this.transaction = new TransactionConnection(jdbi, connection);
        if (!writes) {
            transaction.refuseWrites();
        }
    }

    TransactionConnection transaction() {
        return transaction;
    }

    /** Never fails: whether the host's transaction is committed is not decided here. */
    @Override
    public void close() {
        transaction.stores().close();
        giveBack(connection, source);
    }

    /** Never fails, either. */
    static void giveBack(Connection connection, HostConnections source) {
        try {
            source.giveBack(connection);
        } catch (SQLException failure) {
            LOG.debug("a connection of the host's could not be given back", failure);
        }
    }
}
