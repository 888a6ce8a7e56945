package io.github.embeddedcommerce.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.error.StorageException.Outcome;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.dialect.TableNames;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShortStory;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Any number of hosts create the tables at once, and one of them does. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.embeddedcommerce.jdbc.fixture.Database#tested")
@Tag("D5")
class MigrationLockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Parameter
    Database database;

    private HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void an_empty_database() {
        pool = database.empty();
    }

    @AfterEach
    void no_connection_is_leaked() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        pool.close();
    }

    @Test
    @Tag("T7")
    void eight_hosts_with_a_pool_each_open_a_fresh_shop_at_once() {
        List<HikariDataSource> pools =
                Stream.generate(() -> Database.pool(pool.getJdbcUrl())).limit(8).toList();
        openTogether(pools);
        pools.forEach(HikariDataSource::close);
    }

    @Test
    @Tag("T7")
    void one_host_creates_the_tables_where_locks_of_the_database_are_local_to_a_node() {
        openTogether(IntStream.range(0, 8).mapToObj(n -> withoutLocks(pool)).toList());
    }

    private void openTogether(List<? extends DataSource> pools) {
        Together<CommerceFacade> shops =
                Together.each(pools, host -> JdbcCommerce.using(host).build());

        assertThat(shops.refusals()).isEmpty();
        assertThat(shops.results()).hasSize(pools.size());
        ShortStory.tell(shops.results().get(0), "one");
        ShortStory.tell(shops.results().get(1), "two");
        assertThat(count("schema_history where " + quoted("script") + " like 'V%'"))
                .as("scripts in the history")
                .isEqualTo(SchemaScripts.NAMES.size());
        assertThat(count("migration_lock")).isZero();
    }

    @Test
    @Tag("T7")
    void another_host_may_open_the_shop_between_any_two_statements_of_this_one() {
        int moment = 0;
        while (opensThoughAnotherDoesAt(moment)) {
            moment++;
        }
        assertThat(moment).as("statements before the lock").isGreaterThan(3);
    }

    /** Whether this host had that many statements to execute before it got the lock. */
    private boolean opensThoughAnotherDoesAt(int moment) {
        try (HikariDataSource empty = database.empty()) {
            AtomicInteger statements = new AtomicInteger();
            AtomicBoolean locked = new AtomicBoolean();
            WatchedDataSource watched = new WatchedDataSource(empty::getConnection);
            watched.tell(new WatchedDataSource.Watcher() {
                @Override
                public void before(String trip, Connection connection) {
                    if (!locked.get() && statements.getAndIncrement() == moment) {
                        JdbcCommerce.using(empty).build();
                    }
                }

                @Override
                public void after(String trip, Connection connection) {
                    locked.compareAndSet(false, trip.startsWith("insert into") && trip.contains(MigrationLock.NAME));
                }
            });
            JdbcCommerce.using(watched).build();
            return statements.get() > moment;
        }
    }

    @Test
    void one_works_at_a_time() {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Together<Boolean> all = Together.each(List.of(1, 2, 3, 4, 5, 6, 7, 8), n -> {
            lock(Duration.ofSeconds(60), Duration.ofSeconds(60)).alone(() -> {
                most.accumulateAndGet(working.incrementAndGet(), Math::max);
                done.incrementAndGet();
                working.decrementAndGet();
            });
            return true;
        });

        assertThat(all.results()).hasSize(8);
        assertThat(done).hasValue(8);
        assertThat(most).hasValue(1);
    }

    @Test
    void whoever_waits_longer_than_the_patience_is_told_so() {
        lock(Duration.ofSeconds(60), SECOND)
                .alone(() -> assertThatThrownBy(() -> lock(Duration.ofSeconds(60), Duration.ofMillis(300))
                                .alone(() -> {}))
                        .isInstanceOfSatisfying(StorageException.class, failure -> {
                            assertThat(failure.error()).isEqualTo(StorageError.LOCK_TIMEOUT);
                            assertThat(failure.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
                            assertThat(failure.getMessage()).contains("another host has been at it");
                        }));
    }

    @Test
    void whoever_is_interrupted_while_waiting_stops() {
        lock(Duration.ofSeconds(60), SECOND).alone(() -> {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> lock(SECOND, Duration.ofSeconds(60)).alone(() -> {}))
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                failure -> assertThat(failure.error()).isEqualTo(StorageError.INTERRUPTED));
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        });
    }

    @Test
    void whoever_dies_with_the_lock_is_outlived() {
        AtomicInteger done = new AtomicInteger();
        lock(SECOND, SECOND).alone(() -> lock(SECOND, Duration.ofSeconds(30)).alone(done::incrementAndGet));

        assertThat(done).hasValue(1);
        JdbcCommerce.using(pool).build();
    }

    @Test
    void work_that_fails_gives_the_lock_back() {
        assertThatThrownBy(() -> lock(Duration.ofSeconds(60), SECOND).alone(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        lock(Duration.ofSeconds(60), SECOND).alone(() -> {});
    }

    private MigrationLock lock(Duration lease, Duration patience) {
        Dialect dialect = Dialect.of(pool);
        return new MigrationLock(pool, dialect, dialect.usualTables(), lease, patience);
    }

    /** As on a node of a cluster: the server's own locks, which Flyway takes, keep nobody else away. */
    private static DataSource withoutLocks(DataSource dataSource) {
        return proxy(DataSource.class, dataSource, result -> proxy(Connection.class, result, statement -> statement));
    }

    private interface Wrapping {
        Object wrap(Object result);
    }

    private static <T> T proxy(Class<T> type, Object target, Wrapping wrapping) {
        return type.cast(Proxy.newProxyInstance(
                MigrationLockTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                            arguments[0] = sql.replaceAll("(?i)get_lock\\(\\?", "get_lock(concat(connection_id(), ?)")
                                    .replaceAll("(?i)release_lock\\(\\?", "release_lock(concat(connection_id(), ?)")
                                    .replaceAll(
                                            "(?i)pg_try_advisory_xact_lock\\([-\\d]+\\)",
                                            "true as pg_try_advisory_xact_lock");
                        }
                        Object result = method.invoke(target, arguments);
                        return method.getName().equals("getConnection") ? wrapping.wrap(result) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private String quoted(String column) {
        return database == Database.MARIADB ? column : "\"" + column + "\"";
    }

    private int count(String rows) {
        TableNames tables = Dialect.of(pool).usualTables();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + tables.qualifier() + rows)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException failure) {
            throw new AssertionError(rows, failure);
        }
    }
}
