package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.UseCases;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.hosts.Host.Mode;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.job.SnapshotPopularProducts;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No call waits longer than its settings say, whoever opened the pool and whatever its autocommit. */
@Tag("T4")
@Tag("E3")
class BoundedWaitsTest extends ShopTest {
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(30);

    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");
    private HikariDataSource hosts = new HikariDataSource();

    @BeforeEach
    void a_mug_and_a_user() {
        mug = product("MUG", 1_000, 10).option("MUG").id();
        ann = user("ann", 50_000);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false"})
    void a_wait_for_a_lock_ends_within_its_bound(Mode mode, boolean autoCommit) {
        try (Host host = host(
                mode,
                autoCommit,
                retry(Duration.ofSeconds(1), Duration.ofSeconds(10)).withTries(1))) {
            afterARollback(host);
            whileLocked(
                    "stock where option_id = " + mug,
                    () -> assertThat(failing(host, StorageError.LOCK_TIMEOUT))
                            .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4)));
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false"})
    void a_call_ends_within_its_bound_however_often_it_is_tried(Mode mode, boolean autoCommit) {
        try (Host host = host(mode, autoCommit, retry(Duration.ofMillis(500), Duration.ofSeconds(3)))) {
            afterARollback(host);
            whileLocked(
                    "stock where option_id = " + mug,
                    () -> assertThat(failing(host, StorageError.LOCK_TIMEOUT))
                            .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(6)));
        }
    }

    /** The pool's own bound on lock waits is tightened for the one call, and there again for the next. */
    @Test
    void the_second_lock_is_waited_for_no_longer_than_the_first_has_left_of_the_time() {
        TransactionRetry once =
                retry(Duration.ofSeconds(2), Duration.ofSeconds(2)).withTries(1);
        try (Host host = host(Mode.OPEN, true, once)) {
            whileLocked("users where id = 'ann'", () -> {
                Duration lateInTheCall = failing(StorageError.LOCK_TIMEOUT, () -> host.call(this::topUpLate));
                Duration nextCall = failing(
                        StorageError.LOCK_TIMEOUT,
                        () -> host.call(shop -> shop.users().topUp(TopUp.of(ann, won(1)))));

                assertThat(lateInTheCall).isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_900));
                assertThat(nextCall).isBetween(Duration.ofMillis(1_800), Duration.ofSeconds(4));
            });
        }
    }

    private BalanceChange topUpLate(CommerceFacade shop) {
        return shop.inTransaction(joined -> {
            joined.products().receiveStock(ReceiveStock.of(mug, 1));
            LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
            return joined.users().topUp(TopUp.of(ann, won(1)));
        });
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false"})
    void a_wait_for_a_connection_ends_within_the_bound_of_the_call_and_is_told_as_busy(Mode mode, boolean autoCommit)
            throws Exception {
        try (Host host = host(mode, autoCommit, retry(Duration.ofSeconds(1), Duration.ofSeconds(1)))) {
            CountDownLatch taken = new CountDownLatch(2);
            CountDownLatch enough = new CountDownLatch(1);
            ExecutorService others = Executors.newFixedThreadPool(2);
            try {
                int connections = mode == Mode.OPEN && database == Database.H2_IN_FILE ? 1 : 2;
                for (int other = 0; other < connections; other++) {
                    others.execute(
                            () -> host.call(shop -> shop.inTransaction(joined -> occupy(joined, taken, enough))));
                }
                for (int missing = connections; missing < 2; missing++) {
                    taken.countDown();
                }
                taken.await();

                Duration waited = failing(host, StorageError.BUSY);

                assertThat(waited).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
            } finally {
                enough.countDown();
                others.shutdown();
                assertThat(others.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    private boolean occupy(UseCases joined, CountDownLatch taken, CountDownLatch enough) {
        boolean found = joined.users().find(ann).isPresent();
        taken.countDown();
        try {
            return enough.await(1, TimeUnit.MINUTES) && found;
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false"})
    void work_that_takes_long_without_waiting_is_not_cut_off(Mode mode, boolean autoCommit) {
        try (Host host = host(mode, autoCommit, retry(Duration.ofMillis(100), Duration.ofMillis(100)))) {
            Audit.Report audited = host.call(shop -> shop.jobs().audit().call());
            SnapshotPopularProducts.Result ranked =
                    host.call(shop -> shop.jobs().snapshotPopularProducts().call());

            assertThat(audited.isClean()).isTrue();
            assertThat(ranked.made()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false"})
    void no_connection_rests_in_a_transaction(Mode mode, boolean autoCommit) throws SQLException {
        try (Host host = host(mode, autoCommit, TransactionRetry.defaults())) {
            assertThat(restingInTransactions()).as("connections just opened").isZero();
            afterARollback(host);
            place(host);

            assertThat(restingInTransactions()).as("connections given back").isZero();
        }
    }

    /** A connection that was told something in a transaction forgets it when that is rolled back. */
    private void afterARollback(Host host) {
        refused(
                ErrorCode.INSUFFICIENT_STOCK,
                () -> host.call(shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 11))));
    }

    private void place(Host host) {
        host.call(shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1)));
    }

    private Duration failing(Host host, StorageError error) {
        return failing(error, () -> place(host));
    }

    /** How long it takes a call to fail for this reason, and to have changed nothing. */
    private static Duration failing(StorageError error, Runnable call) {
        long begun = System.nanoTime();
        assertTimeoutPreemptively(
                FAR_TOO_LONG,
                () -> assertThatThrownBy(call::run).isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.error()).isEqualTo(error);
                    assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                }));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static TransactionRetry retry(Duration lockWait, Duration total) {
        return TransactionRetry.defaults().withLockWait(lockWait).withTotal(total);
    }

    private Host host(Mode mode, boolean autoCommit, TransactionRetry retry) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(2);
        hosts = new HikariDataSource(config);
        UnaryOperator<JdbcCommerce> settings =
                opening -> opening.settings(CommerceSettings.defaults().withTransactionRetry(retry))
                        .poolSize(2);
        return Host.of(mode, hosts, clock, settings);
    }

    private long restingInTransactions() throws SQLException {
        String query = switch (database) {
            case POSTGRESQL ->
                "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and state like 'idle in transaction%' and pid <> pg_backend_pid()";
            case MARIADB ->
                "select count(*) from information_schema.innodb_trx trx"
                        + " join information_schema.processlist process on process.id = trx.trx_mysql_thread_id"
                        + " where process.db = database() and process.id <> connection_id()";
            default ->
                "select count(*) from information_schema.sessions"
                        + " where contains_uncommitted and session_id <> session_id()";
        };
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
