package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.jdbc.dialect.JoinedSetup;
import io.github.embeddedcommerce.jdbc.dialect.LockWaitBound;
import io.github.embeddedcommerce.jdbc.store.StoreConnection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one transaction, as its stores see it. What the transaction is told to begin with, such as its
 * bound on lock waits, travels in one round trip with its first statement. And no statement waits for a lock longer
 * than its call has time left, or writes where that is not to be. Not thread-safe.
 */
final class TransactionConnection implements InvocationHandler {
    /** What a database says in such a case: read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    /** A statement whose words are not known yet: it may write. */
    private static final String ANY = "";

    private final Connection connection;
    private final StoreConnection stores;
    private String opening = "";
    private boolean onlyBeforeWaits;
    private boolean opened;
    private boolean readOnly;
    private WriterLock.Turn turn = WriterLock.Turn.NONE;
    private @Nullable KeptStatements kept;
    private @Nullable LockWaitBound bound;
    private @Nullable CallTime time;

    /** On this connection, which stays open. */
    TransactionConnection(Jdbi jdbi, Connection connection) {
        this.connection = connection;
        this.stores = new StoreConnection(jdbi, proxy(Connection.class, this));
    }

    /** As the stores use it. */
    StoreConnection stores() {
        return stores;
    }

    /** From now on, what would write or lock is refused as the database would do it. */
    void refuseWrites() {
        this.readOnly = true;
    }

    /**
     * Before the first statement that follows, and with it, this is sent: statements, each ended by a semicolon. Those
     * that may wait for a lock do so within this bound and the time of the call.
     */
    void open(String statements, LockWaitBound lockWait, CallTime callTime) {
        open(statements, false);
        this.bound = lockWait;
        this.time = callTime;
    }

    private void open(String statements, boolean beforeWait) {
        this.opening = statements;
        this.onlyBeforeWaits = beforeWait;
        this.opened = false;
    }

    /** From now on, this turn is taken before the first statement that locks or writes. */
    void writeIn(WriterLock.Turn newTurn) {
        this.turn = newTurn;
    }

    /** From now on, these statements are taken from where they are kept. */
    void keepIn(KeptStatements statements) {
        this.kept = statements;
    }

    /** Before the first statement that may wait for a lock, and with it, this is sent. */
    void openBeforeWait(String statements) {
        open(statements, true);
    }

    /** Whether it has been sent. */
    boolean isOpened() {
        return opened;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "prepareStatement", "prepareCall" ->
                beforeStatement(String.valueOf(Objects.requireNonNull(arguments)[0]));
            case "createStatement" -> beforeStatement(ANY);
            default -> {}
        }
        if (opening.isEmpty()) {
            return isKept(method, arguments)
                    ? Objects.requireNonNull(kept).on(connection, String.valueOf(Objects.requireNonNull(arguments)[0]))
                    : call(connection, method, arguments);
        }
        return switch (method.getName()) {
            case "prepareStatement" -> prepared(method, Objects.requireNonNull(arguments));
            case "createStatement", "prepareCall" -> {
                sendOpening();
                yield call(connection, method, arguments);
            }
            default -> call(connection, method, arguments);
        };
    }

    private boolean isKept(Method method, Object @Nullable [] arguments) {
        return kept != null
                && arguments != null
                && arguments.length == 1
                && method.getName().equals("prepareStatement")
                && kept.keeps(String.valueOf(arguments[0]));
    }

    private void beforeStatement(String sql) throws SQLException {
        if (!JoinedSetup.mayWait(sql)) {
            return;
        }
        if (readOnly) {
            throw new SQLException("a connection that is read-only was to write", READ_ONLY);
        }
        turn.takeFor(sql);
        if (bound != null && time != null && opening.isEmpty()) { // or it has just been set
            opening = bound.tightened(time.left(), connection);
        }
    }

    private @Nullable Object prepared(Method method, Object[] arguments) throws Throwable {
        if (onlyBeforeWaits && !JoinedSetup.mayWait(String.valueOf(arguments[0]))) {
            return call(connection, method, arguments);
        }
        if (returnsKeys(method)) {
            sendOpening(); // a driver looks for the keys in the result of the very first statement
            return call(connection, method, arguments);
        }
        return proxy(PreparedStatement.class, new OpeningStatement(this, method, arguments));
    }

    private static boolean returnsKeys(Method method) {
        return method.getParameterCount() == 2;
    }

    /** What is to be sent with the first statement; from now on it is. */
    String takeOpening() {
        String taken = opening;
        opening = "";
        opened |= !taken.isEmpty();
        return taken;
    }

    /** In a round trip of its own, for a first statement that cannot take it along. */
    void sendOpening() throws SQLException {
        if (!opening.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(takeOpening());
            }
        }
    }

    /** Executes a statement that returns nothing. */
    void execute(String sql) throws SQLException {
        sendOpening();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The connection itself. */
    Connection connection() {
        return connection;
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(TransactionConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
