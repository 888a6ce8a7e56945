package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import io.github.embeddedcommerce.examples.benchmark.shop.bare.Balances.Account;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Paying and cancelling orders. */
final class Payments {
    private final Sql sql;
    private final Stocks stocks;
    private final Balances balances;
    private final String lock;
    private final String lines;
    private final String coupon;
    private final String writePaid;
    private final String writeCancelled;
    private final String useCoupon;
    private final String giveCouponBack;
    private final String event;
    private final String stockChange;

    Payments(Sql sql, Stocks stocks, Balances balances) {
        this.sql = sql;
        this.stocks = stocks;
        this.balances = balances;
        this.lock = sql.text("""
                select user_id, status, total, discount, user_coupon_id, expires_at from #orders
                where id = ?
                for update
                """);
        this.lines = sql.text("select option_id, quantity from #order_lines where order_id = ?");
        this.coupon = sql.text("""
                select u.user_id, u.order_id, c.rate, c.expires_at
                from #user_coupons u join #coupons c on c.id = u.coupon_id
                where u.id = ?
                """);
        this.writePaid = sql.text("""
                update #orders set status = 'PAID', discount = ?, user_coupon_id = ?, paid_at = ?,
                  from_balance = ?, balance_parts = ?, events = 1
                where id = ?
                """);
        this.writeCancelled = sql.text("""
                update #orders set status = 'CANCELLED', closed_at = ?,
                  refunded_to_balance = from_balance, balance_parts = 2 * balance_parts, events = 2
                where id = ?
                """);
        this.useCoupon = sql.text("""
                update #user_coupons set order_id = ?, used_at = ?
                where id = ? and order_id is null
                """);
        this.giveCouponBack = sql.text("""
                update #user_coupons set order_id = null, used_at = null
                where id = ? and order_id is not null
                """);
        this.event = sql.text("""
                insert into #order_events
                  (order_id, number, type, user_id, happened_at, status, status_at, tries, error)
                values (?, ?, ?, ?, ?, 'WAITING', ?, 0, '')
                """);
        this.stockChange = sql.text("""
                insert into #stock_changes (option_id, quantity_before, quantity_after, kind, note, changed_at)
                values (?, ?, ?, 'RETURN', ?, ?)
                """);
    }

    private record Locked(
            String user,
            String status,
            long total,
            long discount,
            @Nullable Long coupon,
            Instant expiresAt) {}

    private record Held(String user, boolean used, BigDecimal rate, Instant expiresAt) {}

    /** Returns what is left of the balance. */
    long pay(Connection connection, String user, long id, @Nullable Long couponId, Instant now) throws SQLException {
        Locked order = lock(connection, user, id);
        if (!order.status.equals("PENDING") || !now.isBefore(order.expiresAt)) {
            throw new IllegalStateException("order " + id + " cannot be paid: " + order);
        }
        SortedMap<Long, Long> quantities = quantities(connection, id);
        Account account = balances.lock(connection, user);
        long discount = couponId == null ? 0 : discount(connection, couponId, order, now);
        long balance = account.balance();
        if (order.total > discount) {
            balance = balances.change(connection, account, discount - order.total, "PAYMENT", id, now);
        }
        long paid = order.total - discount;
        sql.updateOne(connection, writePaid, discount, couponId, now, paid, paid == 0 ? 0L : 1L, id);
        if (couponId != null) {
            sql.updateOne(connection, useCoupon, id, now, couponId);
        }
        sql.updateOne(connection, event, id, 1L, "PAID", user, now, now);
        stocks.move(connection, quantities, -1, -1);
        return balance;
    }

    void cancelPaid(Connection connection, String user, long id, Instant now) throws SQLException {
        Locked order = lock(connection, user, id);
        if (!order.status.equals("PAID")) {
            throw new IllegalStateException("order " + id + " is not paid: " + order);
        }
        SortedMap<Long, Long> quantities = quantities(connection, id);
        Account account = balances.lock(connection, user);
        Held held = order.coupon == null ? null : coupon(connection, order.coupon);
        Map<Long, Stocks.Level> levels = stocks.lock(connection, quantities);
        if (order.total > order.discount) {
            balances.change(connection, account, order.total - order.discount, "REFUND", id, now);
        }
        sql.updateOne(connection, writeCancelled, now, id);
        if (held != null && now.isBefore(held.expiresAt)) {
            sql.updateOne(connection, giveCouponBack, order.coupon);
        }
        sql.updateOne(connection, event, id, 2L, "CANCELLED", user, now, now);
        stocks.change(connection, quantities, now);
        List<@Nullable Object[]> returned = new ArrayList<>();
        quantities.forEach((option, quantity) -> {
            Stocks.Level level = levels.get(option);
            long before = level == null ? 0 : level.onHand();
            returned.add(new Object[] {option, before, before + quantity, "order " + id, now});
        });
        sql.batch(connection, stockChange, returned);
    }

    private Locked lock(Connection connection, String user, long id) throws SQLException {
        Locked order = sql.one(
                connection,
                lock,
                row -> {
                    long coupon = row.getLong(5);
                    return new Locked(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            coupon == 0 ? null : coupon,
                            sql.instant(row, 6));
                },
                id);
        if (!order.user.equals(user)) {
            throw new IllegalStateException("order " + id + " is not of " + user);
        }
        return order;
    }

    private SortedMap<Long, Long> quantities(Connection connection, long order) throws SQLException {
        SortedMap<Long, Long> quantities = new TreeMap<>();
        sql.each(connection, lines, row -> quantities.merge(row.getLong(1), row.getLong(2), Long::sum), order);
        return quantities;
    }

    private Held coupon(Connection connection, long id) throws SQLException {
        return sql.one(
                connection,
                coupon,
                row -> new Held(row.getString(1), row.getLong(2) != 0, row.getBigDecimal(3), sql.instant(row, 4)),
                id);
    }

    private long discount(Connection connection, long id, Locked order, Instant now) throws SQLException {
        Held held = coupon(connection, id);
        if (!held.user.equals(order.user) || held.used || !now.isBefore(held.expiresAt)) {
            throw new IllegalStateException("coupon " + id + " cannot be used: " + held);
        }
        return held.rate
                .movePointLeft(2)
                .multiply(BigDecimal.valueOf(order.total))
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }
}
