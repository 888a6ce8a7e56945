package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the orders that a shop has sold in its life into the library's tables: one line each, paid from the balance,
 * all of it so that the audit is clean.
 */
final class OldOrders {
    private static final int CHUNK = 5_000;
    /** How long the shop has been open. */
    static final Duration AGE = Duration.ofDays(300);

    private static final Duration TIME_TO_PAY = Duration.ofSeconds(60);

    private final Connection connection;
    private final Sql sql;
    private final Catalog catalog;
    private final Instant begin;
    private final long[] spent;
    private final long[] changes;
    private final Instant[] changedAt;
    private final long[] sold;

    /** As of this moment, on a connection with autocommit off. */
    OldOrders(Connection connection, Catalog catalog, Instant now) throws SQLException {
        this.connection = connection;
        this.sql = Sql.of(connection);
        this.catalog = catalog;
        this.begin = now.minus(AGE);
        this.spent = new long[catalog.users().size()];
        this.changes = new long[catalog.users().size()];
        this.changedAt = new Instant[catalog.users().size()];
        Arrays.fill(changedAt, begin);
        this.sold = new long[catalog.options().size()];
    }

    /** So many of them, from the first user to the last and again, evenly over their time. */
    void write(int orders) throws SQLException {
        if (orders == 0) {
            return;
        }
        OrderRows rows = new OrderRows(connection, catalog, begin);
        for (int done = 0; done < orders; done += CHUNK) {
            int chunk = Math.min(CHUNK, orders - done);
            Instant paid = begin.plusMillis((AGE.toMillis() - TIME_TO_PAY.toMillis()) * done / orders)
                    .plus(TIME_TO_PAY);
            List<Long> ids = rows.insert(done, chunk, 1, catalog.users().size(), "PAID", paid.minus(TIME_TO_PAY), paid);
            pay(rows, ids, done, paid);
            connection.commit();
        }
        takeFromBalancesAndStock();
        connection.commit();
    }

    private void pay(OrderRows rows, List<Long> ids, int from, Instant paid) throws SQLException {
        List<@Nullable Object[]> ledger = new ArrayList<>();
        List<@Nullable Object[]> events = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            int user = (from + i) % spent.length;
            int option = rows.option(from + i, 0);
            sold[option]++;
            long price = Filling.price(option / Filling.OPTIONS_A_PRODUCT);
            long before = Filling.BALANCE - spent[user];
            spent[user] += price;
            changes[user]++;
            changedAt[user] = paid;
            String id = catalog.users().get(user);
            Long order = ids.get(i);
            ledger.add(new Object[] {
                id, changes[user] + 1, before, -price, before - price, String.valueOf(order), order, paid
            });
            events.add(new Object[] {order, id, paid, paid});
        }
        sql.batch(connection, sql.text("""
                insert into #balance_changes
                  (user_id, number, balance_before, amount, balance_after, code, note, reference, order_id, part,
                   changed_at)
                values (?, ?, ?, ?, ?, 'PAYMENT', '', ?, ?, 1, ?)
                """), ledger);
        sql.batch(connection, sql.text("""
                insert into #order_events
                  (order_id, number, type, user_id, happened_at, status, status_at, tries, error)
                values (?, 1, 'PAID', ?, ?, 'DELIVERED', ?, 1, '')
                """), events);
    }

    private void takeFromBalancesAndStock() throws SQLException {
        List<@Nullable Object[]> users = new ArrayList<>();
        for (int user = 0; user < spent.length; user++) {
            users.add(new Object[] {
                spent[user], changes[user], changedAt[user], catalog.users().get(user)
            });
        }
        sql.batch(
                connection,
                sql.text("update #users set balance = balance - ?, changes = changes + ?, changed_at = ? where id = ?"),
                users);
        List<@Nullable Object[]> stock = new ArrayList<>();
        for (int option = 0; option < sold.length; option++) {
            stock.add(new Object[] {sold[option], catalog.options().get(option)});
        }
        sql.batch(connection, sql.text("update #stock set on_hand = on_hand - ? where option_id = ?"), stock);
    }
}
