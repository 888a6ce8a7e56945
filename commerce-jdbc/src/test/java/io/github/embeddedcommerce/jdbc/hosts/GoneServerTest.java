package io.github.embeddedcommerce.jdbc.hosts;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.nothing;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.TcpProxy;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.jdbc.hosts.Host.Mode;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that goes away while a shop is open, with a word or without: no call waits longer than it may. */
@Tag("E3")
@Tag("T4")
class GoneServerTest {
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(60);
    private static final UserId ANN = new UserId("ann");
    private static final CommerceSettings SETTINGS = CommerceSettings.defaults()
            .withTransactionRetry(new TransactionRetry(Duration.ofSeconds(1), 1_000, Duration.ofSeconds(3)));

    private HikariDataSource hosts = nothing();

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, OPEN, true",
        "POSTGRESQL, USING, true",
        "POSTGRESQL, USING, false",
        "MARIADB, OPEN, true",
        "MARIADB, USING, true",
        "MARIADB, USING, false"
    })
    void a_server_that_falls_silent_is_given_up_and_found_again(Database database, Mode mode, boolean autoCommit) {
        try (HikariDataSource pool = database.empty();
                TcpProxy network = TcpProxy.before(pool.getJdbcUrl());
                Host host = host(mode, autoCommit, network.through(pool.getJdbcUrl()))) {
            topUp(host);
            network.fallSilent();

            assertThat(failing(host)).isLessThan(Duration.ofSeconds(5));
            assertThat(failing(host)).as("other connections of the pool").isLessThan(Duration.ofSeconds(9));

            network.speakAgain();
            topUp(host);
            hosts.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, OPEN, true",
        "POSTGRESQL, USING, true",
        "POSTGRESQL, USING, false",
        "MARIADB, OPEN, true",
        "MARIADB, USING, true",
        "MARIADB, USING, false"
    })
    void a_server_that_is_stopped_is_given_up(Database database, Mode mode, boolean autoCommit) {
        try (HikariDataSource pool = database.empty();
                TcpProxy network = TcpProxy.before(pool.getJdbcUrl());
                Host host = host(mode, autoCommit, network.through(pool.getJdbcUrl()))) {
            topUp(host);
            network.stop();

            assertThat(failing(host)).isLessThan(Duration.ofSeconds(5));
            assertThat(failing(host)).isLessThan(Duration.ofSeconds(5));
            hosts.close();
        }
    }

    private static void topUp(Host host) {
        host.call(shop -> shop.users().register(ANN));
        host.call(shop -> shop.users().topUp(TopUp.of(ANN, won(1))));
    }

    /** How long it takes a call to be told that the server is gone. */
    private static Duration failing(Host host) {
        long begun = System.nanoTime();
        assertTimeoutPreemptively(
                FAR_TOO_LONG,
                () -> assertThatThrownBy(() -> host.call(shop -> shop.users().topUp(TopUp.of(ANN, won(1)))))
                        .isInstanceOfSatisfying(StorageException.class, failure -> {
                            assertThat(failure.error()).isEqualTo(StorageError.CONNECTION_LOST);
                            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                        }));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private Host host(Mode mode, boolean autoCommit, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(2);
        hosts = new HikariDataSource(config);
        return Host.of(
                mode,
                hosts,
                new TestClock(),
                opening -> opening.settings(SETTINGS).poolSize(2));
    }
}
