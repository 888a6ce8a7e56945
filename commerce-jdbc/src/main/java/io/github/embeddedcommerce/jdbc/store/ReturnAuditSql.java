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
                from <commerce>return_lines where <chunk order_id> group by order_id, number) r
                on r.order_id = l.order_id and r.number = l.number
              where <chunk l.order_id> and (l.returned <> coalesce(r.units, 0) or l.returned > l.quantity)
              union all
              select o.id, null, b.last_return, null, null, null
              from <commerce>orders o
              left join (
                select order_id, max(id) as last_return, max(returned_at) as last_time, min(returned_at) as first_time
                from <commerce>returns where <chunk order_id> group by order_id) b on b.order_id = o.id
              where <chunk o.id> and ((o.returned_at is null and b.order_id is not null)
                or (o.returned_at is not null and (b.order_id is null or b.last_time <> o.returned_at
                  or o.paid_at is null or b.first_time < o.paid_at or o.closed_at < b.last_time)))
              union all
              select o.id, null, null, sum(l.quantity), sum(l.returned), null
              from <commerce>orders o join (select * from <commerce>order_lines where <chunk order_id>) l on l.order_id = o.id
              where <chunk o.id>
              group by o.id, o.status
              having o.status = 'PAID' and sum(l.quantity) = sum(l.returned)
              union all
              select b.order_id, null, b.id, null, null, null
              from <commerce>returns b left join <commerce>return_lines l on l.return_id = b.id
              where <chunk b.order_id> and l.return_id is null) x
            where <at one moment>
            """;

    /**
     * What each line was paid is its price less its share of the discount, by the largest remainder; what its returns
     * refunded is that for the units given back, rounded down. Decimals hold the products, and what is divided leaves
     * no remainder.
     */
    static final String REFUND_SHARES = """
            select * from (
              select s.order_id, s.number, null as return_id, s.share, s.refunded, <expected> as expected
              from (
                select l.order_id, l.number, l.quantity, l.returned, l.unit_price * l.quantity as subtotal,
                  coalesce((
                    select sum(k.refund) from <commerce>return_lines k
                    where k.order_id = l.order_id and k.number = l.number), 0) as refunded,
                  <part> + case when row_number() over (
                      partition by l.order_id order by mod(<product>, <divisor>) desc, l.number)
                    <= o.discount - sum(<part>) over (partition by l.order_id) then 1 else 0 end as share
                from <commerce>orders o
                join (select * from <commerce>order_lines where <chunk order_id>) l on l.order_id = o.id
                where <chunk o.id> and o.returned_at is not null) s
              where s.refunded <> <expected>
              union all
              select b.order_id, null, b.id, null, b.refund, sum(l.refund)
              from <commerce>returns b join <commerce>return_lines l on l.return_id = b.id
              where <chunk b.order_id>
              group by b.order_id, b.id, b.refund
              having b.refund <> sum(l.refund)
              union all
              select o.id, null, null, null, o.refunded_to_balance + coalesce(p.refunded, 0), coalesce(b.refunded, 0)
              from <commerce>orders o
              left join (
                select order_id, sum(refund) as refunded from <commerce>returns where <chunk order_id>
                group by order_id) b
                on b.order_id = o.id
              left join (
                select order_id, sum(refunded) as refunded from <commerce>payments
                where <chunk order_id> and state = 'SETTLED'
                group by order_id) p on p.order_id = o.id
              where <chunk o.id> and ((o.status = 'PAID'
                  and o.refunded_to_balance + coalesce(p.refunded, 0) <> coalesce(b.refunded, 0))
                or b.refunded > o.total - o.discount)) x
            where <at one moment>
            """.replace("<expected>", "(<exact> - mod(<exact>, s.quantity)) / s.quantity")
            .replace("<exact>", "((s.subtotal - s.share) * s.returned)")
            .replace("<part>", "(<product> - mod(<product>, <divisor>)) / <divisor>")
            .replace("<product>", "(cast(o.discount as decimal(19, 0)) * (l.unit_price * l.quantity))")
            .replace("<divisor>", "(case when o.total = 0 then 1 else o.total end)");

    private ReturnAuditSql() {}
}
