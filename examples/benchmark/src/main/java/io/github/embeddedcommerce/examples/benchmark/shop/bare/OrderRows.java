package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.github.embeddedcommerce.examples.benchmark.shop.Catalog;
import io.github.embeddedcommerce.examples.benchmark.shop.Filling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes many orders at once into the library's tables, by batches. */
public final class OrderRows {
    private static final int CHUNK = 5_000;
    private static final Duration TIME_TO_PAY = Duration.ofMinutes(10);

    private final Connection connection;
    private final Sql sql;
    private final Catalog catalog;
    private final Instant now;

    /** As of this moment, on a connection with autocommit off. */
    public OrderRows(Connection connection, Catalog catalog, Instant now) throws SQLException {
        this.connection = connection;
        this.sql = Sql.of(connection);
        this.catalog = catalog;
        this.now = now;
    }

    /** Orders of one line that were not paid in time and still hold their stock. */
    public void overdue(int orders) throws SQLException {
        for (int done = 0; done < orders; done += CHUNK) {
            int chunk = Math.min(CHUNK, orders - done);
            insert(done, chunk, 1, catalog.users().size(), "PENDING", now.minus(Duration.ofHours(1)), null);
        }
        Map<Integer, Long> reserved =
                IntStream.range(0, orders).boxed().collect(groupingBy(order -> option(order, 0), counting()));
        List<@Nullable Object[]> stock = new ArrayList<>();
        reserved.forEach((option, units) ->
                stock.add(new Object[] {units, catalog.options().get(option)}));
        batch("update #stock set reserved = reserved + ? where option_id = ?", stock);
        connection.commit();
    }

    /** Paid orders of so many lines, for a snapshot: their stock and balances stay as they are. */
    public void paid(int orders, int linesEach) throws SQLException {
        Instant paid = now.minus(Duration.ofHours(2));
        for (int done = 0; done < orders; done += CHUNK) {
            int chunk = Math.min(CHUNK, orders - done);
            insert(done, chunk, linesEach, catalog.users().size(), "PAID", paid.minusSeconds(60), paid);
            connection.commit();
        }
    }

    /** Removes all snapshots of popular products. */
    public static void forgetSnapshots(Connection connection) throws SQLException {
        Sql sql = Sql.of(connection);
        sql.update(connection, sql.text("delete from #popular_products"));
        sql.update(connection, sql.text("delete from #popular_snapshots"));
    }

    /** Orders of the first users that expired long ago, and whose events have been delivered. */
    void expired(int orders, int users) throws SQLException {
        List<Long> ids = insert(0, orders, 1, users, "EXPIRED", now.minus(Duration.ofDays(30)), null);
        List<@Nullable Object[]> events = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            events.add(new Object[] {ids.get(i), catalog.users().get(i % users), now, now});
        }
        batch("""
                insert into #order_events
                  (order_id, number, type, user_id, happened_at, status, status_at, tries, error)
                values (?, 1, 'EXPIRED', ?, ?, 'DELIVERED', ?, 1, '')
                """, events);
        connection.commit();
    }

    /** Writes orders and their lines, from this one on. Returns their ids. */
    List<Long> insert(
            int from, int orders, int linesEach, int users, String status, Instant placed, @Nullable Instant paid)
            throws SQLException {
        long last = sql.one(connection, sql.text("select coalesce(max(id), 0) from #orders"), row -> row.getLong(1));
        List<@Nullable Object[]> heads = new ArrayList<>();
        for (int i = from; i < from + orders; i++) {
            long total = 0;
            for (int n = 0; n < linesEach; n++) {
                total += Filling.price(option(i, n) / Filling.OPTIONS_A_PRODUCT);
            }
            String user = catalog.users().get(i % users);
            heads.add(new @Nullable Object[] {
                user,
                status,
                total,
                placed,
                placed.plus(TIME_TO_PAY),
                placed.plus(TIME_TO_PAY),
                paid,
                status.equals("EXPIRED") ? now : null,
                paid == null ? 0L : total,
                paid == null ? 0L : 1L,
                status.equals("PENDING") ? 0L : 1L
            });
        }
        batch("""
                insert into #orders (user_id, status, total, discount, placed_at, pay_by, expires_at, paid_at,
                  closed_at, from_balance, balance_parts, events)
                values (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)
                """, heads);
        List<Long> ids = sql.list(
                connection, sql.text("select id from #orders where id > ? order by id"), row -> row.getLong(1), last);
        List<@Nullable Object[]> lines = new ArrayList<>();
        for (int i = from; i < from + orders; i++) {
            for (int n = 0; n < linesEach; n++) {
                lines.add(line(ids.get(i - from), n, option(i, n)));
            }
        }
        batch("""
                insert into #order_lines
                  (order_id, number, option_id, sku, product_id, product_name, unit_price, quantity)
                values (?, ?, ?, ?, ?, ?, ?, 1)
                """, lines);
        return ids;
    }

    /** Which option stands in a line: over all options, in strides. */
    int option(int order, int line) {
        return (order * 37 + line * 101) % catalog.options().size();
    }

    private @Nullable Object[] line(long order, int number, int option) {
        int product = option / Filling.OPTIONS_A_PRODUCT;
        long productId = catalog.products().get(product);
        return new Object[] {
            order,
            number + 1L,
            catalog.options().get(option),
            Filling.sku(option),
            productId,
            "product " + product,
            Filling.price(product)
        };
    }

    private void batch(String statement, List<@Nullable Object[]> rows) throws SQLException {
        sql.batch(connection, sql.text(statement), rows);
    }
}
