package io.github.embeddedcommerce.jdbc.hosts;

import static io.github.embeddedcommerce.jdbc.fixture.ShopFixture.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.fixture.PgBouncer;
import io.github.embeddedcommerce.jdbc.fixture.Servers;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.jdbc.hosts.Host.Mode;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A shop behind PgBouncer in transaction mode, with more threads and connections than PgBouncer has to the server: it
 * sells what there is, its waits are bounded, and what it leaves behind in the server's sessions is nothing.
 */
@Tag("T4")
@Tag("T7")
@Tag("D1")
class PgBouncerTest {
    private static final int MUGS = 40;
    private static final List<UserId> BUYERS =
            IntStream.range(0, 60).mapToObj(n -> new UserId("buyer-" + n)).toList();
    private static final TransactionRetry BRIEF = new TransactionRetry(Duration.ofSeconds(1), 1, Duration.ofSeconds(5));

    private final TestClock clock = new TestClock();

    @BeforeAll
    static void this_machine_has_pgbouncer() {
        assumeTrue(PgBouncer.program().isPresent(), "no PgBouncer: install Debian's package pgbouncer");
    }

    @ParameterizedTest
    @CsvSource({"OPEN, true", "USING, true", "USING, false", "WITHIN, true"})
    void a_shop_sells_waits_no_longer_than_it_may_and_leaves_nothing_behind(Mode mode, boolean autoCommit)
            throws SQLException {
        String direct = Servers.newPostgresDatabase();
        if (mode != Mode.WITHIN) { // there the isolation is the host's, which Spring keeps in the session
            execute(
                    direct,
                    "alter database " + name(direct) + " set default_transaction_isolation = 'repeatable read'");
        }
        execute(direct, "alter database " + name(direct) + " set lock_timeout = '77s'");
        try (PgBouncer bouncer = PgBouncer.before(direct);
                HikariDataSource pool = pool(bouncer.url(), autoCommit)) {
            Map<String, String> untouched = sessions(bouncer.url()).get(0);
            if (mode == Mode.WITHIN) {
                Host.of(Mode.USING, pool, clock, opening -> opening).close(); // creates the tables
            }
            try (Host host = Host.of(mode, pool, clock, opening -> opening.poolSize(16))) {
                sell(host);
                assertThat(idleInTransaction(direct)).isZero();
            }
            try (Host host = Host.of(
                    mode,
                    pool,
                    clock,
                    opening -> opening.settings(CommerceSettings.defaults().withTransactionRetry(BRIEF)))) {
                assertWaitIsBounded(host, direct);
            }

            List<Map<String, String>> left = sessions(bouncer.url());
            assertThat(left)
                    .hasSize(PgBouncer.CONNECTIONS)
                    .allSatisfy(session -> assertThat(session).containsAllEntriesOf(untouched));
        }
    }

    private static void sell(Host host) {
        OptionId mug = host.call(shop -> shop.products()
                        .register(NewProduct.of("Mug", "kitchen", won(10)).withOption("MUG", MUGS)))
                .option("MUG")
                .id();
        BUYERS.forEach(buyer -> host.call(shop -> {
            shop.users().register(buyer);
            return shop.users().topUp(TopUp.of(buyer, won(10)));
        }));

        Together<Order> sold = Together.each(
                BUYERS,
                buyer -> host.call(shop -> shop.orders()
                        .pay(PayOrder.by(
                                buyer,
                                shop.orders()
                                        .place(PlaceOrder.by(buyer).line(mug, 1))
                                        .id()))
                        .order()));

        assertThat(sold.results()).hasSize(MUGS);
        assertThat(sold.refusals()).hasSize(BUYERS.size() - MUGS).containsOnly(ErrorCode.INSUFFICIENT_STOCK);
        boolean clean = host.call(shop -> shop.jobs().audit().call().isClean());
        assertThat(clean).isTrue();
    }

    private static void assertWaitIsBounded(Host host, String direct) throws SQLException {
        try (Connection other = DriverManager.getConnection(direct);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select * from commerce.users where id = 'buyer-0' for update");
            long begun = System.nanoTime();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThatThrownBy(() ->
                                    host.call(shop -> shop.users().topUp(TopUp.of(BUYERS.get(0), won(1)))))
                            .isInstanceOfSatisfying(
                                    StorageException.class,
                                    failure -> assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT)));
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
            other.rollback();
        }
    }

    /** Every setting and leftover of every session that PgBouncer has, seen by plain clients that hold one each. */
    private static List<Map<String, String>> sessions(String url) throws SQLException {
        List<Connection> clients = new ArrayList<>();
        List<Map<String, String>> sessions = new ArrayList<>();
        try {
            for (int client = 0; client < PgBouncer.CONNECTIONS; client++) {
                Connection connection = DriverManager.getConnection(url);
                clients.add(connection);
                connection.setAutoCommit(false);
                sessions.add(session(connection));
            }
            return sessions;
        } finally {
            for (Connection client : clients) {
                client.rollback();
                client.close();
            }
        }
    }

    private static Map<String, String> session(Connection connection) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select name, setting from pg_settings
                        union all select 'current_schemas', current_schemas(true)::text
                        union all select 'role', current_user::text
                        union all select 'locks', count(*)::text from pg_locks
                          where pid = pg_backend_pid() and locktype = 'advisory'
                        union all select 'statements', count(*)::text from pg_prepared_statements
                        union all select 'cursors', count(*)::text from pg_cursors
                        union all select 'temporary tables', count(*)::text from pg_class where relpersistence = 't'
                        """)) {
            while (row.next()) {
                found.put(row.getString(1), row.getString(2));
            }
        }
        return found;
    }

    private static int idleInTransaction(String direct) throws SQLException {
        try (Connection connection = DriverManager.getConnection(direct);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and state like 'idle in transaction%'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String name(String url) {
        return url.replaceAll(".*/(\\w+)\\?.*", "$1");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static HikariDataSource pool(String url, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(16);
        return new HikariDataSource(config);
    }
}
