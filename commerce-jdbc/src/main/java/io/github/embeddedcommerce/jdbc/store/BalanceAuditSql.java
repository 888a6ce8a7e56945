package io.github.embeddedcommerce.jdbc.store;

/** The queries for balances, their history and the orders they paid for, that break an invariant. */
final class BalanceAuditSql {
    static final String EXPLAINED = """
            select u.id as user_id, u.balance, u.changes, u.opening_balance, u.opening_number,
              coalesce(c.changed, 0) as changed, coalesce(c.counted, 0) as counted, u.changed_at, c.last_changed_at
            from <commerce>users u
            left join (
              select user_id, sum(amount) as changed, count(*) as counted, max(changed_at) as last_changed_at
              from <commerce>balance_changes where <chunk user_id> group by user_id) c on c.user_id = u.id
            where <chunk u.id> and (u.balance < 0 or u.balance <> u.opening_balance + coalesce(c.changed, 0)
              or u.changes <> u.opening_number + coalesce(c.counted, 0) or u.changed_at <> c.last_changed_at)
            """;

    /** The first line begins with what was folded, the balance is that after the last: so the chain explains it. */
    static final String EXPLAINED_BY_LAST = """
            select u.id as user_id, u.balance, u.changes, u.opening_balance, u.opening_number,
              l.balance_after as after_last, u.changed_at, l.changed_at as last_changed_at
            from <commerce>users u
            left join <commerce>balance_changes f on f.user_id = u.id and f.number = u.opening_number + 1
            left join <commerce>balance_changes l on l.user_id = u.id and l.number = u.changes
            where <chunk u.id> and (u.balance < 0
              or (u.changes > u.opening_number and (f.number is null or f.balance_before <> u.opening_balance
                or l.number is null or l.balance_after <> u.balance
                or l.changed_at <> u.changed_at))
              or (u.changes <= u.opening_number and (u.balance <> u.opening_balance or l.number is not null))
              or exists (
                select 1 from <commerce>balance_changes m where m.user_id = u.id and m.number <= u.opening_number)
              or exists (
                select 1 from <commerce>balance_changes m where m.user_id = u.id and m.number > u.changes))
            """;

    static final String CHAIN_UNBROKEN = """
            select c.user_id, c.number, c.balance_before, c.changed_at, u.opening_number, u.opening_balance,
              p.balance_after as before_that, p.changed_at as time_before_that
            from <commerce>balance_changes c
            join <commerce>users u on u.id = c.user_id
            left join <commerce>balance_changes p on p.user_id = c.user_id and p.number = c.number - 1
            where <chunk c.user_id> and (c.balance_after <> c.balance_before + c.amount
              or c.number <= u.opening_number
              or (c.number = u.opening_number + 1 and c.balance_before <> u.opening_balance)
              or (c.number > u.opening_number + 1 and (p.number is null or p.balance_after <> c.balance_before))
              or (c.number = u.changes and p.changed_at > c.changed_at))
            """;

    /** The users are given first, for H2 to see that the lines of each, later than a time, lie together in an index. */
    static final String CHAIN_UNBROKEN_SINCE =
            CHAIN_UNBROKEN.replace("<chunk c.user_id>", "<chunk u.id>") + " and c.changed_at >= :since";

    /** What orders were paid and refunded, by the balance history that is kept. */
    private static final String PAYMENTS = """
            (select user_id, <by>
                sum(case when code = 'PAYMENT' then -amount else 0 end) as paid,
                sum(case when code = 'REFUND' then amount else 0 end) as refunded,
                min(part) as first_part, max(part) as last_part, count(*) as parts
              from <commerce>balance_changes where code in ('PAYMENT', 'REFUND') and <which>
              group by <by> user_id)""";

    private static final String PAYMENTS_OF_ORDERS =
            PAYMENTS.replace("<by>", "order_id,").replace("<which>", "<chunk user_id>");

    private static final String PAYMENTS_OF_USERS = PAYMENTS.replace("<by>", "").replace("<which>", "<chunk user_id>");

    /**
     * The users whose history does not come to what their orders were paid and refunded. All is added up at once, and
     * not joined: H2 would add up the history anew for each user. Orders of users who were removed stay, and are left
     * out.
     */
    private static final String DIFFERENCES = """
            (select user_id, sum(paid) as paid, sum(refunded) as refunded
              from (
                select id as user_id, opening_paid as paid, opening_refunded as refunded, 0 as of_orders,
                  0 as refunded_of_orders, 1 as known
                from <commerce>users where <chunk id>
                union all
                select user_id, paid, refunded, 0, 0, 0 from <payments of users> c
                union all
                select user_id, 0, 0, sum(from_balance + given_back), sum(given_back + refunded_to_balance), 0
                from <commerce>orders where balance_parts > 0 and <chunk user_id> group by user_id) b
              group by user_id
              having sum(known) > 0
                and (sum(paid) <> sum(of_orders) or sum(refunded) <> sum(refunded_of_orders)))""".replace("<payments of users>", PAYMENTS_OF_USERS);

    /** What the lines that are kept of an order do not agree with. */
    private static final String ORDER_DIFFERS = """
            o.id is null or c.last_part <> o.balance_parts or c.parts <> c.last_part - c.first_part + 1
              or c.paid > o.from_balance + o.given_back or c.refunded > o.given_back + o.refunded_to_balance
              or (c.first_part = 1 and (c.paid <> o.from_balance + o.given_back
                or c.refunded <> o.given_back + o.refunded_to_balance))""";

    /**
     * Each payment and refund that is kept fits an order, and with those that are folded they come to what the user's
     * orders were paid and refunded: so a purged one is not missed, and any other is. A row without an order is a user
     * with whom they do not.
     */
    static final String PAYMENTS_MATCH_ORDERS = """
            select * from (
            select c.user_id, c.order_id, o.status, o.total - o.discount as final_amount,
              c.paid, c.refunded
            from <payments of orders> c
            left join <commerce>orders o on o.id = c.order_id and o.user_id = c.user_id
            where <order differs>
            union all
            select user_id, null, null, null, paid, refunded from <users with a difference> d) x
            where <at one moment>
            """.replace("<users with a difference>", DIFFERENCES)
            .replace("<order differs>", ORDER_DIFFERS)
            .replace("<payments of orders>", PAYMENTS_OF_ORDERS);

    /** The orders of these users that not all is kept of: asked for those with a difference, of whom there are few. */
    static final String NOT_ALL_KEPT = """
            select o.user_id, o.id as order_id, o.status, o.total - o.discount as final_amount,
              <sum of> case when code = 'PAYMENT' then -amount else 0 end) <kept> as paid,
              <sum of> case when code = 'REFUND' then amount else 0 end) <kept> as refunded
            from <commerce>orders o
            where <chunk o.user_id> and o.balance_parts > (select count(*) <kept>
            """.replace("<sum of>", "(select sum(").replace(
            "<kept>",
            "from <commerce>balance_changes where order_id = o.id and user_id = o.user_id"
                    + " and code in ('PAYMENT', 'REFUND'))");

    /** Users of whom a part of one of these orders is not kept and may have been folded. */
    static final String MAY_BE_FOLDED = """
            select distinct v.id from <commerce>orders q join <commerce>users v on v.id = q.user_id
            where <chunk q.id> and v.opening_paid + v.opening_refunded > 0 and q.balance_parts > (
              select count(*) from <commerce>balance_changes b where b.order_id = q.id)
            """;

    /** The same of these orders, whosever they are. A user of whom nothing was folded has a line for every part. */
    static final String PAYMENTS_MATCH_THESE_ORDERS = """
            select * from (
            select c.user_id, c.order_id, o.status, o.total - o.discount as final_amount,
              c.paid, c.refunded
            from <payments of these> c
            left join <commerce>orders o on o.id = c.order_id and o.user_id = c.user_id
            where <order differs>
            union all
            select o.user_id, o.id, o.status, o.total - o.discount, c.paid, c.refunded
            from <commerce>orders o
            join <commerce>users u on u.id = o.user_id and u.opening_paid = 0 and u.opening_refunded = 0
            left join <payments of these> c on c.user_id = o.user_id and c.order_id = o.id
            where <chunk o.id> and o.balance_parts > coalesce(c.parts, 0)) x
            where <at one moment>
            """.replace(
                    "<payments of these>", PAYMENTS.replace("<by>", "order_id,").replace("<which>", "<chunk order_id>"))
            .replace("<order differs>", ORDER_DIFFERS);

    /**
     * As the figures by product have it; those by day are of the same orders, whose lines add up. Figures count paid
     * orders, with what they were paid from outside; the ledger has what was given back before, and parts of others.
     */
    static final String FIGURES_EQUAL_LEDGER =
            """
            select user_id, sum(revenue) as revenue, sum(refunds) as refunds, sum(paid) as paid,
              sum(refunded) as refunded
            from (
              select id as user_id, 0 as revenue, 0 as refunds, opening_paid as paid, opening_refunded as refunded,
                1 as known
              from <commerce>users where <chunk id>
              union all
              select user_id, revenue, refunds, 0, 0, 0 from <figures> f
              union all
              select user_id, 0, 0, paid, refunded, 0 from <payments of users> c
              union all
              select user_id, 0, 0,
                sum(case when paid_at is null then -given_back - from_balance else from_outside - given_back end),
                -sum(given_back), 0
              from <commerce>orders where <chunk user_id> group by user_id
              union all
              select p.user_id, 0, 0, 0, sum(p.refunded), 0
              from <commerce>payments p join <commerce>orders q on q.id = p.order_id
              where <chunk p.user_id> and p.state = 'SETTLED' and q.paid_at is not null
              group by p.user_id) x
            where <at one moment>
            group by user_id
            having sum(known) > 0 and (sum(revenue) <> sum(paid) or sum(refunds) <> sum(refunded))
            """.replace("<figures>", FigureSql.byUser()).replace("<payments of users>", PAYMENTS_OF_USERS);

    /** The same of these orders, as what they say they were paid and refunded: that the balances agree is checked. */
    static final String FIGURES_EQUAL_ORDERS = """
            select * from (
              select o.id as order_id, o.user_id, coalesce(f.revenue, 0) as revenue,
                coalesce(f.refunds, 0) as refunds, o.from_balance + o.from_outside as paid,
                o.refunded_to_balance + coalesce(r.refunded, 0) as refunded
              from <commerce>orders o
              left join <figures> f on f.order_id = o.id
              left join (
                select order_id, sum(refunded) as refunded
                from <commerce>payments where <chunk order_id> and state = 'SETTLED' group by order_id) r
                on r.order_id = o.id
              where <chunk o.id> and o.paid_at is not null) x
            where <at one moment> and (revenue <> paid or refunds <> refunded)
            """.replace("<figures>", FigureSql.byOrder());

    private BalanceAuditSql() {}
}
