package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.jdbc.dialect.Dialect;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The selects that lock, each prepared once a connection of H2: of all statements these are the ones that H2 itself
 * does not keep parsed. Other databases, and pools that do not show which connection is behind the one they hand out,
 * keep none here. Thread-safe, if each connection is used by one transaction at a time.
 */
final class KeptStatements {
    private final boolean keeping;
    private final Map<Connection, Map<String, PreparedStatement>> ofConnections = new ConcurrentHashMap<>();

    /** @param showsConnections whether the pool's connections unwrap to the ones behind them, each always the same */
    KeptStatements(Dialect dialect, boolean showsConnections) {
        this.keeping = dialect == Dialect.H2 && showsConnections;
    }

    /** Whether this statement is kept. */
    boolean keeps(String sql) {
        return keeping && sql.startsWith("select") && sql.contains("for update");
    }

    /** The statement on what is behind this connection. Closing it leaves it open for the next transaction. */
    PreparedStatement on(Connection pooled, String sql) throws SQLException {
        Connection connection = pooled.unwrap(Connection.class);
        Map<String, PreparedStatement> kept = ofConnections.get(connection);
        if (kept == null) {
            forgetClosed();
            kept = new ConcurrentHashMap<>();
            ofConnections.put(connection, kept);
        }
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = unclosed(connection.prepareStatement(sql));
            kept.put(sql, statement);
        }
        return statement;
    }

    private void forgetClosed() throws SQLException {
        for (Iterator<Connection> connections = ofConnections.keySet().iterator(); connections.hasNext(); ) {
            if (connections.next().isClosed()) {
                connections.remove();
            }
        }
    }

    private static PreparedStatement unclosed(PreparedStatement statement) {
        return (PreparedStatement) Proxy.newProxyInstance(
                KeptStatements.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> method.getName().equals("close")
                        ? null
                        : TransactionConnection.call(statement, method, arguments));
    }
}
