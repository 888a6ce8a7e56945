package io.github.embeddedcommerce.jdbc.schema;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections for Flyway. Those that it does not give back, as happens where one breaks, are given back in the end. And
 * a look-up of tables finds those of the very names asked for: JDBC takes these names as patterns in which {@code _}
 * stands for any character, and Flyway passes them as they are, so it would take the history of a shop with the prefix
 * {@code shop2} for that of one with {@code shop_}. The rows are compared and nothing is escaped, because what escapes
 * a pattern is a setting on H2 and MariaDB. On PostgreSQL the session's search path stays as it is, which Flyway would
 * set: behind a pooler in transaction mode the session is the next client's, and our scripts name the schema.
 * Thread-safe.
 */
public final class FlywayConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlywayConnections.class);

    private static final String SEARCH_PATH = "SELECT set_config('search_path', ?, false)";
    private static final String SEARCH_PATH_OF_STATEMENT = "SELECT set_config('search_path', ?, true)";

    private final DataSource dataSource;
    private final List<Connection> opened = new CopyOnWriteArrayList<>();

    /** From this data source. */
    public FlywayConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What Flyway gets them from. */
    public DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(dataSource, method, arguments);
            if (result instanceof Connection connection) {
                opened.add(connection);
                return connection(connection);
            }
            return result;
        });
    }

    /** Gives back those that were not. */
    @Override
    public void close() {
        for (Connection connection : opened) {
            try {
                connection.close(); // to close it twice does nothing
            } catch (SQLException failure) {
                LOG.debug("a connection could not be closed", failure);
            }
        }
    }

    private static Connection connection(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (arguments != null && SEARCH_PATH.equals(arguments[0])) {
                arguments[0] = SEARCH_PATH_OF_STATEMENT;
            }
            Object result = call(connection, method, arguments);
            return result instanceof DatabaseMetaData database ? database(database) : result;
        });
    }

    private static DatabaseMetaData database(DatabaseMetaData database) {
        return proxy(DatabaseMetaData.class, (proxy, method, arguments) -> {
            Object result = call(database, method, arguments);
            return method.getName().equals("getTables") && result instanceof ResultSet rows && arguments != null
                    ? tables(rows, (String) arguments[1], (String) arguments[2])
                    : result;
        });
    }

    private static ResultSet tables(ResultSet rows, @Nullable String schema, @Nullable String table) {
        return proxy(ResultSet.class, (proxy, method, arguments) -> {
            Object result = call(rows, method, arguments);
            if (method.getName().equals("next")) {
                while (Boolean.TRUE.equals(result) && !isNamed(rows, schema, table)) {
                    result = rows.next();
                }
            }
            return result;
        });
    }

    private static boolean isNamed(ResultSet row, @Nullable String schema, @Nullable String table) throws SQLException {
        return (schema == null || schema.equals(row.getString("TABLE_SCHEM")))
                && (table == null || table.equals(row.getString("TABLE_NAME")));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(FlywayConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
