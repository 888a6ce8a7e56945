package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.H2Snapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Has the database explain each statement that reads or changes rows just before it is run: the very statement, with
 * the very values that are bound to it, on its connection and in its transaction. What reads is run for it, and so
 * counted; what changes is only planned. Not thread-safe.
 */
public final class Explainer {
    private final Database database;
    private final List<Plan> plans = new ArrayList<>();

    public Explainer(Database database) {
        this.database = database;
    }

    /** Binds a value to a statement as the shop has bound it. */
    private interface Binding {
        void on(PreparedStatement statement, int place) throws Throwable;
    }

    /** The plans of the statements that this runs. */
    public List<Plan> of(Runnable useCase) {
        plans.clear();
        useCase.run();
        return List.copyOf(plans);
    }

    /** The same connection, explaining. */
    public Connection on(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement
                            && method.getName().equals("prepareStatement")
                    ? on(statement, String.valueOf(arguments[0]), connection)
                    : result;
        });
    }

    private PreparedStatement on(PreparedStatement statement, String sql, Connection connection) {
        Map<Integer, Binding> values = new TreeMap<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("set") && arguments.length > 1 && arguments[0] instanceof Integer place) {
                values.put(place, (other, otherPlace) -> call(other, method, at(otherPlace, arguments)));
            } else if (name.startsWith("execute")) {
                explainEach(sql, values, connection);
            }
            return call(statement, method, arguments);
        });
    }

    /** Of statements that are sent at once, each with its own values. */
    private void explainEach(String sql, Map<Integer, Binding> values, Connection connection) throws Throwable {
        int from = 1;
        for (String statement : sql.split("; ", -1)) {
            int to = from + (int) statement.chars().filter(mark -> mark == '?').count();
            if (statement.matches("(?s)\\s*(set statement .* for select|select|update|delete)\\s.*")) {
                explain(statement, values, from, to, connection);
            }
            from = to;
        }
    }

    private void explain(String sql, Map<Integer, Binding> values, int from, int to, Connection connection)
            throws Throwable {
        boolean reads = sql.matches("(?s)\\s*(set statement|select)\\s.*");
        if (reads && database == Database.H2_IN_MEMORY) {
            assertThat(H2Snapshot.tablesOutside(sql, connection))
                    .as("tables that are read later than others by " + sql)
                    .isEmpty();
        }
        try (PreparedStatement explain = connection.prepareStatement(Plan.explain(database, reads, sql))) {
            for (int place = from; place < to; place++) {
                Objects.requireNonNull(values.get(place)).on(explain, place - from + 1);
            }
            try (ResultSet rows = explain.executeQuery()) {
                plans.add(Plan.read(database, sql, rows));
            }
        }
    }

    private static Object[] at(int place, Object[] arguments) {
        Object[] there = arguments.clone();
        there[0] = place;
        return there;
    }

    private interface Handler {
        @Nullable
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> handler.handle(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
