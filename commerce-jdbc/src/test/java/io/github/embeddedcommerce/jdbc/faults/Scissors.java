package io.github.embeddedcommerce.jdbc.faults;

import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Cuts a connection at a given round trip, once. */
final class Scissors implements WatchedDataSource.Watcher {
    private int countdown;
    private boolean before;
    private boolean commit;

    public void cut(int trip, boolean beforeIt) {
        countdown = trip;
        before = beforeIt;
        commit = false;
    }

    public void rest() {
        countdown = 0;
    }

    public boolean isArmed() {
        return countdown > 0;
    }

    public boolean atCommit() {
        return commit;
    }

    @Override
    public void before(String trip, Connection connection) throws SQLException {
        if (before) {
            cutIfDue(trip, connection);
        }
    }

    @Override
    public void after(String trip, Connection connection) throws SQLException {
        if (!before) {
            cutIfDue(trip, connection);
        }
    }

    private void cutIfDue(String trip, Connection connection) throws SQLException {
        if (countdown > 0 && --countdown == 0) {
            commit = trip.equals("commit");
            connection.abort(Runnable::run);
            if (connection.getMetaData().getURL().startsWith("jdbc:h2:")) {
                connection.close(); // H2 ignores abort; a session that has ended has been rolled back
            }
            throw new SQLException("the connection was cut", "08006");
        }
    }
}
