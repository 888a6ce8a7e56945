package io.github.embeddedcommerce.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that tells a watcher of every round trip to the database: each statement, batch, commit and rollback.
 */
public final class WatchedDataSource implements DataSource {
    /** Is told before and after each round trip, and may break it off by throwing. */
    public interface Watcher {
        default void before(String trip, Connection connection) throws SQLException {}

        default void after(String trip, Connection connection) throws SQLException {}
    }

    /** Where the connections come from. */
    public interface Source {
        Connection connect() throws SQLException;
    }

    private final Source source;
    private volatile Watcher watcher = new Watcher() {};

    public WatchedDataSource(Source source) {
        this.source = source;
    }

    public void tell(Watcher newWatcher) {
        this.watcher = newWatcher;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.connect();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = isTransactionEnd(method)
                    ? trip(method.getName(), connection, connection, method, arguments)
                    : call(connection, method, arguments);
            return result instanceof Statement statement ? watch(statement, connection, arguments) : result;
        });
    }

    private Object watch(Statement statement, Connection connection, Object @Nullable [] creation) {
        Class<?> type = statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        String prepared = creation == null ? "" : String.valueOf(creation[0]);
        return proxy(type, (proxy, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : prepared;
            return trip(sql, connection, statement, method, arguments);
        });
    }

    private @Nullable Object trip(
            String trip, Connection connection, Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        watcher.before(trip, connection);
        Object result = call(target, method, arguments);
        watcher.after(trip, connection);
        return result;
    }

    private static boolean isTransactionEnd(Method method) {
        return method.getName().equals("commit") || method.getName().equals("rollback");
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
