package io.github.embeddedcommerce.jdbc.transaction;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionPool;
import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where our transactions get their connections: a pool of our own or of the host's. Thread-safe. */
public final class ConnectionSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSource.class);
    private static final int USUAL_SIZE = 10;
    private static final int TRIALS = 5;
    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(2);
    private static final long SHORT_TRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DataSource dataSource;
    private final Dialect dialect;
    private final ConnectionSetup setup;
    private final WriterLock writers;
    private final KeptStatements statements;
    private final boolean autoCommitIsUsual;
    private volatile boolean closed;

    /**
     * @param dialect of the database
     * @param setup how its connections are made ready for a transaction
     * @param writers whose turn it is to write
     */
    public ConnectionSource(DataSource dataSource, Dialect dialect, ConnectionSetup setup, WriterLock writers) {
        this.autoCommitIsUsual = ConnectionPool.autoCommitOf(dataSource).orElse(false);
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.setup = setup;
        this.writers = writers;
        this.statements = new KeptStatements(dialect, dataSource instanceof HikariDataSource);
    }

    /** How many connections there can be; as good as unknown for a pool that is not HikariCP's. */
    int size() {
        return dataSource instanceof HikariDataSource hikari ? hikari.getMaximumPoolSize() : USUAL_SIZE;
    }

    /**
     * Whether a round trip to the database is short: then its processors are what calls wait for, and not the way to
     * it. A database that does not answer counts as distant.
     */
    boolean isNear() {
        try (Connection connection = take(LONGEST_TRIAL)) {
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < TRIALS; i++) {
                shortest = Math.min(shortest, roundTripNanos(connection));
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return shortest < SHORT_TRIP_NANOS;
        } catch (SQLException failure) {
            LOG.debug("how far away the database is cannot be told", failure);
            return false;
        }
    }

    private static long roundTripNanos(Connection connection) throws SQLException {
        long begun = System.nanoTime();
        try (Statement statement = connection.createStatement();
                ResultSet one = statement.executeQuery("select 1")) {
            one.next();
        }
        return System.nanoTime() - begun;
    }

    Dialect dialect() {
        return dialect;
    }

    ConnectionSetup setup() {
        return setup;
    }

    WriterLock writers() {
        return writers;
    }

    KeptStatements statements() {
        return statements;
    }

    /** Whether autocommit is known to be on where no transaction is running. */
    boolean autoCommitIsUsual() {
        return autoCommitIsUsual;
    }

    /**
     * A connection.
     *
     * @param atMost how long to wait for one. A pool of HikariCP waits no longer, and no longer than it is set to; any
     *     other waits as long as it is set to
     * @throws SQLException if there is none
     */
    Connection take(Duration atMost) throws SQLException {
        if (isClosed()) {
            throw new SQLException("closed");
        }
        if (dataSource instanceof HikariDataSource hikari && hikari.getHikariPoolMXBean() instanceof HikariPool pool) {
            return pool.getConnection(Math.max(1, Math.min(hikari.getConnectionTimeout(), atMost.toMillis())));
        }
        return ConnectionPool.connectionOf(dataSource);
    }

    /** Why there was no connection. */
    StorageException refused(SQLException failure, String useCase) {
        return SqlFailure.of(errorOf(failure), Outcome.NOTHING_CHANGED, useCase + " failed", failure);
    }

    private StorageError errorOf(SQLException failure) {
        if (isClosed()) {
            return StorageError.SHOP_CLOSED;
        }
        StorageError error = SqlFailure.errorOf(failure, dialect).orElse(StorageError.OTHER);
        return error == StorageError.BUSY && waitsForServer() ? StorageError.CONNECTION_LOST : error;
    }

    /** Whether the pool may have more connections than it has: then the server did not give it one in time. */
    private boolean waitsForServer() {
        return dataSource instanceof HikariDataSource hikari
                && hikari.getHikariPoolMXBean().getTotalConnections() < hikari.getMaximumPoolSize();
    }

    /**
     * Sees to it that nobody is given a connection that could not be rolled back. HikariCP is told to forget it: H2
     * calls a connection valid whose database is closed. To any other pool it is given back aborted, as far as the
     * driver can; closed behind the back of its pool, it would be handed out again.
     */
    void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
            if (dataSource instanceof HikariDataSource hikari) {
                Connection physical = connection.unwrap(Connection.class);
                hikari.evictConnection(connection);
                physical.close();
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("a broken connection could not be ended", failure);
        }
    }

    private boolean isClosed() {
        return closed || (dataSource instanceof HikariDataSource hikari && hikari.isClosed());
    }

    /** Hands out no more connections. The pool stays as it is. */
    @Override
    public void close() {
        closed = true;
    }
}
