package io.github.embeddedcommerce.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection that fails as it is planned, and its statements. */
final class FailingConnection implements InvocationHandler {
    private final Connection connection;
    private final FailurePlan plan;
    private volatile boolean lost;

    private FailingConnection(Connection connection, FailurePlan plan) {
        this.connection = connection;
        this.plan = plan;
    }

    static Connection on(Connection connection, FailurePlan plan) {
        return proxy(Connection.class, new FailingConnection(connection, plan));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (lost) {
            return onLost(method);
        }
        if (method.getName().equals("commit")) {
            LostCommit commit = plan.nextCommit();
            if (commit != null) {
                throw loseDuringCommit(commit);
            }
        }
        Object result = call(connection, method, arguments);
        return result instanceof Statement statement ? watched(statement, (Connection) proxy) : result;
    }

    /** As a closed connection answers, but that to close it again is no error. */
    private static @Nullable Object onLost(Method method) throws SQLException {
        return switch (method.getName()) {
            case "close", "abort" -> null;
            case "isClosed" -> true;
            case "isValid" -> false;
            default -> throw new SQLException("the connection was lost", "08003");
        };
    }

    private Statement watched(Statement statement, Connection proxy) {
        Class<? extends Statement> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, (self, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return proxy;
            }
            if (lost && !method.getName().equals("close")) {
                throw new SQLException("the connection was lost", "08003");
            }
            Fault fault = method.getName().startsWith("execute") ? plan.nextStatement() : null;
            if (fault != null) {
                throw play(fault);
            }
            return call(statement, method, arguments);
        });
    }

    private SQLException play(Fault fault) throws SQLException {
        SQLException thrown = fault.on(connection.getMetaData().getDatabaseProductName());
        switch (fault) {
            case CONNECTION_LOST -> lose();
            case DEADLOCK, SERIALIZATION_FAILURE -> rollBack();
            case LOCK_TIMEOUT -> {} // the caller rolls back
        }
        return thrown;
    }

    private SQLException loseDuringCommit(LostCommit commit) throws SQLException {
        SQLException thrown = Fault.CONNECTION_LOST.on(connection.getMetaData().getDatabaseProductName());
        if (commit == LostCommit.WRITTEN) {
            connection.commit();
        }
        lose();
        return thrown;
    }

    /** Ends the session, whoever pools it: nobody gets the connection again. */
    private void lose() throws SQLException {
        lost = true;
        rollBack();
        connection.abort(Runnable::run);
        connection.close(); // H2 ignores abort
    }

    private void rollBack() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
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
}
