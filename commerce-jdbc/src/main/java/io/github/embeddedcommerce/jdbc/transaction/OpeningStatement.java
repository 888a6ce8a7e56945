package io.github.embeddedcommerce.jdbc.transaction;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first statement of a transaction, which takes along what the transaction is told to begin with. It is prepared
 * when it is executed, because a batch cannot take anything along. Not thread-safe.
 */
final class OpeningStatement implements InvocationHandler {
    private final TransactionConnection transaction;
    private final Method prepare;
    private final Object[] sqlAndOptions;
    private final List<Setting> settings = new ArrayList<>();
    private @Nullable PreparedStatement statement;
    private boolean closed;

    OpeningStatement(TransactionConnection transaction, Method prepare, Object[] sqlAndOptions) {
        this.transaction = transaction;
        this.prepare = prepare;
        this.sqlAndOptions = sqlAndOptions.clone();
    }

    /** A parameter or an option that waits for the statement to be prepared. */
    private interface Setting {
        void on(PreparedStatement statement) throws Throwable;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (statement != null) {
            return TransactionConnection.call(statement, method, arguments);
        }
        String name = method.getName();
        if (name.equals("close")) {
            closed = true;
            return null;
        }
        if (name.equals("isClosed")) {
            return closed;
        }
        if (method.getDeclaringClass() == Object.class) {
            return TransactionConnection.call(this, method, arguments);
        }
        if (name.startsWith("set") || name.equals("clearParameters")) {
            settings.add(later -> TransactionConnection.call(later, method, arguments));
            return null;
        }
        if (arguments == null && name.startsWith("execute") && !name.endsWith("Batch")) {
            return executed(name);
        }
        transaction.sendOpening();
        return TransactionConnection.call(prepared(""), method, arguments);
    }

    private Object executed(String method) throws Throwable {
        String opening = transaction.takeOpening();
        PreparedStatement both = prepared(opening);
        boolean rows = both.execute();
        for (int skipped = 0; skipped < statements(opening); skipped++) {
            rows = both.getMoreResults();
        }
        return switch (method) {
            case "executeQuery" -> both.getResultSet();
            case "executeUpdate" -> both.getUpdateCount();
            case "executeLargeUpdate" -> both.getLargeUpdateCount();
            default -> rows;
        };
    }

    private PreparedStatement prepared(String opening) throws Throwable {
        if (closed) {
            throw new SQLException("this statement is closed");
        }
        Object[] with = sqlAndOptions.clone();
        with[0] = opening + with[0];
        PreparedStatement prepared = (PreparedStatement)
                Objects.requireNonNull(TransactionConnection.call(transaction.connection(), prepare, with));
        statement = prepared;
        for (Setting setting : settings) {
            setting.on(prepared);
        }
        return prepared;
    }

    private static long statements(String opening) {
        return opening.chars().filter(character -> character == ';').count();
    }
}
