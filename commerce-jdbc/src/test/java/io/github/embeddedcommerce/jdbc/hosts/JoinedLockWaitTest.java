package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.jdbc.hosts.Host.Mode;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In a transaction of the host's the shop bounds its own waits for locks, and nobody else's. */
@Tag("T4")
@Tag("T6")
class JoinedLockWaitTest extends ShopTest {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(20);
    private static final CommerceSettings BOUNDED = CommerceSettings.defaults()
            .withTransactionRetry(TransactionRetry.defaults().withLockWait(BOUND));

    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");

    @BeforeEach
    void a_mug_and_a_user() {
        mug = product("MUG", 1_000, 10).option("MUG").id();
        ann = user("ann", 50_000);
    }

    private interface Work {
        void on(Connection connection, CommerceFacade joined) throws SQLException;
    }

    /** The host's own bound is this one, in milliseconds. */
    private void inHostTransaction(long lockWaitMillis, Work work) {
        try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl())) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            set(connection, lockWaitMillis);
            connection.commit();
            work.on(
                    connection,
                    JdbcCommerce.joining(UntouchableConnection.of(connection))
                            .settings(BOUNDED)
                            .clock(clock)
                            .build());
            connection.rollback();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private void set(Connection connection, long millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    switch (Dialect.of(pool)) {
                        case H2 -> "set lock_timeout " + millis;
                        case POSTGRESQL -> "set lock_timeout = " + millis;
                        case MARIADB, MYSQL -> "set innodb_lock_wait_timeout = " + millis / 1_000;
                    });
        }
    }

    private String settingsOf(Connection connection) throws SQLException {
        String query = switch (Dialect.of(pool)) {
            case H2 -> "select lock_timeout()";
            case POSTGRESQL -> "select current_setting('lock_timeout') || ', ' || current_setting('enable_seqscan')";
            case MARIADB, MYSQL -> "select @@innodb_lock_wait_timeout";
        };
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WITHIN", "JOINING"})
    void a_wait_for_a_lock_ends_within_the_bound_of_the_settings(Mode mode) {
        try (Host host = Host.of(mode, pool, clock, opening -> opening.settings(BOUNDED))) {
            whileLocked(
                    "stock where option_id = " + mug,
                    () -> assertGivenUp(() -> host.call(
                            joined -> joined.orders().place(PlaceOrder.by(ann).line(mug, 1)))));
            whileLocked(
                    "users where id = 'ann'",
                    () -> assertGivenUp(() -> host.call(joined -> joined.users().topUp(TopUp.of(ann, won(1))))));
        }
    }

    private static void assertGivenUp(Runnable call) {
        long begun = System.nanoTime();
        assertTimeoutPreemptively(
                FAR_TOO_LONG,
                () -> assertThatThrownBy(call::run)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                failure -> assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT)));
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    }

    @Test
    void the_wait_of_a_write_for_a_key_that_somebody_else_inserts_is_bounded_too() throws SQLException {
        try (Connection other = pool.getConnection()) {
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            JdbcCommerce.joining(other)
                    .clock(clock)
                    .build()
                    .products()
                    .register(NewProduct.of("Cup", "test", won(1)).withOption("CUP", 1));
            inHostTransaction(
                    30_000,
                    (connection, joined) -> assertGivenUp(() -> joined.products()
                            .register(NewProduct.of("Cup", "test", won(1)).withOption("CUP", 1))));
            other.rollback();
            other.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @CsvSource({"30000", "1000"})
    void the_hosts_own_statements_wait_and_are_planned_as_before_whatever_the_shop_did(long hosts) {
        inHostTransaction(hosts, (connection, joined) -> {
            String before = settingsOf(connection);
            Order order = joined.orders().place(PlaceOrder.by(ann).line(mug, 2));
            assertThat(settingsOf(connection)).as("placing").isEqualTo(before);
            joined.orders().pay(PayOrder.by(ann, order.id()));
            assertThat(settingsOf(connection)).as("paying").isEqualTo(before);
            joined.orders().cancel(CancelOrder.by(ann, order.id()));
            assertThat(settingsOf(connection)).as("cancelling").isEqualTo(before);
            joined.products().register(NewProduct.of("Cup", "test", won(1)).withOption("CUP", 1));
            assertThat(settingsOf(connection)).as("registering").isEqualTo(before);
            refused(
                    ErrorCode.INSUFFICIENT_STOCK,
                    () -> joined.orders().place(PlaceOrder.by(ann).line(mug, 11)));
            assertThat(settingsOf(connection)).as("a refusal").isEqualTo(before);
            refused(ErrorCode.USER_NOT_FOUND, () -> joined.users().topUp(TopUp.of(new UserId("bob"), won(1))));
            assertThat(settingsOf(connection)).as("another refusal").isEqualTo(before);
            joined.users().getBalance(ann);
            joined.inTransaction(together -> {
                together.users().topUp(TopUp.of(ann, won(1)));
                return together.orders().place(PlaceOrder.by(ann).line(mug, 1));
            });
            assertThat(settingsOf(connection)).as("several together").isEqualTo(before);
            assertThat(joined.jobs().audit().call().violations()).isEmpty();
        });
    }

    @Test
    void the_hosts_own_statements_wait_as_before_after_a_wait_that_was_given_up() {
        whileLocked(
                "users where id = 'ann'",
                () -> inHostTransaction(30_000, (connection, joined) -> {
                    String before = settingsOf(connection);
                    assertGivenUp(() -> joined.users().topUp(TopUp.of(ann, won(1))));
                    connection.rollback();
                    assertThat(settingsOf(connection)).isEqualTo(before);
                }));
    }

    @Test
    void a_tighter_bound_of_the_hosts_stays() {
        CommerceSettings patient = CommerceSettings.defaults()
                .withTransactionRetry(TransactionRetry.defaults().withLockWait(Duration.ofSeconds(30)));
        whileLocked(
                "users where id = 'ann'",
                () -> inHostTransaction(
                        1_000,
                        (connection, joined) -> assertGivenUp(() -> JdbcCommerce.joining(connection)
                                .settings(patient)
                                .clock(clock)
                                .build()
                                .users()
                                .topUp(TopUp.of(ann, won(1))))));
    }

    /**
     * The first use of a shop takes one more, to look at the shop's currency; on MariaDB each asks for the isolation.
     */
    @Test
    @Tag("T10")
    void joining_takes_the_round_trips_of_the_use_case_and_none_for_its_bound() throws SQLException {
        List<String> trips = new ArrayList<>();
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                trips.add(trip);
            }
        });
        try (Connection connection = watched.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            CommerceFacade joined =
                    JdbcCommerce.joining(connection).clock(clock).build();
            joined.users().getBalance(ann);
            assertThat(trips).filteredOn(trip -> trip.contains("currency")).hasSize(1);
            trips.clear();

            joined.orders().place(PlaceOrder.by(ann).line(mug, 1));

            assertThat(trips).noneMatch(trip -> trip.contains("currency"));
            if (Dialect.of(pool) == Dialect.POSTGRESQL) {
                assertThat(trips)
                        .as("as in a transaction of the shop's, but for the commit")
                        .hasSize(3);
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
