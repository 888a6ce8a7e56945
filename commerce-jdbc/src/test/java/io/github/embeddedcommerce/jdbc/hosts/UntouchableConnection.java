package io.github.embeddedcommerce.jdbc.hosts;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Locale;
import java.util.Set;

/**
 * A connection of a host that is in the middle of a transaction: whoever joins may read and write in it and ask how it
 * is, and nothing else.
 */
final class UntouchableConnection {
    private static final Set<String> ALLOWED = Set.of(
            "prepareStatement",
            "createStatement",
            "getAutoCommit",
            "getTransactionIsolation",
            "getMetaData",
            "isClosed",
            "isReadOnly",
            "hashCode",
            "equals",
            "toString");

    private UntouchableConnection() {}

    /** Fails on whatever touches the transaction, the connection or its settings. */
    public static Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (!ALLOWED.contains(method.getName())) {
                        throw new AssertionError("the host's connection was touched by " + method.getName());
                    }
                    if (method.getName().equals("prepareStatement")) {
                        refuseCommand(String.valueOf(arguments[0]));
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static void refuseCommand(String sql) {
        // MariaDB's way to bound the waits of one statement, which sets nothing for those that follow
        String command = sql.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^set statement \\S+ = (least\\(.*?\\)|'[^']*') for ", "");
        String first = command.split("\\s", 2)[0];
        if (!Set.of("select", "insert", "update", "delete").contains(first)) {
            throw new AssertionError("the host's connection was touched by " + sql);
        }
    }
}
