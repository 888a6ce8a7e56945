package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Expiring overdue orders, a chunk a transaction, and ranking popular products. */
final class Jobs {
    private static final long CHUNK = 500;
    private static final Duration WINDOW = Duration.ofDays(3);
    private static final long PLACES = 5;

    private final Sql sql;
    private final Stocks stocks;
    private final String overdue;
    private final InList lines;
    private final InList lock;
    private final String expire;
    private final String event;
    private final String bestSelling;
    private final String lockShop;
    private final String snapshotOf;
    private final String insertSnapshot;
    private final String insertEntry;

    Jobs(Sql sql, Stocks stocks) {
        this.sql = sql;
        this.stocks = stocks;
        this.overdue = sql.text("""
                select id from #orders
                where status = 'PENDING' and expires_at <= ?
                order by status, expires_at, id
                fetch first ? rows only
                """);
        this.lines = sql.inList("select order_id, option_id, quantity from #order_lines where order_id in (?*)");
        this.lock = sql.inList("""
                select id, user_id, status from #orders
                where id in (?*)
                order by id
                for update skip locked
                """);
        this.expire = sql.text("update #orders set status = 'EXPIRED', closed_at = ?, events = 1 where id = ?");
        this.event = sql.text("""
                insert into #order_events
                  (order_id, number, type, user_id, happened_at, status, status_at, tries, error)
                values (?, 1, 'EXPIRED', ?, ?, 'WAITING', ?, 0, '')
                """);
        this.bestSelling = sql.text("""
                select l.product_id, sum(l.quantity) as sold, max(o.paid_at) as last_paid_at
                from #orders o join #order_lines l on l.order_id = o.id
                where o.paid_at >= ? and o.paid_at < ? and (o.closed_at is null or o.closed_at > ?)
                group by l.product_id
                order by sold desc, last_paid_at desc, l.product_id
                fetch first ? rows only
                """);
        this.lockShop = sql.text("select id from #shop for update");
        this.snapshotOf = sql.text("select places from #popular_snapshots where for_day = ?");
        this.insertSnapshot = sql.text("""
                insert into #popular_snapshots (for_day, sold_since, created_at, places) values (?, ?, ?, ?)
                """);
        this.insertEntry = sql.text("""
                insert into #popular_products (for_day, position, product_id, quantity, last_paid_at)
                values (?, ?, ?, ?, ?)
                """);
    }

    private record Sold(long product, long quantity, Instant lastPaidAt) {}

    /**
     * Expires one chunk. Returns how many orders it found, 0 if none are left: those that others hold are found again.
     */
    long expireChunk(Connection connection, Instant now) throws SQLException {
        List<Long> found = sql.list(connection, overdue, row -> row.getLong(1), now, CHUNK);
        if (found.isEmpty()) {
            return 0;
        }
        Object[] ids = found.toArray();
        Map<Long, String> locked = new LinkedHashMap<>();
        sql.each(
                connection,
                lock.of(found.size()),
                row -> {
                    if (row.getString(3).equals("PENDING")) {
                        locked.put(row.getLong(1), row.getString(2));
                    }
                },
                ids);
        SortedMap<Long, Long> held = new TreeMap<>();
        sql.each(
                connection,
                lines.of(found.size()),
                row -> {
                    if (locked.containsKey(row.getLong(1))) {
                        held.merge(row.getLong(2), row.getLong(3), Long::sum);
                    }
                },
                ids);
        List<@Nullable Object[]> orders = new ArrayList<>();
        List<@Nullable Object[]> events = new ArrayList<>();
        locked.forEach((id, user) -> {
            orders.add(new Object[] {now, id});
            events.add(new Object[] {id, user, now, now});
        });
        sql.batch(connection, expire, orders);
        sql.batch(connection, event, events);
        stocks.move(connection, held, 0, -1);
        return found.size();
    }

    /** What a snapshot of this moment would rank; empty if the day has one. */
    List<@Nullable Object[]> count(Connection connection, Instant now) throws SQLException {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!sql.list(connection, snapshotOf, row -> row.getInt(1), day).isEmpty()) {
            return List.of();
        }
        List<Sold> sold = sql.list(
                connection,
                bestSelling,
                row -> new Sold(row.getLong(1), row.getLong(2), sql.instant(row, 3)),
                now.minus(WINDOW),
                now,
                now,
                PLACES);
        List<@Nullable Object[]> entries = new ArrayList<>();
        for (Sold product : sold) {
            entries.add(
                    new Object[] {day, (long) entries.size() + 1, product.product, product.quantity, product.lastPaidAt
                    });
        }
        return entries;
    }

    int keep(Connection connection, List<@Nullable Object[]> entries, Instant now) throws SQLException {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        sql.one(connection, lockShop, row -> row.getInt(1));
        if (!sql.list(connection, snapshotOf, row -> row.getInt(1), day).isEmpty()) {
            return 0;
        }
        sql.updateOne(connection, insertSnapshot, day, now.minus(WINDOW), now, PLACES);
        sql.batch(connection, insertEntry, entries);
        return entries.size();
    }
}
