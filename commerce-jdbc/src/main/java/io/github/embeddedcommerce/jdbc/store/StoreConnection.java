package io.github.embeddedcommerce.jdbc.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one transaction, as its stores use it: by JDBC, or by jdbi where SQL reads better that way. jdbi is
 * opened on it when a store first asks for it, because that costs as much as a statement. Not thread-safe.
 */
public final class StoreConnection implements AutoCloseable {
    private final Jdbi jdbi;
    private final Connection connection;
    private @Nullable Handle handle;

    /**
     * On a connection whose transaction has begun, which stays open.
     *
     * @param jdbi set by {@link JdbiConfig}, on connections that are {@link #suppliedLater}
     */
    public StoreConnection(Jdbi jdbi, Connection connection) {
        this.jdbi = jdbi;
        this.connection = connection;
    }

    /** Connections for jdbi, which has no other way to be opened on one that is there already. */
    public static ConnectionFactory suppliedLater() {
        return () -> (Connection) Proxy.newProxyInstance(
                StoreConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, new Later());
    }

    Connection jdbc() {
        return connection;
    }

    ShopSql sql() {
        return JdbiConfig.shopSql(jdbi);
    }

    Handle jdbi() {
        if (handle == null) {
            handle = jdbi.open();
            ((Later) Proxy.getInvocationHandler(handle.getConnection())).connection = connection;
        }
        return handle;
    }

    /** Closes what jdbi has opened; the connection stays open. */
    @Override
    public void close() {
        if (handle != null) {
            handle.close();
        }
    }

    /** A connection that jdbi neither opens nor closes. */
    private static final class Later implements InvocationHandler {
        private @Nullable Connection connection;

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("close")) {
                return null;
            }
            if (connection == null && method.getName().equals("getAutoCommit")) {
                return true; // jdbi asks when it is opened
            }
            try {
                return method.invoke(connection == null ? this : connection, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }
    }
}
