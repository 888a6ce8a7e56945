package io.github.embeddedcommerce.examples.benchmark.shop.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Issuing coupons. */
final class Coupons {
    private final Sql sql;
    private final String lockUser;
    private final String lockLimited;
    private final String read;
    private final String issue;
    private final String count;

    Coupons(Sql sql) {
        this.sql = sql;
        this.lockUser = sql.text("""
                select (select count(c.total) from #coupons c where c.id = ?) from #users u
                where u.id = ?
                for update
                """);
        this.lockLimited = sql.text("select total, issued, expires_at from #coupons where id = ? for update");
        this.read = sql.text("select total, issued, expires_at from #coupons where id = ?");
        this.issue = sql.text("""
                insert into #user_coupons (coupon_id, user_id, issued_at)
                select ?, ?, ?
                where not exists (select 1 from #user_coupons where coupon_id = ? and user_id = ?)
                """ + sql.unlessThere());
        this.count = sql.text("update #coupons set issued = ? where id = ?");
    }

    private record Supply(long total, long issued, Instant expiresAt) {}

    long issue(Connection connection, String user, long coupon, Instant now) throws SQLException {
        boolean limited = sql.one(connection, lockUser, row -> row.getLong(1) > 0, coupon, user);
        Supply supply = sql.one(
                connection,
                limited ? lockLimited : read,
                row -> new Supply(row.getLong(1), row.getLong(2), sql.instant(row, 3)),
                coupon);
        if (!now.isBefore(supply.expiresAt) || (limited && supply.issued >= supply.total)) {
            throw new IllegalStateException("coupon " + coupon + " cannot be issued: " + supply);
        }
        Long id = sql.insert(connection, issue, coupon, user, now, coupon, user);
        if (id == null) {
            throw new IllegalStateException("coupon " + coupon + " has been issued to " + user);
        }
        if (limited) {
            sql.updateOne(connection, count, supply.issued + 1, coupon);
        }
        return id;
    }
}
