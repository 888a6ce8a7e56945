package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Placing and reading orders. */
final class Orders {
    private static final Duration TIME_TO_PAY = Duration.ofMinutes(10);
    private static final long PAGE = 20;

    private final Sql sql;
    private final Stocks stocks;
    private final InList offers;
    private final String insert;
    private final String insertLine;
    private final String list;

    Orders(Sql sql, Stocks stocks) {
        this.sql = sql;
        this.stocks = stocks;
        this.offers = sql.inList("""
                select o.id, o.sku, p.id, p.name, p.price, p.on_sale
                from #product_options o join #products p on p.id = o.product_id
                where o.id in (?*)
                """);
        this.insert = sql.text("""
                insert into #orders (user_id, status, total, discount, placed_at, pay_by, expires_at)
                select u.id, 'PENDING', ?, 0, ?, ?, ? from #users u where u.id = ?
                """);
        this.insertLine = sql.text("""
                insert into #order_lines
                  (order_id, number, option_id, sku, product_id, product_name, unit_price, quantity)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """);
        this.list = sql.text("""
                select o.id, o.status, o.total, o.discount, o.placed_at, o.expires_at,
                  l.number, l.option_id, l.sku, l.product_id, l.product_name, l.unit_price, l.quantity
                from (
                  select * from #orders
                  where user_id = ? and id < ?
                  order by user_id desc, id desc
                  fetch first ? rows only) o
                join #order_lines l on l.order_id = o.id
                order by o.id desc, l.number
                """);
    }

    private record Offer(String sku, long product, String name, long price, boolean onSale) {}

    /** An order as it is listed. */
    record Listed(long id, String status, long total, long discount, Instant placedAt, Instant expiresAt) {}

    /** A line as it is listed. */
    record Line(int number, long option, String sku, long product, String name, long unitPrice, long quantity) {}

    long place(Connection connection, String user, long[] options, Instant now) throws SQLException {
        SortedMap<Long, Long> quantities = new TreeMap<>();
        for (long option : options) {
            quantities.merge(option, 1L, Long::sum);
        }
        Map<Long, Offer> offered = offers(connection, quantities);
        SortedMap<Long, Stocks.Level> levels = stocks.lock(connection, quantities);
        quantities.forEach((option, quantity) -> {
            Stocks.Level level = levels.get(option);
            if (level == null || level.onHand() - level.reserved() < quantity) {
                throw new IllegalStateException("option " + option + " is short");
            }
        });
        long order = insert(connection, user, options, offered, now);
        stocks.move(connection, quantities, 0, 1);
        return order;
    }

    private Map<Long, Offer> offers(Connection connection, SortedMap<Long, Long> quantities) throws SQLException {
        Map<Long, Offer> offered = new HashMap<>();
        sql.each(
                connection,
                offers.of(quantities.size()),
                row -> offered.put(
                        row.getLong(1),
                        new Offer(
                                row.getString(2), row.getLong(3), row.getString(4), row.getLong(5), row.getBoolean(6))),
                quantities.keySet().toArray());
        return offered;
    }

    private long insert(Connection connection, String user, long[] options, Map<Long, Offer> offered, Instant now)
            throws SQLException {
        long total = 0;
        List<@Nullable Object[]> lines = new ArrayList<>();
        for (long option : options) {
            Offer offer = offered.get(option);
            if (offer == null || !offer.onSale) {
                throw new IllegalStateException("option " + option + " is not on sale");
            }
            total += offer.price;
            lines.add(new @Nullable Object[] {
                null, (long) lines.size() + 1, option, offer.sku, offer.product, offer.name, offer.price, 1L
            });
        }
        Long order = sql.insert(connection, insert, total, now, now.plus(TIME_TO_PAY), now.plus(TIME_TO_PAY), user);
        if (order == null) {
            throw new IllegalStateException("there is no user " + user);
        }
        lines.forEach(line -> line[0] = order);
        sql.batch(connection, insertLine, lines);
        return order;
    }

    int list(Connection connection, String user) throws SQLException {
        Map<Listed, List<Line>> orders = new LinkedHashMap<>();
        sql.each(
                connection,
                list,
                row -> {
                    Listed order = new Listed(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            sql.instant(row, 5),
                            sql.instant(row, 6));
                    Line line = new Line(
                            row.getInt(7),
                            row.getLong(8),
                            row.getString(9),
                            row.getLong(10),
                            row.getString(11),
                            row.getLong(12),
                            row.getLong(13));
                    orders.computeIfAbsent(order, same -> new ArrayList<>()).add(line);
                },
                user,
                Long.MAX_VALUE,
                PAGE + 1);
        return (int) Math.min(PAGE, orders.size());
    }
}
