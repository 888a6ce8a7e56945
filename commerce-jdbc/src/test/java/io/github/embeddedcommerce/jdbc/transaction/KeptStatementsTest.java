package io.github.embeddedcommerce.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Selects that lock, which stay prepared on the connections of H2. */
class KeptStatementsTest {
    private static final String LOCK = "select id from place where id = ? for update";

    private final KeptStatements statements = new KeptStatements(Dialect.H2, true);
    private HikariDataSource pool;

    @BeforeEach
    void connect() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:kept_statements;LOCK_TIMEOUT=1");
        config.setMaximumPoolSize(2);
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table place (id int primary key)");
            statement.execute("insert into place values (1)");
            connection.commit();
        }
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    @Tag("T1")
    void what_is_prepared_once_locks_in_each_transaction() throws SQLException {
        try (Connection one = pool.getConnection();
                Connection other = pool.getConnection()) {
            PreparedStatement kept = statements.on(one, LOCK);
            for (int transaction = 1; transaction <= 2; transaction++) {
                assertThat(locked(statements.on(one, LOCK))).isTrue();

                assertThatThrownBy(() -> locked(statements.on(other, LOCK))).isInstanceOf(SQLTimeoutException.class);

                one.commit();
                assertThat(locked(statements.on(other, LOCK))).isTrue();
                other.rollback();
            }
            assertThat(statements.on(one, LOCK)).isSameAs(kept);
            assertThat(statements.on(other, LOCK)).isNotSameAs(kept);
        }
    }

    @Test
    @Tag("T1")
    void a_connection_that_takes_the_place_of_a_broken_one_prepares_anew() throws SQLException {
        try (Connection other = pool.getConnection();
                Connection broken = pool.getConnection()) {
            assertThat(locked(statements.on(broken, LOCK))).isTrue();
            Connection physical = broken.unwrap(Connection.class);
            pool.evictConnection(broken);
            physical.close();

            assertThat(locked(statements.on(other, LOCK))).isTrue(); // what the broken one had locked is free
            other.rollback();
        }

        try (Connection one = pool.getConnection();
                Connection other = pool.getConnection()) {
            assertThat(locked(statements.on(one, LOCK))).isTrue();
            one.rollback();
            assertThat(locked(statements.on(other, LOCK))).isTrue();
            other.rollback();
        }
    }

    @Test
    @Tag("T1")
    void what_does_not_lock_and_what_others_keep_is_not_kept() {
        assertThat(statements.keeps(LOCK)).isTrue();
        assertThat(statements.keeps("select id from place where id = ?")).isFalse();
        assertThat(statements.keeps("update place set id = ?")).isFalse();
        assertThat(new KeptStatements(Dialect.POSTGRESQL, true).keeps(LOCK)).isFalse();
        assertThat(new KeptStatements(Dialect.H2, false).keeps(LOCK)).isFalse();
    }

    /** As a store does it: it closes the statement. */
    private static boolean locked(PreparedStatement statement) throws SQLException {
        try (statement) {
            statement.setInt(1, 1);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
