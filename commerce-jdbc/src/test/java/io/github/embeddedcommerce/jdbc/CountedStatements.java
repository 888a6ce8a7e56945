package io.github.embeddedcommerce.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts the statements that are prepared on a data source. */
final class CountedStatements {
    private final AtomicInteger prepared = new AtomicInteger();
    private final DataSource dataSource;

    CountedStatements(DataSource counted) {
        this.dataSource = watched(DataSource.class, counted);
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** How many were prepared while this ran. */
    int during(Runnable work) {
        int before = prepared.get();
        work.run();
        return prepared.get() - before;
    }

    private <T> T watched(Class<T> type, T watched) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        prepared.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(watched, arguments);
                        return result instanceof Connection connection ? watched(Connection.class, connection) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
