package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.jdbc.dialect.ConnectionSetup.Undo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a transaction of the host's is made ready for a use case that joins it, at no round trip of its own where that
 * can be, and given back: the host's own statements wait for locks, and are planned, as they were before. Lock waits
 * are bounded; a tighter bound of the host's stays. On MySQL the server's bound holds, which no single statement can be
 * given another one than. On PostgreSQL rows are found by indexes, as {@link ConnectionSetup#ofPostgres} says.
 * Immutable.
 *
 * @param opening sent with the first statement that may wait: a query, ended by a semicolon; empty for nothing
 * @param closing sent with the last: the query that undoes it
 * @param prefix what each statement that may wait begins with
 * @param start what is done before the first statement, in databases that are asked without a round trip
 */
public record JoinedSetup(String opening, String closing, String prefix, Start start) {
    private static final Pattern QUERY = Pattern.compile("\\s*(set statement \\S+ = '[^']*' for )?select");

    /** For transactions that are bounded in another way. */
    public static final JoinedSetup NONE = new JoinedSetup("", "", "", connection -> Undo.NOTHING);

    /** Bounds the waits on this connection, and says how to undo it. */
    public interface Start {
        Undo on(Connection connection) throws SQLException;
    }

    /** This bound on this database. MariaDB counts in whole seconds. */
    public static JoinedSetup of(Dialect dialect, Duration bound) {
        return switch (dialect) {
            case H2 -> new JoinedSetup("", "", "", connection -> boundH2(connection, bound));
            case POSTGRESQL -> ofPostgres(bound.toMillis());
            case MARIADB ->
                new JoinedSetup(
                        "",
                        "",
                        "set statement innodb_lock_wait_timeout = least(@@innodb_lock_wait_timeout, "
                                + ConnectionSetup.wholeSeconds(bound) + ") for ",
                        NONE.start);
            case MYSQL -> NONE;
        };
    }

    /** The transaction itself remembers what the host has set: nothing has to be read, a rollback undoes all of it. */
    private static JoinedSetup ofPostgres(long millis) {
        String bounded = "case when " + remembered("lock_timeout") + "::interval between '1 ms' and '" + millis
                + " ms' then current_setting('lock_timeout') else '" + millis + "' end";
        String off = "case when " + remembered("enable_seqscan") + " is not null then 'off' end";
        return new JoinedSetup(
                "select " + set("lock_timeout", bounded) + ", " + set("enable_seqscan", off) + "; ",
                "select " + setBack("lock_timeout") + ", " + setBack("enable_seqscan"),
                "",
                NONE.start);
    }

    private static String remembered(String name) {
        return set("embedded_commerce." + name, "current_setting('" + name + "')");
    }

    private static String setBack(String name) {
        return set(name, "current_setting('embedded_commerce." + name + "')");
    }

    private static String set(String name, String value) {
        return "set_config('" + name + "', " + value + ", true)";
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
