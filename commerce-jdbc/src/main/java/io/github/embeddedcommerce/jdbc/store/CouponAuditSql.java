package io.github.embeddedcommerce.jdbc.store;

/** The queries for coupons, and for orders that were paid with one, that break an invariant. */
final class CouponAuditSql {
    /**
     * When the discount was fixed: when a payment from outside began, if there is one; else when the order was paid.
     */
    private static final String FIXED_AT = """
            case when u.order_id = o.id and (o.paid_at is null or o.from_outside > 0) then u.used_at else o.paid_at end""";

    static final String COUNTED = """
            select c.id as coupon_id, c.total, c.issued, coalesce(u.held, 0) as held
            from <commerce>coupons c
            left join (
              select coupon_id, count(*) as held
              from <commerce>user_coupons where <chunk coupon_id> group by coupon_id) u on u.coupon_id = c.id
            where <chunk c.id> and ((c.total is not null and (c.issued <> coalesce(u.held, 0) or c.issued > c.total))
              or (c.total is null and c.issued <> 0))
            """;

    /**
     * Greater than the least number: H2 has those that nobody has used at the begin of the index, and would read them.
     */
    static final String USED_ONCE = """
            select * from (
            select u.id as user_coupon_id, u.order_id as used_for, o.id as order_id, o.status
            from <commerce>user_coupons u
            join <commerce>coupons c on c.id = u.coupon_id
            left join <commerce>orders o on o.user_coupon_id = u.id and o.id = u.order_id
            where <chunk u.order_id> and u.order_id > -9223372036854775807
              and (o.id is null or o.user_id <> u.user_id or (o.paid_at is null and o.status <> 'PENDING')
                or u.used_at < o.placed_at
                or (o.paid_at is not null
                  and u.used_at > case when o.paid_at > u.issued_at then o.paid_at else u.issued_at end)
                or (o.paid_at is not null and o.from_outside = 0
                  and u.used_at < case when o.paid_at > u.issued_at then o.paid_at else u.issued_at end)
                or (o.closed_at is not null and o.closed_at < c.expires_at))
            union all
            select u.id, u.order_id, o.id, o.status
            from <commerce>orders o
            join <commerce>user_coupons u on u.id = o.user_coupon_id
            where <chunk o.id> and o.status not in ('CANCELLED', 'EXPIRED') and (u.order_id is null or u.order_id <> o.id)) x
            """;

    static final String DISCOUNTS_FOLLOW_TERMS = """
            select * from (
              select o.id as order_id, o.user_coupon_id, o.total, o.discount, c.id as coupon_id,
                case when c.rate is null then c.fixed_discount
                  else floor(cast(o.total as decimal(24, 4)) * c.rate / 100) end as uncapped,
                coalesce(c.maximum_discount, o.total) as maximum,
                case when <fixed_at> < c.expires_at and (c.valid_from is null or <fixed_at> >= c.valid_from)
                  and (c.minimum_total is null or o.total >= c.minimum_total)
                  and o.user_id = u.user_id then 1 else 0 end as allowed
              from <commerce>orders o
              left join <commerce>user_coupons u on u.id = o.user_coupon_id
              left join <commerce>coupons c on c.id = u.coupon_id
              where <chunk o.id> and (o.user_coupon_id is not null or o.discount <> 0)) x
            where coupon_id is null or allowed = 0 or discount <> least(uncapped, maximum, total)
            """.replace("<fixed_at>", FIXED_AT);

    private CouponAuditSql() {}
}
