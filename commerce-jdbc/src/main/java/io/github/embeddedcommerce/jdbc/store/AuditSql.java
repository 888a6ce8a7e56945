package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.audit.Invariant;

/** For each invariant, the query for the rows that break it. Orders that were paid are those with a paid_at. */
public final class AuditSql {
    /** What orders were paid and refunded, by the balance history that is kept. */
    private static final String PAYMENTS = """
            (select user_id, <by>
                sum(case when code = 'PAYMENT' then -amount else 0 end) as paid,
                sum(case when code = 'REFUND' then amount else 0 end) as refunded,
                min(part) as first_part, max(part) as last_part, count(*) as parts
              from <commerce>balance_changes where code in ('PAYMENT', 'REFUND')
              group by <by> user_id)""";

    /** The users whose history does not come to what their orders were paid and refunded. */
    private static final String DIFFERENCES = """
            (select u.id as user_id, u.opening_paid + coalesce(c.paid, 0) as paid,
                u.opening_refunded + coalesce(c.refunded, 0) as refunded
              from <commerce>users u
              left join <payments of users> c on c.user_id = u.id
              left join (
                select user_id, sum(from_balance + given_back) as paid,
                  sum(given_back + refunded_to_balance) as refunded
                from <commerce>orders where balance_parts > 0
                group by user_id) o on o.user_id = u.id
              where u.opening_paid + coalesce(c.paid, 0) <> coalesce(o.paid, 0)
                or u.opening_refunded + coalesce(c.refunded, 0) <> coalesce(o.refunded, 0))""";

    /**
     * When the discount was fixed: when a payment from outside began, if there is one; else when the order was paid.
     */
    private static final String FIXED_AT = """
            case when u.order_id = o.id and (o.paid_at is null or o.from_outside > 0) then u.used_at else o.paid_at end""";

    private AuditSql() {}

    public static String of(Invariant invariant) {
        return switch (invariant) {
            case STOCK_WITHIN_BOUNDS -> """
                    select option_id, on_hand, reserved from <commerce>stock
                    where not (0 <= reserved and reserved <= on_hand)
                    """;
            case STOCK_ON_HAND_EXPLAINED -> """
                    select s.option_id, s.on_hand, coalesce(c.changed, 0) as changed, coalesce(p.sold, 0) as sold
                    from <commerce>stock s
                    left join (
                      select option_id, sum(quantity_after - quantity_before) as changed
                      from <commerce>stock_changes group by option_id) c on c.option_id = s.option_id
                    left join (
                      select l.option_id, sum(l.quantity) as sold
                      from <commerce>order_lines l join <commerce>orders o on o.id = l.order_id
                      where o.paid_at is not null group by l.option_id) p on p.option_id = s.option_id
                    where s.on_hand <> coalesce(c.changed, 0) - coalesce(p.sold, 0)
                    """;
            case STOCK_RESERVED_EXPLAINED -> """
                    select s.option_id, s.reserved, coalesce(p.pending, 0) as pending
                    from <commerce>stock s
                    left join (
                      select l.option_id, sum(l.quantity) as pending
                      from <commerce>order_lines l join <commerce>orders o on o.id = l.order_id
                      where o.status = 'PENDING' group by l.option_id) p on p.option_id = s.option_id
                    where s.reserved <> coalesce(p.pending, 0)
                    """;
            case BALANCE_EXPLAINED -> """
                    select u.id as user_id, u.balance, u.changes, u.opening_balance, u.opening_number,
                      coalesce(c.changed, 0) as changed, coalesce(c.counted, 0) as counted
                    from <commerce>users u
                    left join (
                      select user_id, sum(amount) as changed, count(*) as counted
                      from <commerce>balance_changes group by user_id) c on c.user_id = u.id
                    where u.balance < 0 or u.balance <> u.opening_balance + coalesce(c.changed, 0)
                      or u.changes <> u.opening_number + coalesce(c.counted, 0)
                    """;
            case BALANCE_CHAIN_UNBROKEN -> """
                    select c.user_id, c.number, c.balance_before, u.opening_number, u.opening_balance,
                      p.balance_after as before_that
                    from <commerce>balance_changes c
                    join <commerce>users u on u.id = c.user_id
                    left join <commerce>balance_changes p on p.user_id = c.user_id and p.number = c.number - 1
                    where c.balance_after <> c.balance_before + c.amount
                      or c.number <= u.opening_number
                      or (c.number = u.opening_number + 1 and c.balance_before <> u.opening_balance)
                      or (c.number > u.opening_number + 1 and (p.number is null or p.balance_after <> c.balance_before))
                    """;
            case PAYMENTS_MATCH_ORDERS -> paymentsMatchOrders();
            case OUTSIDE_PAYMENTS_MATCH_ORDERS -> PaymentAuditSql.PAYMENTS_MATCH_ORDERS;
            case OUTSIDE_REFUNDS_MATCH_PAYMENTS -> PaymentAuditSql.REFUNDS_MATCH_PAYMENTS;
            case ORDER_ADDS_UP -> """
                    select o.id as order_id, o.total, o.discount, o.from_balance, o.from_outside, sum(l.unit_price * l.quantity) as lines_total
                    from <commerce>orders o left join <commerce>order_lines l on l.order_id = o.id
                    group by o.id, o.total, o.discount, o.paid_at, o.from_balance, o.from_outside, o.under_way,
                      o.closed_at, o.refunded_to_balance
                    having count(l.number) = 0 or o.total <> sum(l.unit_price * l.quantity)
                      or o.discount < 0 or o.discount > o.total
                      or o.from_balance + o.from_outside + o.under_way > o.total - o.discount
                      or (o.paid_at is not null and o.from_balance + o.from_outside <> o.total - o.discount)
                      or (o.paid_at is not null and o.closed_at is not null and o.refunded_to_balance <> o.from_balance)
                    """;
            case RETURNS_MATCH_LINES -> ReturnAuditSql.MATCH_LINES;
            case RETURNS_REFUND_SHARES -> ReturnAuditSql.REFUND_SHARES;
            case RETURNED_STOCK_EXPLAINED -> ReturnAuditSql.STOCK_EXPLAINED;
            case COUPONS_COUNTED -> """
                    select c.id as coupon_id, c.total, c.issued, coalesce(u.held, 0) as held
                    from <commerce>coupons c
                    left join (
                      select coupon_id, count(*) as held
                      from <commerce>user_coupons group by coupon_id) u on u.coupon_id = c.id
                    where (c.total is not null and (c.issued <> coalesce(u.held, 0) or c.issued > c.total))
                      or (c.total is null and c.issued <> 0)
                    """;
            case COUPONS_USED_ONCE -> """
                    select * from (
                    select u.id as user_coupon_id, u.order_id as used_for, o.id as order_id, o.status
                    from <commerce>user_coupons u
                    join <commerce>coupons c on c.id = u.coupon_id
                    left join <commerce>orders o on o.user_coupon_id = u.id and o.id = u.order_id
                    where u.order_id is not null
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
                    where o.status in ('PENDING', 'PAID') and (u.order_id is null or u.order_id <> o.id)) x
                    """;
            case DISCOUNTS_FOLLOW_TERMS -> """
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
                      where o.user_coupon_id is not null or o.discount <> 0) x
                    where coupon_id is null or allowed = 0 or discount <> least(uncapped, maximum, total)
                    """.replace("<fixed_at>", FIXED_AT);
            case CART_QUANTITIES_WITHIN_BOUNDS -> """
                    select id as cart_item_id, user_id, option_id, quantity from <commerce>cart_items
                    where quantity < 1 or quantity > 1000000
                    """;
            case ORDER_TIMES_FIT_STATUS -> """
                    select id as order_id, status, placed_at, expires_at, paid_at, closed_at from <commerce>orders
                    where not (placed_at < expires_at and (paid_at is null or placed_at <= paid_at)
                      and (closed_at is null or placed_at <= closed_at)
                      and (returned_at is null or paid_at is not null) and (
                      (status = 'PENDING' and paid_at is null and closed_at is null)
                      or (status = 'PAID' and paid_at < expires_at and closed_at is null)
                      or (status = 'CANCELLED' and paid_at is null and closed_at < expires_at)
                      or (status = 'CANCELLED' and paid_at < expires_at and closed_at >= paid_at)
                      or (status = 'EXPIRED' and paid_at is null and closed_at >= expires_at)))
                    """;
            case EVENTS_MATCH_ORDERS -> """
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
                      from <commerce>orders o left join <commerce>order_events e on e.order_id = o.id
                      left join (
                        select order_id, count(*) as subjects, sum(returned) as returns from (
                          select order_id, 0 as returned from <commerce>payments
                            where state in ('UNAPPLIED', 'CLOSED')
                          union all select order_id, 0 from <commerce>refunds
                          union all select order_id, 1 from <commerce>returns) t
                        group by order_id) s on s.order_id = o.id
                      group by o.id, o.status, o.events, o.events_purged, o.paid_at, o.closed_at, s.subjects,
                        s.returns) x
                    where events <> purged + kept or events <> last_number or events <> steps + subjects
                      or returns_told > returns or (purged = 0 and returns_told <> returns)
                      or steps_told > steps or (purged = 0 and steps_told <> steps)
                      or (paid_number > 0 and paid = 0) or (end_number > 0 and end_type <> status)
                      or (end_number > 0 and paid_number > end_number)
                    union all
                    select e.order_id, e.type, e.number, e.subject
                    from <commerce>order_events e
                    left join <commerce>payments p on p.id = e.subject and p.order_id = e.order_id
                      and e.type = 'PAYMENT_UNAPPLIED' and p.state in ('UNAPPLIED', 'CLOSED')
                    left join <commerce>refunds r on r.id = e.subject and r.order_id = e.order_id
                      and e.type = 'REFUND_DUE'
                    left join <commerce>returns t on t.id = e.subject and t.order_id = e.order_id
                      and e.type = 'RETURNED'
                    where e.subject > 0 and p.id is null and r.id is null and t.id is null
                    """;
            case EVENTS_IN_ORDER -> """
                    select e.order_id, e.number, e.status, p.number as earlier, p.status as status_of_earlier
                    from <commerce>order_events e
                    join <commerce>order_events p on p.order_id = e.order_id and p.number < e.number
                    where p.status in ('WAITING', 'DEAD')
                      and (e.status <> 'WAITING' or e.claimed_by is not null or e.tries > 0)
                    """;
            case KEYS_HAVE_OUTCOMES -> """
                    select k.id, k.owner, k.idempotency_key, k.use_case, k.result_id, k.result_value
                    from <commerce>idempotency_keys k
                    left join <commerce>orders o
                      on o.id = k.result_id and o.user_id = k.owner and k.use_case like 'orders.%'
                    left join <commerce>balance_changes c
                      on c.user_id = k.owner and c.number = k.result_id and c.changed_at = k.used_at
                        and k.use_case like 'users.%'
                    left join <commerce>returns b
                      on b.id = k.result_id and b.order_id = k.result_value and b.returned_at = k.used_at
                        and k.use_case = 'orders.giveBack'
                    left join <commerce>payments p
                      on p.id = k.result_id and p.user_id = k.owner and k.use_case = 'payments.begin'
                    where k.result_id is null
                      or (k.use_case = 'orders.giveBack' and b.id is null)
                      or (k.use_case <> 'orders.place' and k.result_value is null)
                      or (k.use_case in ('users.topUp', 'users.adjust') and c.balance_after <> k.result_value)
                      or (k.use_case in ('orders.place', 'orders.pay', 'orders.cancel') and o.id is null)
                      or (k.use_case = 'orders.pay' and o.paid_at is null)
                      or (k.use_case = 'payments.begin' and (p.id is null or p.begun_at <> k.used_at))
                      or (k.use_case = 'orders.cancel' and (o.status <> 'CANCELLED' or o.closed_at <> k.used_at))
                    """;
            case FIGURES_EQUAL_LEDGER -> figuresEqualLedger();
            case OPTIONS_COUNTED -> """
                    select p.id as product_id, p.option_count, coalesce(o.options, 0) as options
                    from <commerce>products p
                    left join (
                      select product_id, count(*) as options
                      from <commerce>product_options group by product_id) o on o.product_id = p.id
                    where p.option_count <> coalesce(o.options, 0) or p.option_count > 200
                    """;
            case POPULARITY_RANKED -> """
                    select p.for_day, p.position, p.product_id, p.quantity, p.last_paid_at
                    from <commerce>popular_products p
                    join <commerce>popular_snapshots s on s.for_day = p.for_day
                    left join <commerce>popular_products b on b.for_day = p.for_day and b.position = p.position - 1
                    where p.position < 1 or p.position > s.places
                      or p.last_paid_at < s.sold_since or p.last_paid_at >= s.created_at
                      or (p.position > 1 and (b.position is null or b.quantity < p.quantity
                        or (b.quantity = p.quantity and (b.last_paid_at < p.last_paid_at
                          or (b.last_paid_at = p.last_paid_at and b.product_id >= p.product_id)))))
                    """;
        };
    }

    /**
     * As the figures by product have it; those by day are of the same orders, whose lines add up. Figures count paid
     * orders, with what they were paid from outside; the ledger has what was given back before, and parts of others.
     */
    private static String figuresEqualLedger() {
        return """
                select * from (
                  select u.id as user_id, coalesce(f.revenue, 0) as revenue, coalesce(f.refunds, 0) as refunds,
                    u.opening_paid + coalesce(c.paid, 0) - coalesce(o.not_sold, 0) + coalesce(o.outside, 0) as paid,
                    u.opening_refunded + coalesce(c.refunded, 0) - coalesce(o.given_back, 0)
                      + coalesce(r.refunded, 0) as refunded
                  from <commerce>users u
                  left join <figures> f on f.user_id = u.id
                  left join <payments of users> c on c.user_id = u.id
                  left join (
                    select user_id, sum(given_back) as given_back,
                      sum(given_back + case when paid_at is null then from_balance else 0 end) as not_sold,
                      sum(case when paid_at is null then 0 else from_outside end) as outside
                    from <commerce>orders group by user_id) o on o.user_id = u.id
                  left join (
                    select p.user_id, sum(p.refunded) as refunded
                    from <commerce>payments p join <commerce>orders q on q.id = p.order_id
                    where p.state = 'SETTLED' and q.paid_at is not null
                    group by p.user_id) r on r.user_id = u.id) x
                where <at one moment> and (revenue <> paid or refunds <> refunded)
                """.replace("<figures>", FigureSql.byUser())
                .replace("<payments of users>", PAYMENTS.replace("<by>", ""));
    }

    /**
     * Each payment and refund that is kept fits an order, and with those that are folded they come to what the user's
     * orders were paid and refunded: so a purged one is not missed, and any other is. Where they do not, the orders
     * that nothing is kept of are named too.
     */
    private static String paymentsMatchOrders() {
        return """
                select * from (
                select c.user_id, c.order_id, o.status, o.total - o.discount as final_amount,
                  c.paid, c.refunded
                from <payments of orders> c
                left join <commerce>orders o on o.id = c.order_id and o.user_id = c.user_id
                where o.id is null or c.last_part <> o.balance_parts or c.parts <> c.last_part - c.first_part + 1
                  or c.paid > o.from_balance + o.given_back or c.refunded > o.given_back + o.refunded_to_balance
                  or (c.first_part = 1 and (c.paid <> o.from_balance + o.given_back
                    or c.refunded <> o.given_back + o.refunded_to_balance))
                union all
                select user_id, null, null, null, paid, refunded from <users with a difference> d
                union all
                select d.user_id, o.id, o.status, o.total - o.discount, c.paid, c.refunded
                from <users with a difference> d
                join <commerce>orders o on o.user_id = d.user_id and o.balance_parts > 0
                left join <payments of orders> c on c.user_id = o.user_id and c.order_id = o.id
                where c.order_id is null or c.parts < o.balance_parts) x
                where <at one moment>
                """.replace("<users with a difference>", DIFFERENCES)
                .replace("<payments of orders>", PAYMENTS.replace("<by>", "order_id,"))
                .replace("<payments of users>", PAYMENTS.replace("<by>", ""));
    }
}
