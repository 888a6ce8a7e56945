package io.github.embeddedcommerce.jdbc.store;

/** The queries for payments from outside, and refunds of them, that break an invariant. */
final class PaymentAuditSql {
    /**
     * What an order says was paid from outside is what its payments say; so is what is under way while it is pending.
     * What is taken from the balance with them is a part of what the order says was. A closed order keeps nothing of
     * them. It is held as long as they say, and no longer.
     */
    static final String PAYMENTS_MATCH_ORDERS = """
            select order_id, status, from_outside, settled, under_way, begun, from_balance, parts, kept, expires_at
            from (
              select o.id as order_id, o.status, o.from_outside, o.under_way, o.from_balance, o.paid_at, o.closed_at,
                o.pay_by, o.expires_at, coalesce(p.settled, 0) as settled, coalesce(p.begun, 0) as begun,
                coalesce(p.parts, 0) as parts, coalesce(p.kept, 0) as kept,
                coalesce(p.held_until, o.pay_by) as held_until, coalesce(p.last_held, o.pay_by) as last_held
              from <commerce>orders o
              left join (
                select order_id, sum(case when state = 'SETTLED' then amount else 0 end) as settled,
                  sum(case when state = 'BEGUN' then amount else 0 end) as begun, sum(balance_part) as parts,
                  sum(case when state = 'SETTLED' then amount - refunded else 0 end) as kept,
                  max(case when state = 'BEGUN' then held_until end) as held_until, max(held_until) as last_held
                from <commerce>payments where <chunk order_id> group by order_id) p on p.order_id = o.id
              where <chunk o.id>) x
            where from_outside <> settled
              or under_way <> case when status = 'PENDING' then begun else 0 end
              or (status = 'PENDING' and (from_balance <> parts or expires_at < held_until))
              or (paid_at is not null and from_balance < parts)
              or (closed_at is not null and kept <> 0)
              or (expires_at > pay_by and expires_at > last_held)
            """;

    /** What a payment says was refunded is what its refunds say; none is closed before they are settled. */
    static final String REFUNDS_MATCH_PAYMENTS = """
            select p.id as payment_id, p.order_id, p.user_id, p.state, p.amount, p.refunded,
              coalesce(r.refunds, 0) as refunds, coalesce(r.due, 0) as due
            from <commerce>payments p
            join <commerce>orders o on o.id = p.order_id
            left join (
              select f.payment_id, sum(f.amount) as refunds, sum(case when f.state = 'DUE' then 1 else 0 end) as due,
                min(f.order_id) as first_order, max(f.order_id) as last_order, min(f.method) as method
              from <commerce>payments q join <commerce>refunds f on f.payment_id = q.id
              where <chunk q.order_id>
              group by f.payment_id) r on r.payment_id = p.id
            where <chunk p.order_id> and (p.refunded <> coalesce(r.refunds, 0) or p.refunded > p.amount or p.user_id <> o.user_id
              or r.first_order <> p.order_id or r.last_order <> p.order_id or r.method <> p.method
              or (p.state = 'UNAPPLIED' and p.refunded > 0 and r.due = 0)
              or (p.state = 'CLOSED' and r.due > 0))
            """;

    private PaymentAuditSql() {}
}
