package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.SqlFailure;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The errors that databases really raise are known for what they are. */
@Tag("T3")
@Tag("E3")
class ProvokedErrorsTest extends ShopTest {
    @Test
    void a_connection_that_the_database_kills_is_replaced_and_the_use_case_happens_once() {
        UserId ann = user("ann", 100);
        AtomicInteger kills = new AtomicInteger();

        killingBefore("update", 1, kills).users().topUp(TopUp.of(ann, won(1)));

        assertThat(kills).hasValue(1);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(101));
    }

    @Test
    void a_connection_that_the_database_kills_at_commit_leaves_the_outcome_open() {
        UserId ann = user("ann", 100);
        AtomicInteger kills = new AtomicInteger();
        CommerceFacade killed = killingBefore("commit", 1, kills);

        assertThatThrownBy(() -> killed.users().topUp(TopUp.of(ann, won(1))))
                .isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.error()).isEqualTo(StorageError.CONNECTION_LOST);
                    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
                });
        assertThat(kills).hasValue(1);
        assertThat(killed.users().topUp(TopUp.of(ann, won(1))).after()).isEqualTo(won(101));
    }

    @Test
    void a_database_that_kills_every_connection_is_given_up_in_the_end() {
        UserId ann = user("ann", 100);
        AtomicInteger kills = new AtomicInteger();
        CommerceFacade killed = killingBefore("update", Integer.MAX_VALUE, kills);

        assertThatThrownBy(() -> killed.users().topUp(TopUp.of(ann, won(1))))
                .isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.error()).isEqualTo(StorageError.CONNECTION_LOST);
                    assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                });
        assertThat(kills).hasValue(10);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(100));
    }

    @Test
    void a_picture_that_is_no_longer_true_is_a_serialization_failure() throws SQLException {
        if (Dialect.of(pool) == Dialect.MYSQL) {
            return; // updates what has changed since, and says nothing
        }
        UserId ann = user("ann", 100);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (database == Database.MARIADB) {
                statement.execute("set innodb_snapshot_isolation = on");
            }
            connection.setTransactionIsolation(
                    database == Database.POSTGRESQL || database == Database.MARIADB
                            ? Connection.TRANSACTION_REPEATABLE_READ
                            : Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            String users = Dialect.of(pool).usualTables().qualifier() + "users";
            statement.executeQuery("select * from " + users).close();
            shop.users().topUp(TopUp.of(ann, won(1)));

            assertThatThrownBy(() -> statement.execute("update " + users + " set balance = 5"))
                    .satisfies(failure -> assertThat(SqlFailure.errorOf(failure, Dialect.of(pool)))
                            .isIn(Optional.of(StorageError.SERIALIZATION_FAILURE), Optional.of(StorageError.DEADLOCK)));
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            if (database == Database.MARIADB) {
                statement.execute("set innodb_snapshot_isolation = off");
            }
        }
    }

    @Test
    void a_check_that_fails_is_nothing_to_try_again() {
        UserId ann = user("ann", 100);
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> shop.inTransaction(joined -> {
                    runs.incrementAndGet();
                    joined.users().topUp(TopUp.of(ann, won(1)));
                    throw new IllegalStateException(failed("insert into <commerce>shop values (2, 'KRW', 1)"));
                }))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(failure -> assertThat(SqlFailure.errorOf(failure, Dialect.of(pool)))
                        .contains(StorageError.OTHER));
        assertThat(runs).hasValue(1);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(100));
    }

    private SQLException failed(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(own(sql));
            throw new AssertionError(sql + " was not refused");
        } catch (SQLException failure) {
            return failure;
        }
    }

    /** A shop whose connections the database itself kills before round trips that begin so. */
    private CommerceFacade killingBefore(String trip, int times, AtomicInteger kills) {
        String url = pool.getJdbcUrl();
        WatchedDataSource watched = new WatchedDataSource(() -> DriverManager.getConnection(url));
        CommerceFacade opened = JdbcCommerce.using(watched)
                .settings(CommerceSettings.defaults()
                        .withTransactionRetry(TransactionRetry.defaults().withTries(10)))
                .clock(clock)
                .build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String next, Connection connection) throws SQLException {
                if (next.startsWith(trip) && kills.get() < times) {
                    kills.incrementAndGet();
                    kill(connection);
                }
            }
        });
        return opened;
    }

    private void kill(Connection connection) throws SQLException {
        switch (Dialect.of(connection)) {
            case H2 -> byAnother("call abort_session(" + number(connection, "call session_id()") + ")");
            case POSTGRESQL ->
                byAnother("select pg_terminate_backend(" + number(connection, "select pg_backend_pid()") + ", 10000)");
            default -> byAnother("kill " + number(connection, "select connection_id()"));
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private void byAnother(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
