package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.CouponTerms;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.IssueLimit;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.coupon.Validity;
import io.github.embeddedcommerce.store.CouponForUser;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Coupons in SQL. A coupon without a limit has no total, and its count stays 0. */
interface CouponSql {
    @SqlUpdate("""
            insert into <commerce>coupons
              (name, rate, fixed_discount, maximum_discount, minimum_total, valid_from, expires_at, total, issued, created_at)
            values (:terms.name, :terms.discount.percent, :terms.discount.fixed, :terms.discount.maximum,
              :terms.minimumTotal, :terms.validity.from, :terms.validity.expiresAt, :total, 0, :createdAt)
            """)
    @GetGeneratedKeys("id")
    CouponId insert(@BindMethods NewCoupon coupon, Instant createdAt);

    @SqlQuery("select * from <commerce>coupons where id in (<ids>)")
    List<Coupon> find(@BindList Collection<CouponId> ids);

    /** What the subquery looks at is not locked. */
    @SqlQuery("""
            select u.id as user_id, (select count(c.total) from <commerce>coupons c where c.id in (<coupons>)) as limits
            from <commerce>users u where u.id in (<users>)
            order by u.id
            for update
            """)
    List<UserForIssue> lockUsers(@BindList Collection<UserId> users, @BindList Collection<CouponId> coupons);

    /**
     * A user whose row is locked.
     *
     * @param limits how many of the coupons that are asked for have a limit
     */
    record UserForIssue(UserId user, long limits) {}

    @SqlQuery("select * from <commerce>coupons where id in (<ids>) and total is not null order by id for update")
    List<Coupon> lockLimited(@BindList Collection<CouponId> ids);

    @SqlBatch("""
            update <commerce>coupons set total = :limit.total, issued = :limit.issued
            where id = :id and total is not null
            """)
    int[] write(@BindMethods List<Coupon> coupons);

    @SqlQuery("""
            select user_id, coupon_id from <commerce>user_coupons
            where user_id in (<users>) and coupon_id in (<coupons>)
            """)
    Set<CouponForUser> issuedTo(@BindList Collection<UserId> users, @BindList Collection<CouponId> coupons);

    String ISSUE = """
            insert into <commerce>user_coupons (coupon_id, user_id, issued_at)
            select :coupon, :user, :now
            where not exists (select 1 from <commerce>user_coupons where coupon_id = :coupon and user_id = :user)
            <unless_there>
            """;

    @SqlQuery("""
            select c.*, u.id as user_coupon_id, u.user_id, u.issued_at, u.order_id, u.used_at
            from <commerce>user_coupons u join <commerce>coupons c on c.id = u.coupon_id
            where u.id in (<ids>)
            """)
    List<UserCoupon> issued(@BindList Collection<UserCouponId> ids);

    @SqlQuery("""
            select c.*, u.id as user_coupon_id, u.user_id, u.issued_at, u.order_id, u.used_at
            from <commerce>user_coupons u join <commerce>coupons c on c.id = u.coupon_id
            where u.user_id = :user
              and not exists (select 1 from <commerce>orders o where o.user_id = :user and o.user_coupon_id = u.id)
            order by u.id
            """)
    List<UserCoupon> neverUsed(UserId user);

    @SqlBatch("delete from <commerce>user_coupons where id = :id and order_id is null")
    int[] remove(@BindMethods List<UserCoupon> neverUsed);

    @SqlBatch("""
            update <commerce>user_coupons set order_id = :use.order, used_at = :use.at
            where id = :id and order_id is null
            """)
    int[] use(@BindMethods List<UserCoupon> used);

    @SqlUpdate("""
            update <commerce>user_coupons set order_id = null, used_at = null
            where id in (<ids>) and order_id is not null
            """)
    int giveBack(@BindList Collection<UserCouponId> ids);

    @SqlQuery("""
            select c.*, u.id as user_coupon_id, u.user_id, u.issued_at, u.order_id, u.used_at
            from <commerce>user_coupons u join <commerce>coupons c on c.id = u.coupon_id
            where u.user_id = :user and u.id < :below
              and case when u.order_id is not null then 'USED' when c.expires_at <= :now then 'EXPIRED'
                else 'AVAILABLE' end in (<statuses>)
            order by u.user_id desc, u.id desc
            fetch first :limit rows only
            """)
    List<UserCoupon> list(UserId user, @BindList Collection<CouponStatus> statuses, Instant now, long below, int limit);

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(CouponId.class, (row, context) -> new CouponId(row.getLong(1)));
        jdbi.registerRowMapper(UserCouponId.class, (row, context) -> new UserCouponId(row.getLong(1)));
        jdbi.registerRowMapper(
                UserForIssue.class,
                (row, context) -> new UserForIssue(new UserId(row.getString("user_id")), row.getLong("limits")));
        jdbi.registerRowMapper(
                CouponForUser.class,
                (row, context) -> new CouponForUser(
                        new UserId(row.getString("user_id")), new CouponId(row.getLong("coupon_id"))));
        jdbi.registerRowMapper(Coupon.class, (row, context) -> coupon(row, columns));
        jdbi.registerRowMapper(
                UserCoupon.class,
                (row, context) -> new UserCoupon(
                        new UserCouponId(row.getLong("user_coupon_id")),
                        new UserId(row.getString("user_id")),
                        coupon(row, columns),
                        columns.instant(row, "issued_at"),
                        use(row, columns)));
    }

    private static Coupon coupon(ResultSet row, RowReader columns) throws SQLException {
        DiscountRule discount = new DiscountRule(
                row.getBigDecimal("rate"),
                columns.moneyOrNull(row, "fixed_discount"),
                columns.moneyOrNull(row, "maximum_discount"));
        CouponTerms terms = new CouponTerms(
                row.getString("name"),
                discount,
                new Validity(columns.instantOrNull(row, "valid_from"), columns.instant(row, "expires_at")),
                columns.moneyOrNull(row, "minimum_total"));
        return new Coupon(new CouponId(row.getLong("id")), terms, limit(row), columns.instant(row, "created_at"));
    }

    private static @Nullable IssueLimit limit(ResultSet row) throws SQLException {
        long total = row.getLong("total");
        return row.wasNull() ? null : new IssueLimit(total, row.getLong("issued"));
    }

    private static UserCoupon.@Nullable Use use(ResultSet row, RowReader columns) throws SQLException {
        long order = row.getLong("order_id");
        return row.wasNull() ? null : new UserCoupon.Use(order, columns.instant(row, "used_at"));
    }
}
