package io.github.embeddedcommerce.jdbc.schema;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to create or upgrade the tables of one shop, which one host has at a time: a row in a table of its own. A
 * lock of the database's would be local to a node of a cluster; of two rows with one key, a cluster lets one commit,
 * too. Whoever dies with it holds it until its lease runs out, by the clock of the database. Thread-safe.
 */
public final class MigrationLock {
    /** What the table's name is behind the prefix. */
    public static final String NAME = "migration_lock";

    private static final Logger LOG = LoggerFactory.getLogger(MigrationLock.class);
    private static final int FAILURES = 20;
    private static final int RELEASES = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DataSource dataSource;
    private final Dialect dialect;
    private final TableNames tables;
    private final Duration lease;
    private final Duration patience;

    /**
     * @param lease how long whoever has it may take, in whole seconds
     * @param patience how long to wait for it; longer than the lease, so that whoever died with it is outlived
     */
    public MigrationLock(DataSource dataSource, Dialect dialect, TableNames tables, Duration lease, Duration patience) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.tables = tables;
        this.lease = lease;
        this.patience = patience;
    }

    /**
     * Does this work alone. Creates the schema of the tables, if they are to have one, and the lock's table.
     *
     * @throws StorageException LOCK_TIMEOUT if others do such work for longer than the patience; INTERRUPTED; or what
     *     the database says
     */
    public void alone(Runnable work) {
        String holder = UUID.randomUUID().toString();
        long deadline = System.nanoTime() + patience.toNanos();
        int failures = 0;
        while (true) {
            try {
                if (taken(holder)) {
                    break;
                }
            } catch (SQLException failure) { // somebody may have created or taken it at this very moment
                if (++failures == FAILURES) {
                    throw failed(failure);
                }
            }
            pause(deadline);
        }
        try {
            work.run();
        } finally {
            release(holder);
        }
    }

    private void pause(long deadline) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS / 4, PAUSE_NANOS));
        if (Thread.currentThread().isInterrupted()) {
            throw given(StorageError.INTERRUPTED, "the thread was interrupted while it waited");
        }
        if (System.nanoTime() > deadline) {
            throw given(StorageError.LOCK_TIMEOUT, "another host has been at it for " + patience + ": try again");
        }
    }

    private StorageException given(StorageError error, String why) {
        return new StorageException(
                error,
                Outcome.NOTHING_CHANGED,
                "cannot create or upgrade the tables of the shop in " + tables + ", " + why,
                null);
    }

    private StorageException failed(SQLException failure) {
        return SqlFailure.of(
                SqlFailure.errorOf(failure, dialect).orElse(StorageError.OTHER),
                Outcome.UNKNOWN,
                "cannot create the table " + tables.qualifier() + NAME,
                failure);
    }

    private boolean taken(String holder) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                create(connection);
                return update(connection, """
                        insert into <lock> (id, holder, held_until)
                        select 1, ?, <until> from (select 1 as one) x where not exists (select 1 from <lock>)
                        <unless_there>
                        """, holder) == 1
                        || update(
                                        connection,
                                        "update <lock> set holder = ?, held_until = <until> where id = 1 and held_until < <now>",
                                        holder)
                                == 1;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private void create(Connection connection) throws SQLException {
        SchemaContents contents = new SchemaContents(connection, tables);
        if (contents.columns().containsKey(tables.prefix() + NAME)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (tables.schema() != null && !contents.hasSchema()) {
                statement.execute("create schema " + tables.schema());
            }
            statement.execute("create table if not exists " + tables.qualifier() + NAME
                    + " (id int primary key, holder varchar(36) not null, held_until "
                    + (dialect.isMySqlLike() ? "datetime(6)" : "timestamp(6) with time zone") + " not null)"
                    + (dialect.isMySqlLike() ? " engine = InnoDB" : ""));
        }
    }

    /** A pool may hand out connections that have broken since: the next may be a good one. */
    private void release(String holder) {
        for (int tries = 1; tries <= RELEASES; tries++) {
            try (Connection connection = dataSource.getConnection()) {
                boolean autoCommit = connection.getAutoCommit();
                connection.setAutoCommit(true);
                update(connection, "delete from <lock> where id = 1 and holder = ?", holder);
                connection.setAutoCommit(autoCommit);
                return;
            } catch (SQLException failure) {
                LOG.debug("{}{} was not released", tables.qualifier(), NAME, failure);
            }
        }
        LOG.warn("{}{} is held until its lease runs out", tables.qualifier(), NAME);
    }

    private int update(Connection connection, String template, String holder) throws SQLException {
        String now = dialect.isMySqlLike() ? "utc_timestamp(6)" : "current_timestamp";
        String sql = template.replace("<lock>", tables.qualifier() + NAME)
                .replace("<until>", now + " + interval '" + lease.toSeconds() + "' second")
                .replace("<now>", now)
                .replace("<unless_there>", dialect.unlessThere())
                .strip();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, holder);
            return statement.executeUpdate();
        }
    }
}
