package io.github.embeddedcommerce.jdbc.plans;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Does something to each table of a shop in PostgreSQL. */
final class EachTable {
    /** Nothing is analyzed but by the test. */
    static final String UNATTENDED = "execute format('alter table %s set (autovacuum_enabled = off)', one);";

    private EachTable() {}

    /** Executes statements of PL/pgSQL in which {@code one} is a table. */
    static void of(HikariDataSource pool, String statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    do $$
                    declare
                      one regclass;
                    begin
                      for one in select oid from pg_class where relnamespace = 'commerce'::regnamespace and relkind = 'r' loop
                    """ + statements + " end loop; end $$");
        }
    }
}
