package io.github.embeddedcommerce.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How far away a database is. */
class ConnectionSourceTest {
    private final List<String> trips = new ArrayList<>();
    private final WatchedDataSource watched = new WatchedDataSource(() -> {
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        connection.setAutoCommit(false);
        return connection;
    });
    private final ConnectionSource connections =
            new ConnectionSource(watched, Dialect.H2, Dialect.H2.setup(), WriterLock.of(watched, Dialect.H2));

    @Test
    @Tag("T9")
    void a_database_that_answers_at_once_is_near_and_no_transaction_is_left_open() {
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                trips.add(trip);
            }
        });

        assertThat(connections.isNear()).isTrue();
        assertThat(trips).startsWith("select 1").endsWith("rollback");
    }

    /** One answer may be late for other reasons. */
    @Test
    @Tag("T9")
    void a_database_is_near_if_one_of_its_answers_comes_at_once() {
        takeTwoMilliseconds(4);

        assertThat(connections.isNear()).isTrue();
    }

    @Test
    @Tag("T9")
    void a_database_whose_answers_all_take_more_than_a_millisecond_is_distant() {
        takeTwoMilliseconds(5);

        assertThat(connections.isNear()).isFalse();
    }

    @Test
    @Tag("T9")
    void a_database_that_does_not_answer_is_distant() {
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) throws SQLException {
                throw new SQLException("gone");
            }
        });

        assertThat(connections.isNear()).isFalse();
    }

    private void takeTwoMilliseconds(int answers) {
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                trips.add(trip);
                if (trips.size() <= answers) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                }
            }
        });
    }
}
