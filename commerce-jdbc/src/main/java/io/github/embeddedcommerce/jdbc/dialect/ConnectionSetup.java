package io.github.embeddedcommerce.jdbc.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Makes a connection ready for one transaction of ours, READ COMMITTED with a bound on waits for locks, and tells how
 * to give it back as it came. A bound on the whole answer is not its business. Thread-safe.
 */
public interface ConnectionSetup {
    /**
     * Does it at the very start of a transaction, as far as it cannot go with the first statement. A connection of the
     * host's that is in the midst of one is refused (VALIDATION_ERROR) and left as it is.
     *
     * @param hadAutoCommit whether the connection came with autocommit on, and so outside any transaction
     */
    Prepared prepare(Connection connection, WaitBounds bounds, boolean hadAutoCommit) throws SQLException;

    /**
     * What is left to do for a connection that is ready.
     *
     * @param opening what is to be sent in one round trip with the first statement of the transaction: statements that
     *     return nothing, a semicolon after each; empty for nothing
     * @param bound on each wait for a lock, which can be tightened
     * @param undo what gives the connection back as it came, after the transaction
     */
    record Prepared(String opening, LockWaitBound bound, Undo undo) {
        /** With nothing to send, and nothing but the bound to undo. */
        static Prepared with(LockWaitBound bound) {
            return new Prepared("", bound, bound);
        }
    }

    /** What gives a connection back as it came. */
    interface Undo {
        /** Nothing to be undone. */
        Undo NOTHING = connection -> {};

        /** Does it, after the transaction. */
        void on(Connection connection) throws SQLException;

        /** This, then that. */
        default Undo then(Undo next) {
            return connection -> {
                on(connection);
                next.on(connection);
            };
        }
    }

    /**
     * H2 keeps both with the connection, and answers without a round trip. A bound that is as tight stays: H2 plans all
     * statements of a connection anew once its bound is set.
     */
    static ConnectionSetup ofH2() {
        return (connection, bounds, hadAutoCommit) -> {
            long before = lockTimeoutOutsideTransactions(connection);
            if (!hadAutoCommit) {
                RunningTransaction.refuseManaged(connection, Dialect.H2);
            }
            LockWaitBound bound = LockWaitBound.ofH2(before).atMost(bounds.lockWait(), connection);
            int isolation = connection.getTransactionIsolation();
            if (isolation == Connection.TRANSACTION_READ_COMMITTED) {
                return Prepared.with(bound);
            }
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return new Prepared("", bound, bound.then(reset -> reset.setTransactionIsolation(isolation)));
        };
    }

    /** The same for a pool of ours, whose connections have this bound already. */
    static ConnectionSetup ofH2(Duration sessionLockWait) {
        return (connection, bounds, hadAutoCommit) ->
                Prepared.with(LockWaitBound.ofH2(sessionLockWait.toMillis()).atMost(bounds.lockWait(), connection));
    }

    /**
     * PostgreSQL keeps all of it with the transaction: nothing to undo, nothing for a pooler between us and the server
     * to hand on to somebody else, and no round trip beside the first statement's, if the driver is PostgreSQL's own.
     * What has to answer in time wants a few rows, and is to find them by indexes: PostgreSQL would go on reading a
     * table from end to end that had a few rows when the plan was made, until it analyzes the table anew.
     */
    static ConnectionSetup ofPostgres() {
        return (connection, bounds, hadAutoCommit) -> {
            if (!hadAutoCommit) {
                RunningTransaction.refuseOn(connection, Dialect.POSTGRESQL);
            }
            String opening = "set transaction isolation level read committed; set local lock_timeout = "
                    + bounds.lockWait().toMillis() + "; "
                    + (bounds.answersInTime() ? scanning(Dialect.POSTGRESQL, false) + "; " : "");
            boolean sendsTogether = connection.getMetaData().getDriverName().equals("PostgreSQL JDBC Driver");
            if (!sendsTogether) {
                execute(connection, opening);
            }
            LockWaitBound bound = LockWaitBound.ofPostgres(bounds.lockWait(), sendsTogether);
            return new Prepared(sendsTogether ? opening : "", bound, Undo.NOTHING);
        };
    }

    /**
     * What has the statements that follow in a transaction read tables from end to end, or not; empty where nothing
     * does.
     */
    static String scanning(Dialect dialect, boolean allowed) {
        return dialect == Dialect.POSTGRESQL ? "set local enable_seqscan = " + (allowed ? "default" : "off") : "";
    }

    /** MariaDB says in its one answer whether a transaction is running. */
    static ConnectionSetup ofMariaDb() {
        return ofMySql("@@tx_isolation, @@in_transaction", false);
    }

    /** MySQL says so only when the isolation of the next one is set. */
    static ConnectionSetup ofMySql() {
        return ofMySql("@@transaction_isolation, 0", true);
    }

    /**
     * MariaDB and MySQL keep the bound with the connection, in whole seconds, and can set the isolation for one
     * transaction. It takes one round trip where the host's pool has READ COMMITTED and a bound that is as tight, two
     * to four where not.
     *
     * @param isolationAndTransaction what asks for the isolation, and whether a transaction is running
     * @param tellsBySetting whether the latter is told only by setting the isolation
     */
    static ConnectionSetup ofMySql(String isolationAndTransaction, boolean tellsBySetting) {
        String query = "select @@innodb_lock_wait_timeout, " + isolationAndTransaction;
        return (connection, bounds, hadAutoCommit) -> {
            long before;
            String isolation;
            boolean running;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                before = row.getLong(1);
                isolation = row.getString(2);
                running = row.getBoolean(3);
            }
            boolean unknown = tellsBySetting && !hadAutoCommit;
            if (running || (unknown && !RunningTransaction.begun(connection, isolation))) {
                throw RunningTransaction.refusal();
            }
            if (!hadAutoCommit) {
                RunningTransaction.refuseManaged(connection, Dialect.MYSQL);
            }
            if (!isolation.equals("READ-COMMITTED") && !RunningTransaction.begunReadCommitted(connection)) {
                throw RunningTransaction.refusal();
            }
            return Prepared.with(LockWaitBound.ofMySql(before).atMost(bounds.lockWait(), connection));
        };
    }

    /** The same for a pool of ours, whose connections have this bound already. */
    static ConnectionSetup ofMySql(Duration sessionLockWait) {
        return (connection, bounds, hadAutoCommit) -> Prepared.with(
                LockWaitBound.ofMySql(wholeSeconds(sessionLockWait)).atMost(bounds.lockWait(), connection));
    }

    /** As many seconds as it takes, at least one. */
    static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }

    private static long lockTimeoutOutsideTransactions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select lock_timeout(), transaction_id()")) {
            row.next();
            if (row.getString(2) != null) {
                throw RunningTransaction.refusal();
            }
            return row.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
