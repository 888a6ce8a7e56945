package io.github.embeddedcommerce.jdbc.locks;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;

/** How many deadlocks a server has seen, whatever became of the transactions. H2 does not count them. */
record Deadlocks(Database database, HikariDataSource pool) {
    /** No connection of the pool is in use. */
    public long counted() throws SQLException {
        return switch (database) {
            case H2_IN_MEMORY, H2_IN_FILE -> 0;
            case POSTGRESQL -> countedByPostgres();
            case MARIADB ->
                number(
                        Dialect.of(pool) == Dialect.MYSQL
                                ? "select `count` from information_schema.innodb_metrics where name = 'lock_deadlocks'"
                                : "select variable_value from information_schema.global_status"
                                        + " where variable_name = 'INNODB_DEADLOCKS'");
        };
    }

    /** A session may keep to itself what it has seen until it ends. */
    private long countedByPostgres() throws SQLException {
        pool.getHikariPoolMXBean().softEvictConnections();
        long evicted = number("select extract(epoch from backend_start) * 1000000 from pg_stat_activity"
                + " where pid = pg_backend_pid()");
        String earlier = "select count(*) from pg_stat_activity where datname = current_database()"
                + " and extract(epoch from backend_start) * 1000000 < " + evicted;
        while (number(earlier) > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return number("select deadlocks from pg_stat_database where datname = current_database()");
    }

    private long number(String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
