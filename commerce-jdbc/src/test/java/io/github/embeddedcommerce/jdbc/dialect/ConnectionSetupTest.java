package io.github.embeddedcommerce.jdbc.dialect;

import static java.sql.Connection.TRANSACTION_READ_COMMITTED;
import static java.sql.Connection.TRANSACTION_REPEATABLE_READ;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.TcpProxy;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transaction of ours does to a connection of the host's: what it needs, and nothing that stays. */
class ConnectionSetupTest extends ShopTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("T1")
    void a_connection_of_the_hosts_goes_back_as_it_came(boolean autoCommit) throws SQLException {
        UserId ann = user("ann", 100);
        try (HikariDataSource hosts = hosts(autoCommit, 1, "TRANSACTION_REPEATABLE_READ")) {
            CommerceFacade theirs = JdbcCommerce.using(hosts).withoutMigration().build();
            String before = settingsOf(hosts);

            theirs.users().topUp(TopUp.of(ann, won(11)));
            refused(ErrorCode.USER_NOT_FOUND, () -> theirs.users().topUp(TopUp.of(new UserId("bob"), won(1))));

            assertThat(settingsOf(hosts)).isEqualTo(before);
            try (Connection connection = hosts.getConnection()) {
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(connection.getTransactionIsolation()).isEqualTo(TRANSACTION_REPEATABLE_READ);
            }
        }
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(111));
    }

    /** A pool may mend it by itself; a data source that is no pool hands on what it is given back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("T1")
    void autocommit_goes_back_as_it_came_also_where_no_pool_mends_it(boolean autoCommit) throws SQLException {
        UserId ann = user("ann", 100);
        List<Boolean> givenBack = new ArrayList<>();
        try (Connection only = pool.getConnection()) {
            only.setAutoCommit(autoCommit);
            int networkTimeout = only.getNetworkTimeout();
            CommerceFacade theirs = JdbcCommerce.using(handingOut(only))
                    .withoutMigration()
                    .clock(clock)
                    .build();

            theirs.users().topUp(TopUp.of(ann, won(11)));
            givenBack.add(only.getAutoCommit());
            refused(ErrorCode.USER_NOT_FOUND, () -> theirs.users().topUp(TopUp.of(new UserId("bob"), won(1))));
            givenBack.add(only.getAutoCommit());
            assertThat(only.getNetworkTimeout()).isEqualTo(networkTimeout);
            only.setAutoCommit(true);
        }
        assertThat(givenBack).containsExactly(autoCommit, autoCommit);
    }

    /** As application servers hand them out within a transaction of theirs, also with autocommit on. */
    @Test
    @Tag("T10")
    void a_connection_that_begins_and_ends_no_transaction_is_refused_and_left_as_it_is() throws SQLException {
        UserId ann = user("ann", 100);
        try (Connection only = pool.getConnection()) {
            int networkTimeout = only.getNetworkTimeout();
            AtomicBoolean managed = new AtomicBoolean();
            JdbcCommerce opening = JdbcCommerce.using(handingOut(only, managed)).withoutMigration();
            CommerceFacade theirs = opening.build();

            managed.set(true);
            refused(ErrorCode.VALIDATION_ERROR, () -> theirs.users().topUp(TopUp.of(ann, won(11))));
            refused(ErrorCode.VALIDATION_ERROR, () -> opening.build());
            assertThat(only.isValid(1)).isTrue();
            assertThat(only.getAutoCommit()).isTrue();
            assertThat(only.getNetworkTimeout()).isEqualTo(networkTimeout);

            managed.set(false);
            theirs.users().topUp(TopUp.of(ann, won(1)));
        }
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(101));
    }

    /** Hands this connection out again and again, and closes it never. */
    private static DataSource handingOut(Connection only) {
        return handingOut(only, new AtomicBoolean());
    }

    private static DataSource handingOut(Connection only, AtomicBoolean managed) {
        return new WatchedDataSource(() -> (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    if (managed.get()
                            && Set.of("setAutoCommit", "commit", "rollback").contains(method.getName())) {
                        throw new SQLException("not within a managed transaction");
                    }
                    try {
                        return method.invoke(only, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("T1")
    void our_transactions_are_read_committed_with_bounded_waits_whatever_the_pool_is_set_to(boolean autoCommit)
            throws SQLException {
        UserId ann = user("ann", 100);
        List<Integer> isolations = new ArrayList<>();
        List<String> bounds = new ArrayList<>();
        try (HikariDataSource hosts = hosts(autoCommit, 2, "TRANSACTION_REPEATABLE_READ")) {
            WatchedDataSource watched = new WatchedDataSource(hosts::getConnection);
            watched.tell(new WatchedDataSource.Watcher() {
                @Override
                public void before(String trip, Connection connection) throws SQLException {
                    if (trip.equals("commit")) {
                        bounds.add(lockWaitOf(connection));
                        isolations.add(isolationOf(connection));
                    }
                }
            });
            JdbcCommerce.using(watched)
                    .settings(CommerceSettings.defaults()
                            .withTransactionRetry(
                                    new TransactionRetry(Duration.ofMillis(1_500), 1, Duration.ofSeconds(30))))
                    .withoutMigration()
                    .build()
                    .users()
                    .topUp(TopUp.of(ann, won(1)));
        }
        assertThat(isolations).contains(TRANSACTION_READ_COMMITTED).doesNotContain(TRANSACTION_REPEATABLE_READ);
        assertThat(bounds).containsAnyOf("1500", "1500ms", "2");
    }

    @Test
    @Tag("T1")
    void setting_a_connection_up_takes_one_round_trip_on_mariadb_and_none_on_postgresql() {
        UserId ann = user("ann", 100);
        List<String> trips = tripsToFind(ann, Duration.ofSeconds(5));
        int setup = switch (Dialect.of(pool)) {
            case H2 -> 1; // within the process
            case POSTGRESQL -> 0;
            default -> 1;
        };
        assertThat(trips).hasSize(setup + 2);
    }

    /** It shows whether a transaction manager lets nobody else end what is on the connection. */
    @Test
    @Tag("T1")
    void a_rollback_of_nothing_is_not_sent() throws SQLException {
        if (database != Database.MARIADB && database != Database.POSTGRESQL) {
            return;
        }
        try (TcpProxy network = TcpProxy.before(pool.getJdbcUrl());
                Connection connection = DriverManager.getConnection(network.through(pool.getJdbcUrl()))) {
            connection.setAutoCommit(false);
            connection.setNetworkTimeout(Runnable::run, 1_000);
            Dialect.of(pool).setup().prepare(connection, new WaitBounds(Duration.ofSeconds(5), Duration.ZERO), false);

            network.fallSilent();
            connection.rollback();
            network.speakAgain();
        }
    }

    /** H2 would plan all statements of the connection anew, and MariaDB is a round trip away. */
    @Test
    @Tag("T4")
    void a_tighter_bound_of_the_hosts_stays_and_nothing_is_sent_for_it() {
        UserId ann = user("ann", 100);

        assertThat(tripsToFind(ann, Duration.ofSeconds(1)))
                .hasSameSizeAs(tripsToFind(ann, Duration.ofSeconds(5)))
                .noneMatch(trip -> trip.startsWith("set "));
    }

    /** MySQL has no word for it, but refuses to change what a running transaction is; and so does MariaDB. */
    @Test
    @Tag("T10")
    void a_running_transaction_is_also_told_by_setting_the_isolation_of_the_next_one() throws SQLException {
        if (database != Database.MARIADB) {
            return;
        }
        user("ann", 100);
        ConnectionSetup asOnMySql = ConnectionSetup.ofMySql("@@tx_isolation, 0", true);
        WaitBounds bounds = new WaitBounds(Duration.ofSeconds(5), Duration.ZERO);
        try (HikariDataSource hosts = hosts(false, 1, "TRANSACTION_READ_COMMITTED");
                Connection connection = hosts.getConnection()) {
            asOnMySql.prepare(connection, bounds, false);
            text(connection, own("select balance from <commerce>users"));

            refused(ErrorCode.VALIDATION_ERROR, () -> asOnMySql.prepare(connection, bounds, false));
            assertThat(isInTransaction(connection)).isTrue();
        }
    }

    /** What is sent for a look at a user, on a pool of the host's whose lock waits are bounded so. */
    private List<String> tripsToFind(UserId user, Duration hostsBound) {
        List<String> trips = new ArrayList<>();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        Dialect.of(pool).sessionSetup(hostsBound).ifPresent(config::setConnectionInitSql);
        try (HikariDataSource hosts = new HikariDataSource(config)) {
            WatchedDataSource watched = new WatchedDataSource(hosts::getConnection);
            CommerceFacade theirs =
                    JdbcCommerce.using(watched).withoutMigration().build();
            watched.tell(new WatchedDataSource.Watcher() {
                @Override
                public void before(String trip, Connection connection) {
                    trips.add(trip);
                }
            });
            theirs.users().find(user);
        }
        trips.remove("rollback"); // of nothing
        return trips;
    }

    private HikariDataSource hosts(boolean autoCommit, int size, String isolation) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(size);
        config.setTransactionIsolation(isolation);
        return new HikariDataSource(config);
    }

    private static String settingsOf(HikariDataSource hosts) throws SQLException {
        try (Connection connection = hosts.getConnection()) {
            String settings = lockWaitOf(connection) + " " + isolationOf(connection) + " " + connection.getAutoCommit()
                    + " " + connection.isReadOnly();
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return settings;
        }
    }

    private static String lockWaitOf(Connection connection) throws SQLException {
        return switch (Dialect.of(connection)) {
            case H2 -> text(connection, "select lock_timeout()");
            case POSTGRESQL -> text(connection, "show lock_timeout");
            default -> text(connection, "select @@innodb_lock_wait_timeout");
        };
    }

    /** Of the transaction that is running, where there is one: MariaDB has no variable for what is set for one only. */
    private static int isolationOf(Connection connection) throws SQLException {
        if (Dialect.of(connection) == Dialect.MARIADB && isInTransaction(connection)) {
            return isolationOfTransaction(connection).equals("READ COMMITTED")
                    ? TRANSACTION_READ_COMMITTED
                    : TRANSACTION_REPEATABLE_READ;
        }
        return connection.getTransactionIsolation();
    }

    private static boolean isInTransaction(Connection connection) throws SQLException {
        return text(connection, "select @@in_transaction").equals("1");
    }

    /**
     * Asks until the transaction is there: the server looks anew only when nobody has asked for a tenth of a second.
     */
    private static String isolationOfTransaction(Connection connection) throws SQLException {
        String level = "";
        for (long end = System.nanoTime() + 10_000_000_000L; level.isEmpty() && System.nanoTime() < end; ) {
            level = text(
                    connection,
                    "select trx_isolation_level from information_schema.innodb_trx where trx_mysql_thread_id = connection_id()");
            LockSupport.parkNanos(level.isEmpty() ? 150_000_000L : 0);
        }
        return level;
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
