package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/** Cuts connections at random, before and after round trips. Thread-safe. */
record Scissors(Journal tally) implements WatchedDataSource.Watcher {
    private static final int ONE_OF = 600;

    @Override
    public void before(String trip, Connection connection) throws SQLException {
        cutAtRandom(trip, connection);
    }

    @Override
    public void after(String trip, Connection connection) throws SQLException {
        cutAtRandom(trip, connection);
    }

    private void cutAtRandom(String trip, Connection connection) throws SQLException {
        if (ThreadLocalRandom.current().nextInt(ONE_OF) == 0) {
            tally.add(trip.equals("commit") ? "cut at commit" : "cut");
            connection.abort(Runnable::run);
            throw new SQLException("the connection was cut", "08006");
        }
    }
}
