package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup.Undo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the lock waits of a use case that joins a transaction of the host's are bounded, at no round trip of its own
 * where that can be, so that the host's own statements wait afterwards as they did before. A tighter bound of the
 * host's stays. On MySQL the server's bound holds, which no single statement can be given another one than. Immutable.
 *
 * @param opening sent with the first statement that may wait: a query, ended by a semicolon; empty for nothing
 * @param closing sent with the last: the query that undoes it
 * @param prefix what each statement that may wait begins with
 * @param start what is done before the first statement, in databases that are asked without a round trip
 */
public record JoinedLockWait(String opening, String closing, String prefix, Start start) {
    private static final Pattern QUERY = Pattern.compile("\\s*(set statement \\S+ = '[^']*' for )?select");

    /** For transactions that are bounded in another way. */
    public static final JoinedLockWait NONE = new JoinedLockWait("", "", "", connection -> Undo.NOTHING);

    /** Bounds the waits on this connection, and says how to undo it. */
    public interface Start {
        Undo on(Connection connection) throws SQLException;
    }

    /** This bound on this database. MariaDB counts in whole seconds. */
    public static JoinedLockWait of(Dialect dialect, Duration bound) {
        return switch (dialect) {
            case H2 -> new JoinedLockWait("", "", "", connection -> boundH2(connection, bound));
            case POSTGRESQL -> ofPostgres(bound.toMillis());
            case MARIADB ->
                new JoinedLockWait(
                        "",
                        "",
                        "set statement innodb_lock_wait_timeout = least(@@innodb_lock_wait_timeout, "
                                + ConnectionSetup.wholeSeconds(bound) + ") for ",
                        NONE.start);
            case MYSQL -> NONE;
        };
    }

    /** The transaction itself remembers the host's bound: nothing has to be read, and a rollback undoes all of it. */
    private static JoinedLockWait ofPostgres(long millis) {
        String hosts = "current_setting('lock_timeout')";
        String remembered = "set_config('embedded_commerce.lock_timeout', " + hosts + ", true)";
        String bounded = "case when " + remembered + "::interval between '1 ms' and '" + millis + " ms' then " + hosts
                + " else '" + millis + "' end";
        return new JoinedLockWait(
                "select set_config('lock_timeout', " + bounded + ", true); ",
                "select set_config('lock_timeout', current_setting('embedded_commerce.lock_timeout'), true)",
                "",
                NONE.start);
    }

    private static Undo boundH2(Connection connection, Duration bound) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long before;
            try (ResultSet row = statement.executeQuery("select lock_timeout()")) {
                row.next();
                before = row.getLong(1);
            }
            if (before <= bound.toMillis()) {
                return Undo.NOTHING;
            }
            statement.execute("set lock_timeout " + bound.toMillis());
            return reset -> {
                try (Statement resetting = reset.createStatement()) {
                    resetting.execute("set lock_timeout " + before);
                }
            };
        }
    }

    /** A statement of the shop's, bounded as far as its own words can do it. */
    public String bounded(String sql) {
        return !prefix.isEmpty() && mayWait(sql) ? prefix + sql : sql;
    }

    /** Whether a statement of the shop's may wait for a lock: all but plain queries. Its words are in lower case. */
    public static boolean mayWait(String sql) {
        return !QUERY.matcher(sql).lookingAt() || sql.contains("for update");
    }
}
