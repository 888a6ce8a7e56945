package io.github.embeddedcommerce.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.Patience;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.hosts.Host.Mode;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No call waits longer than its settings say, whoever opened the pool and whatever its autocommit. */
@Tag("T4")
@Tag("E3")
class BoundedWaitsTest extends ShopTest {
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(30);

    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");
    private HikariDataSource hosts = nothing();

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
        try (Host host = host(mode, autoCommit, new Patience(Duration.ofSeconds(1), 1, Duration.ofSeconds(10)))) {
            afterARollback(host);
            long begun = System.nanoTime();

            whileLocked("stock where option_id = " + mug, () -> givenUp(host));

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false"})
    void a_call_ends_within_its_bound_however_often_it_is_tried(Mode mode, boolean autoCommit) {
        try (Host host = host(mode, autoCommit, new Patience(Duration.ofMillis(500), 100, Duration.ofSeconds(3)))) {
            afterARollback(host);
            long begun = System.nanoTime();

            whileLocked("stock where option_id = " + mug, () -> givenUp(host));

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(6));
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false"})
    void no_connection_rests_in_a_transaction(Mode mode, boolean autoCommit) throws SQLException {
        try (Host host = host(mode, autoCommit, CommerceSettings.defaults().patience())) {
            assertThat(restingInTransactions()).as("connections just opened").isZero();
            afterARollback(host);
            host.call(shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1)));

            assertThat(restingInTransactions()).as("connections given back").isZero();
        }
    }

    /** A connection that was told something in a transaction forgets it when that is rolled back. */
    private void afterARollback(Host host) {
        refused(
                ErrorCode.INSUFFICIENT_STOCK,
                () -> host.call(shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 11))));
    }

    private void givenUp(Host host) {
        assertTimeoutPreemptively(
                FAR_TOO_LONG,
                () -> assertThatThrownBy(() -> host.call(
                                shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1))))
                        .isInstanceOfSatisfying(StorageException.class, failure -> {
                            assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                        }));
    }

    private Host host(Mode mode, boolean autoCommit, Patience patience) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(2);
        hosts = new HikariDataSource(config);
        UnaryOperator<JdbcCommerce> settings =
                opening -> opening.settings(CommerceSettings.defaults().withPatience(patience))
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
