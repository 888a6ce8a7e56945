package io.github.embeddedcommerce.jdbc.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of the host's transaction, for as long as a use case or several of them join it. Not thread-safe. */
final class JoinedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JoinedConnection.class);

    private final Handle handle;
    private final Connection connection;
    private final HostConnections source;

    /**
     * The handle's connection is this one of the host's from now on.
     *
     * @param writes whether it may write
     */
    JoinedConnection(Handle handle, Connection connection, HostConnections source, boolean writes) {
        this.handle = handle;
        this.connection = connection;
        this.source = source;
        TransactionConnection.of(handle).connect(connection);
        if (!writes) {
            TransactionConnection.of(handle).refuseWrites();
        }
    }

    Handle handle() {
        return handle;
    }

    /** Never fails: whether the host's transaction is committed is not decided here. */
    @Override
    public void close() {
        TransactionConnection.of(handle).disconnect();
        handle.close();
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
