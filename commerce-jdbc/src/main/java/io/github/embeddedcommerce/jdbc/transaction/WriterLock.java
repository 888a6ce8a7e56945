package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.jdbc.dialect.ConnectionPool;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.JoinedSetup;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Has the transactions that lock or write rows of one file of H2 follow each other, whatever pools and shops of this
 * process they belong to. A rollback of H2's can put the old version of a row back twice, if another connection writes
 * the file meanwhile; after the first time the row is free, and what somebody else commits in between is lost. Other
 * databases, H2 in memory and transactions that only read are in nobody's way. Thread-safe.
 */
public final class WriterLock {
    private static final int LOCK_TIMEOUT_OF_H2 = 50_200;
    private static final Map<String, WriterLock> OF_FILES = new ConcurrentHashMap<>();
    private static final WriterLock NONE = new WriterLock(null);

    private final @Nullable ReentrantLock lock;

    private WriterLock(@Nullable ReentrantLock lock) {
        this.lock = lock;
    }

    /** The lock of this database, the same for all who are connected to the same file. */
    public static WriterLock of(DataSource dataSource, Dialect dialect) {
        if (dialect != Dialect.H2) {
            return NONE;
        }
        try (Connection connection = ConnectionPool.connectionOf(dataSource)) {
            String file = file(connection);
            return file == null ? NONE : OF_FILES.computeIfAbsent(file, any -> new WriterLock(new ReentrantLock(true)));
        } catch (SQLException failure) {
            throw SqlFailure.unreachable("cannot ask the database for its file", failure, failure);
        }
    }

    private static @Nullable String file(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select database_path()")) {
            row.next();
            return row.getString(1);
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    /** For one transaction, which waits for its turn no longer than this. */
    Turn turn(Duration atMost) {
        return new Turn(lock, atMost);
    }

    /** The turn of one transaction, from its first statement that locks or writes to its end. Not thread-safe. */
    static final class Turn {
        /** Of a transaction that needs none. */
        static final Turn NONE = new Turn(null, Duration.ZERO);

        private final @Nullable ReentrantLock lock;
        private final Duration atMost;
        private boolean held;
        private boolean interrupted;

        private Turn(@Nullable ReentrantLock lock, Duration atMost) {
            this.lock = lock;
            this.atMost = atMost;
        }

        /**
         * Waits for it, unless this statement only reads.
         *
         * @throws SQLException with H2's own code for a lock timeout if others take too long
         */
        void takeFor(String sql) throws SQLException {
            if (lock == null || held || !JoinedSetup.mayWait(sql)) {
                return;
            }
            held = acquired(lock);
            if (!held) {
                throw new SQLException("others write to the file of H2", "HYT00", LOCK_TIMEOUT_OF_H2);
            }
        }

        /** Holds an interrupt back until the end, for the file must not be worked on with it. */
        private boolean acquired(ReentrantLock free) {
            long end = System.nanoTime() + atMost.toNanos();
            while (true) {
                try {
                    return free.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }

        /** The transaction has been committed or rolled back, or its connection ended. */
        void end() {
            if (lock != null && held) {
                held = false;
                lock.unlock();
            }
            if (interrupted) {
                interrupted = false;
                Thread.currentThread().interrupt();
            }
        }
    }
}
