package io.github.embeddedcommerce.jdbc.store;

/**
 * The queries for orders that break an invariant of their own rows or of their events. What belongs to the orders of a
 * chunk is restricted to it, too, in a table of its own: PostgreSQL does not see by itself that it may read it by an
 * index, and H2 would look for each order of a list in all of the list.
 */
final class OrderAuditSql {
    static final String ADDS_UP = """
            select o.id as order_id, o.total, o.discount, o.from_balance, o.from_outside, sum(l.unit_price * l.quantity) as lines_total
            from <commerce>orders o
            left join (select * from <commerce>order_lines where <chunk order_id>) l on l.order_id = o.id
            left join <commerce>product_options t on t.id = l.option_id
            where <chunk o.id>
            group by o.id, o.total, o.discount, o.paid_at, o.from_balance, o.from_outside, o.under_way,
              o.closed_at, o.refunded_to_balance
            having count(l.number) = 0 or count(l.number) <> count(case when t.product_id = l.product_id then 1 end) or o.total <> sum(l.unit_price * l.quantity)
              or o.discount < 0 or o.discount > o.total
              or o.from_balance + o.from_outside + o.under_way > o.total - o.discount
              or (o.paid_at is not null and o.from_balance + o.from_outside <> o.total - o.discount)
              or (o.paid_at is not null and o.closed_at is not null and o.refunded_to_balance <> o.from_balance)
            """;

    static final String TIMES_FIT_STATUS = """
            select id as order_id, status, placed_at, expires_at, paid_at, closed_at from <commerce>orders
            where <chunk id> and not (placed_at < expires_at and (paid_at is null or placed_at <= paid_at)
              and (closed_at is null or placed_at <= closed_at)
              and (returned_at is null or paid_at is not null) and (
              (status = 'PENDING' and paid_at is null and closed_at is null)
              or (status = 'PAID' and paid_at < expires_at and closed_at is null)
              or (status = 'CANCELLED' and paid_at is null and closed_at < expires_at)
              or (status = 'CANCELLED' and paid_at < expires_at and closed_at >= paid_at)
              or (status = 'EXPIRED' and paid_at is null and closed_at >= expires_at)))
            """;

    static final String EVENTS_MATCH = """
            select order_id, status, events, kept from (
              select o.id as order_id, o.status, o.events, o.events_purged as purged,
                coalesce(s.subjects, 0) as subjects,
                count(e.number) as kept, coalesce(max(e.number), o.events_purged) as last_number,
                case when o.paid_at is null then 0 else 1 end as paid,
                case when o.paid_at is null then 0 else 1 end
                  + case when o.closed_at is null then 0 else 1 end as steps,
                coalesce(s.returns, 0) as returns,
                coalesce(sum(case when e.type = 'RETURNED' then 1 else 0 end), 0) as returns_told,
                coalesce(sum(case when e.subject = 0 then 1 else 0 end), 0) as steps_told,
                coalesce(max(case when e.type = 'PAID' then e.number end), 0) as paid_number,
                coalesce(max(case when e.type in ('CANCELLED', 'EXPIRED') then e.number end), 0) as end_number,
                coalesce(max(case when e.type in ('CANCELLED', 'EXPIRED') then e.type end), '') as end_type
              from <commerce>orders o
              left join (select * from <commerce>order_events where <chunk order_id>) e on e.order_id = o.id
              left join (
                select order_id, count(*) as subjects, sum(returned) as returns from (
                  select order_id, 0 as returned from <commerce>payments
                    where state in ('UNAPPLIED', 'CLOSED') and <chunk order_id>
                  union all select order_id, 0 from <commerce>refunds where <chunk order_id>
                  union all select order_id, 1 from <commerce>returns where <chunk order_id>) t
                group by order_id) s on s.order_id = o.id
              where <chunk o.id>
              group by o.id, o.status, o.events, o.events_purged, o.paid_at, o.closed_at, s.subjects,
                s.returns) x
            where <at one moment> and (events <> purged + kept or events <> last_number or events <> steps + subjects
              or returns_told > returns or (purged = 0 and returns_told <> returns)
              or steps_told > steps or (purged = 0 and steps_told <> steps)
              or (paid_number > 0 and paid = 0) or (end_number > 0 and end_type <> status)
              or (end_number > 0 and paid_number > end_number))
            union all
            select e.order_id, e.type, e.number, e.subject
            from <commerce>order_events e
            left join (select * from <commerce>payments where <chunk order_id>) p on p.id = e.subject and p.order_id = e.order_id
              and e.type = 'PAYMENT_UNAPPLIED' and p.state in ('UNAPPLIED', 'CLOSED')
            left join (select * from <commerce>refunds where <chunk order_id>) r on r.id = e.subject and r.order_id = e.order_id
              and e.type = 'REFUND_DUE'
            left join (select * from <commerce>returns where <chunk order_id>) t on t.id = e.subject and t.order_id = e.order_id
              and e.type = 'RETURNED'
            where <chunk e.order_id> and e.subject > 0 and p.id is null and r.id is null and t.id is null
            """;

    static final String EVENTS_IN_ORDER = """
            select e.order_id, e.number, e.status, p.number as earlier, p.status as status_of_earlier
            from <commerce>order_events e
            join (select * from <commerce>order_events where <chunk order_id>) p
              on p.order_id = e.order_id and p.number < e.number
            where <chunk e.order_id> and p.status in ('WAITING', 'DEAD')
              and (e.status <> 'WAITING' or e.claimed_by is not null or e.tries > 0)
            """;

    private OrderAuditSql() {}
}
