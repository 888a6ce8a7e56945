package io.github.embeddedcommerce.testkit;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that fails on demand: a data source that hands on to another, until it is told to fail. One failure is
 * planned at a time, and happens once; then the database works again. Thread-safe, but where several threads use the
 * database at once, which of them is hit is a matter of chance.
 *
 * <pre>{@code
 * database.failAtStatement(3, Fault.DEADLOCK);
 * shop.orders().place(request); // its third statement fails; the library tries again
 * }</pre>
 */
public final class FailingDataSource implements DataSource {
    private final DataSource database;
    private final FailurePlan plan = new FailurePlan();

    /** Hands on to this one, which works. */
    public FailingDataSource(DataSource database) {
        this.database = Objects.requireNonNull(database, "database");
    }

    /**
     * Plans a failure, in the place of one that was planned before.
     *
     * @param statement the how-manyth statement or batch from now on fails, on whichever connection; 1 is the next
     * @param fault what happens in the place of that statement
     * @throws IllegalArgumentException if the statement is less than 1
     */
    public void failAtStatement(int statement, Fault fault) {
        if (statement < 1) {
            throw new IllegalArgumentException("statement: must be 1 or more, it is " + statement);
        }
        plan.failAtStatement(statement, Objects.requireNonNull(fault, "fault"));
    }

    /**
     * Plans that the connection is lost in the next commit, in the place of what was planned before: whether it has
     * been written is unknown to the caller.
     */
    public void failAtCommit(LostCommit commit) {
        plan.failAtCommit(Objects.requireNonNull(commit, "commit"));
    }

    /** Plans no failure. Connections that were lost stay so. */
    public void heal() {
        plan.none();
    }

    /** Whether a failure is planned that has not happened yet: a call may have needed fewer statements than that. */
    public boolean isFailurePlanned() {
        return plan.isPending();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return FailingConnection.on(database.getConnection(), plan);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return FailingConnection.on(database.getConnection(user, password), plan);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(database) ? type.cast(database) : database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(database) || database.isWrapperFor(type);
    }
}
