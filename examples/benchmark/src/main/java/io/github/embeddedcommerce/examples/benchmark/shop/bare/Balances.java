package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Balances, and the ledger of their changes. */
final class Balances {
    private final Sql sql;
    private final String lock;
    private final String update;
    private final String record;

    Balances(Sql sql) {
        this.sql = sql;
        this.lock = sql.text("select balance, changes from #users where id = ? for update");
        this.update = sql.text("""
                update #users set balance = ?, changes = ?, changed_at = ?
                where id = ? and balance = ? and changes = ?
                """);
        this.record = sql.text("""
                insert into #balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, order_id, part, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
    }

    /** A user's row, which is locked. */
    record Account(String user, long balance, long changes) {}

    Account lock(Connection connection, String user) throws SQLException {
        return sql.one(connection, lock, row -> new Account(user, row.getLong(1), row.getLong(2)), user);
    }

    /** Changes the balance and writes the line of the ledger. Returns the balance after. */
    long change(Connection connection, Account account, long amount, String code, @Nullable Long order, Instant now)
            throws SQLException {
        long after = account.balance + amount;
        if (after < 0) {
            throw new IllegalStateException(account + " has too little for " + amount);
        }
        long number = account.changes + 1;
        sql.updateOne(connection, update, after, number, now, account.user, account.balance, account.changes);
        sql.updateOne(
                connection,
                record,
                account.user,
                number,
                account.balance,
                amount,
                after,
                code,
                "",
                order == null ? "" : order.toString(),
                order,
                order == null ? 0L : code.equals("PAYMENT") ? 1L : 2L,
                now);
        return after;
    }
}
