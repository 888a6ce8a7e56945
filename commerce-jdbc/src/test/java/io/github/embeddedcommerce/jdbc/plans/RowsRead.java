package io.github.embeddedcommerce.jdbc.plans;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Counts what PostgreSQL reads: rows of tables that are read from end to end, and entries of indexes. */
final class RowsRead {
    private static final String READ = """
            select (select sum(seq_tup_read) from pg_stat_user_tables)
              + (select sum(idx_tup_read) from pg_stat_user_indexes)
            """;

    private RowsRead() {}

    /** Something that reads. */
    interface Work {
        void run() throws SQLException;
    }

    /** What this reads, on the sessions of this pool. */
    static long during(HikariDataSource pool, Work work) throws SQLException {
        long before = untilNow(pool);
        work.run();
        return untilNow(pool) - before;
    }

    /** Each session is told to report what it has read, which it else does once in a while. */
    private static long untilNow(HikariDataSource pool) throws SQLException {
        List<Connection> sessions = new ArrayList<>();
        try {
            while (sessions.size() < pool.getMaximumPoolSize()) {
                Connection session = pool.getConnection();
                sessions.add(session);
                try (Statement statement = session.createStatement()) {
                    statement.execute("select pg_stat_force_next_flush()");
                }
            }
            try (Statement statement = sessions.get(0).createStatement();
                    ResultSet row = statement.executeQuery(READ)) {
                row.next();
                return row.getLong(1);
            }
        } finally {
            for (int i = sessions.size() - 1; i >= 0; i--) {
                sessions.get(i).close(); // a pool hands out what came back last: the session that was used before
            }
        }
    }
}
