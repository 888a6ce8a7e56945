package io.github.embeddedcommerce.jdbc.store;

/** For each invariant of returns, the query for the rows that break it. */
final class ReturnAuditSql {
    /**
     * Lines, returns and orders that do not agree on what was given back, and when. Each column has a value in one of
     * the first two parts: PostgreSQL takes one that is null in both for a text.
     */
    static final String MATCH_LINES = """
            select * from (
              select l.order_id, l.number, null as return_id, l.quantity, l.returned, coalesce(r.units, 0) as units
              from <commerce>order_lines l
              left join (
                select order_id, number, sum(quantity) as units
                from <commerce>return_lines group by order_id, number) r
                on r.order_id = l.order_id and r.number = l.number
              where l.returned <> coalesce(r.units, 0) or l.returned > l.quantity
              union all
              select o.id, null, b.last_return, null, null, null
              from <commerce>orders o
              left join (
                select order_id, max(id) as last_return, max(returned_at) as last_time, min(returned_at) as first_time
                from <commerce>returns group by order_id) b on b.order_id = o.id
              where (o.returned_at is null and b.order_id is not null)
                or (o.returned_at is not null and (b.order_id is null or b.last_time <> o.returned_at
                  or o.paid_at is null or b.first_time < o.paid_at or o.closed_at < b.last_time))
              union all
              select o.id, null, null, sum(l.quantity), sum(l.returned), null
              from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
              where o.status = 'PAID'
              group by o.id
              having sum(l.quantity) = sum(l.returned)
              union all
              select b.order_id, null, b.id, null, null, null
              from <commerce>returns b left join <commerce>return_lines l on l.return_id = b.id
              where l.return_id is null) x
            """;

    /**
     * What each line was paid is its price less its share of the discount, by the largest remainder; what its returns
     * refunded is that for the units given back, rounded down. Decimals hold the products, and what is divided leaves
     * no remainder.
     */
    static final String REFUND_SHARES = """
            select * from (
              select f.order_id, f.number, null as return_id, f.share, f.refunded,
                (f.exact - mod(f.exact, f.quantity)) / f.quantity as expected
              from (
                select s.*, (s.subtotal - s.share) * s.returned as exact from (
                  select p.*, p.part + case when row_number() over (
                      partition by p.order_id order by p.remainder desc, p.number)
                    <= p.discount - sum(p.part) over (partition by p.order_id) then 1 else 0 end as share
                  from (
                    select q.*, mod(q.product, q.divisor) as remainder,
                      (q.product - mod(q.product, q.divisor)) / q.divisor as part
                    from (
                      select l.order_id, l.number, l.quantity, l.returned, o.discount,
                        l.unit_price * l.quantity as subtotal,
                        cast(o.discount as decimal(19, 0)) * (l.unit_price * l.quantity) as product,
                        case when o.total = 0 then 1 else o.total end as divisor, coalesce(r.refunded, 0) as refunded
                      from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
                      left join (
                        select order_id, number, sum(refund) as refunded
                        from <commerce>return_lines group by order_id, number) r
                        on r.order_id = l.order_id and r.number = l.number
                      where o.returned_at is not null) q) p) s) f
              where f.refunded <> (f.exact - mod(f.exact, f.quantity)) / f.quantity
              union all
              select b.order_id, null, b.id, null, b.refund, sum(l.refund)
              from <commerce>returns b join <commerce>return_lines l on l.return_id = b.id
              group by b.order_id, b.id, b.refund
              having b.refund <> sum(l.refund)
              union all
              select o.id, null, null, null, o.refunded_to_balance + coalesce(p.refunded, 0), coalesce(b.refunded, 0)
              from <commerce>orders o
              left join (
                select order_id, sum(refund) as refunded from <commerce>returns group by order_id) b
                on b.order_id = o.id
              left join (
                select order_id, sum(refunded) as refunded from <commerce>payments where state = 'SETTLED'
                group by order_id) p on p.order_id = o.id
              where (o.status = 'PAID'
                  and o.refunded_to_balance + coalesce(p.refunded, 0) <> coalesce(b.refunded, 0))
                or b.refunded > o.total - o.discount) x
            where <at one moment>
            """;

    /** Options that got back other units than were given back. */
    static final String STOCK_EXPLAINED = """
            select s.option_id, coalesce(c.returned, 0) as returned, coalesce(b.units, 0) as restocked,
              coalesce(k.units, 0) as cancelled
            from <commerce>stock s
            left join (
              select option_id, sum(quantity_after - quantity_before) as returned
              from <commerce>stock_changes where kind = 'RETURN' group by option_id) c on c.option_id = s.option_id
            left join (
              select l.option_id, sum(r.quantity) as units
              from <commerce>returns b
              join <commerce>return_lines r on r.return_id = b.id
              join <commerce>order_lines l on l.order_id = r.order_id and l.number = r.number
              where b.restocked = true group by l.option_id) b on b.option_id = s.option_id
            left join (
              select l.option_id, sum(l.quantity - l.returned) as units
              from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
              where o.status = 'CANCELLED' and o.paid_at is not null
              group by l.option_id) k on k.option_id = s.option_id
            where coalesce(c.returned, 0) <> coalesce(b.units, 0) + coalesce(k.units, 0)
            """;

    private ReturnAuditSql() {}
}
