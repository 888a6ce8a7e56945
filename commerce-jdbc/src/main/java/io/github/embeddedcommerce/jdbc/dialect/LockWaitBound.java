package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup.Undo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The bound on waits for locks that one transaction of ours has. As the time of its call runs out, it is tightened
 * before the next statement that may wait; where it belongs to the connection, it is set back in the end. Not
 * thread-safe.
 */
public final class LockWaitBound implements Undo {
    private static final Duration SHORTEST = Duration.ofMillis(1); // 0 would be no bound at all, or no wait

    private final Words words;
    private final boolean travels;
    private final long before;
    private long now;

    /** What a database counts in, rounded up. */
    private interface Units {
        long of(Duration duration);
    }

    /** How a database is told; and whether the end of the transaction undoes it. */
    private record Words(String setting, Units units, boolean endsWithTransaction) {
        static final Words POSTGRES = new Words("set local lock_timeout = ", Duration::toMillis, true);
        static final Words H2 = new Words("set lock_timeout ", Duration::toMillis, false);
        static final Words MYSQL = new Words("set innodb_lock_wait_timeout = ", ConnectionSetup::wholeSeconds, false);
    }

    private LockWaitBound(Words words, boolean travels, long before) {
        this.words = words;
        this.travels = travels;
        this.before = before;
        this.now = before;
    }

    /**
     * One that the transaction begins with.
     *
     * @param travels whether statements can be sent together
     */
    static LockWaitBound ofPostgres(Duration bound, boolean travels) {
        return new LockWaitBound(Words.POSTGRES, travels, bound.toMillis());
    }

    /** The one that the connection has, in milliseconds. */
    static LockWaitBound ofH2(long before) {
        return new LockWaitBound(Words.H2, false, before);
    }

    /** The one that the connection has, in seconds. */
    static LockWaitBound ofMySql(long before) {
        return new LockWaitBound(Words.MYSQL, false, before);
    }

    /** Sets it on this connection, unless it is as tight. */
    LockWaitBound atMost(Duration bound, Connection connection) throws SQLException {
        if (words.units.of(bound) < now) {
            set(words.units.of(bound), connection);
        }
        return this;
    }

    private void set(long bound, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(words.setting + bound);
        }
        now = bound;
    }

    /**
     * Before a statement that may wait: no longer than for what is left of the call. Most calls have time enough, and
     * nothing happens.
     *
     * @return what is to be sent together with that statement: empty, or ended by a semicolon
     */
    public String tightened(Duration left, Connection connection) throws SQLException {
        Duration bound = left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
        if (travels && words.units.of(bound) < now) {
            now = words.units.of(bound);
            return words.setting + now + "; ";
        }
        atMost(bound, connection);
        return "";
    }

    /** Sets it back, if it was changed and is not gone with the transaction. */
    @Override
    public void on(Connection connection) throws SQLException {
        if (now != before && !words.endsWithTransaction) {
            set(before, connection);
        }
    }
}
