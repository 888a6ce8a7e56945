package io.github.embeddedcommerce.jdbc.store;

/**
 * What orders have brought in and what was given back of it, in SQL. An order that was paid has a paid_at, whatever
 * became of it; one that was cancelled has a closed_at, too, and what its returns had left was refunded then.
 */
final class FigureSql {
    /** Orders that were paid in a time, and those whose money was given back in it. */
    private static final String PAID = "o.paid_at >= ? and o.paid_at < ?";

    private static final String REFUNDED = "o.closed_at >= ? and o.closed_at < ? and o.paid_at is not null";

    private static final String RETURNED = "r.returned_at >= ? and r.returned_at < ?";

    /**
     * The lines' shares of the discounts of some orders: in proportion, rounded down, and what is left over goes to
     * those with the largest remainders, of equal ones to the first line. So they add up to the discount exactly.
     */
    private static final String LINE_DISCOUNTS = """
            (select order_id, user_id, product_id, closed_at,
                cast(whole + case when place <= discount - given then 1 else 0 end as decimal(38, 0)) as amount
              from (
                select order_id, user_id, product_id, closed_at, discount, whole,
                  row_number() over (partition by order_id order by remainder desc, number) as place,
                  sum(whole) over (partition by order_id) as given
                from (
                  select order_id, number, user_id, product_id, closed_at, discount,
                    mod(part, total) as remainder, (part - mod(part, total)) / total as whole
                  from (
                    select l.order_id, l.number, o.user_id, l.product_id, o.closed_at, o.discount, o.total,
                      cast(l.unit_price * l.quantity as decimal(38, 0)) * o.discount as part
                    from <commerce>orders o join <lines> l on l.order_id = o.id
                    where o.discount > 0 and <which>) parts) shares) discounts)""";

    /**
     * The same for the audit, which needs them nested less deep: H2 plans each level twice, and it reads all orders of
     * a chunk, by whatever index.
     */
    private static final String DISCOUNTS_OF_CHUNK = """
            (select order_id, user_id, product_id, closed_at,
                cast(whole + case when place <= discount - given then 1 else 0 end as decimal(38, 0)) as amount
              from (
                select l.order_id, o.user_id, l.product_id, o.closed_at, o.discount, <whole> as whole,
                  row_number() over (partition by l.order_id order by mod(<part>, o.total) desc, l.number) as place,
                  sum(<whole>) over (partition by l.order_id) as given
                from <commerce>orders o join <lines> l on l.order_id = o.id
                where o.discount > 0 and <which>) shares)""".replace("<whole>", "(<part> - mod(<part>, o.total)) / o.total")
            .replace("<part>", "(cast(l.unit_price * l.quantity as decimal(38, 0)) * o.discount)");

    private static final String LINES = "<commerce>order_lines";

    private FigureSql() {}

    /** The sales of one time, in three rows, as those of the time with this number. */
    static String ofTime(int number) {
        return """
                select <number> as time_number, count(*) as orders, coalesce(sum(units), 0) as units, 0 as returned,
                  coalesce(sum(total - discount), 0) as revenue, coalesce(sum(discount), 0) as discounts, 0 as refunds
                from (
                  select o.total, o.discount,
                    (select sum(l.quantity) from <commerce>order_lines l where l.order_id = o.id) as units
                  from <commerce>orders o
                  where <paid>) p
                where <at one moment>
                union all
                select <number>, 0, 0, coalesce(sum(kept), 0), 0, 0, coalesce(sum(amount - coalesce(earlier, 0)), 0)
                from (
                  select o.total - o.discount as amount,
                    (select sum(r.refund) from <commerce>returns r where r.order_id = o.id) as earlier,
                    (select sum(l.quantity - l.returned) from <commerce>order_lines l where l.order_id = o.id) as kept
                  from <commerce>orders o
                  where <refunded>) c
                union all
                select <number>, 0, 0, coalesce(sum(units), 0), 0, 0, coalesce(sum(refund), 0)
                from (
                  select r.refund,
                    (select sum(b.quantity) from <commerce>return_lines b where b.return_id = r.id) as units
                  from <commerce>returns r
                  where <returned>) g
                """.replace("<number>", String.valueOf(number))
                .replace("<paid>", PAID)
                .replace("<refunded>", REFUNDED)
                .replace("<returned>", RETURNED);
    }

    /**
     * The sales of each product. What is given back of an order is the price of its lines less their discounts; with a
     * cancelled order, what its returns have left of that.
     */
    static String byProduct() {
        return """
                select product_id, sum(orders) as orders, sum(units) as units, sum(returned) as returned,
                  sum(revenue) as revenue, sum(discounts) as discounts, sum(refunds) as refunds
                from (
                  select l.product_id, count(distinct l.order_id) as orders, sum(l.quantity) as units, 0 as returned,
                    sum(l.unit_price * l.quantity) as revenue, 0 as discounts, 0 as refunds
                  from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
                  where <paid> group by l.product_id
                  union all
                  select product_id, 0, 0, 0, -sum(amount), sum(amount), 0 from <discounts of paid> d group by product_id
                  union all
                  select l.product_id, 0, 0, sum(l.quantity - l.returned), 0, 0, sum(l.unit_price * l.quantity)
                  from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
                  where <refunded> group by l.product_id
                  union all
                  select product_id, 0, 0, 0, 0, 0, -sum(amount) from <discounts of refunded> d group by product_id
                  union all
                  select l.product_id, 0, 0, 0, 0, 0, -sum(coalesce((
                    select sum(b.refund) from <commerce>return_lines b
                    where b.order_id = l.order_id and b.number = l.number), 0))
                  from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
                  where <refunded> group by l.product_id
                  union all
                  select l.product_id, 0, 0, sum(b.quantity), 0, 0, sum(b.refund)
                  from <commerce>returns r
                  join <commerce>return_lines b on b.order_id = r.order_id and b.return_id = r.id
                  join <commerce>order_lines l on l.order_id = b.order_id and l.number = b.number
                  where <returned> group by l.product_id) x
                where product_id > ?
                group by product_id
                order by product_id
                fetch first ? rows only
                """.replace(
                        "<discounts of paid>",
                        LINE_DISCOUNTS.replace("<which>", PAID).replace("<lines>", LINES))
                .replace(
                        "<discounts of refunded>",
                        LINE_DISCOUNTS.replace("<which>", REFUNDED).replace("<lines>", LINES))
                .replace("<paid>", PAID)
                .replace("<refunded>", REFUNDED)
                .replace("<returned>", RETURNED);
    }

    /** What the figures of all times come to, user by user of an audit's chunk: user_id, revenue and refunds. */
    static String byUser() {
        return by("user_id", "o.user_id", LINES, "<commerce>returns");
    }

    /** The same order by order: order_id, revenue and refunds. */
    static String byOrder() {
        return by(
                "order_id",
                "o.id",
                "(select * from <commerce>order_lines where <chunk order_id>)",
                "(select * from <commerce>returns where <chunk order_id>)");
    }

    private static String by(String key, String ofOrder, String lines, String returns) {
        return """
                (select <key>, sum(revenue) as revenue, sum(refunds) as refunds
                  from (
                    select <of order> as <key>, sum(l.unit_price * l.quantity) as revenue,
                      sum(case when o.closed_at is null then 0 else l.unit_price * l.quantity end) as refunds
                    from <commerce>orders o join <lines> l on l.order_id = o.id
                    where <which> group by <of order>
                    union all
                    select <key>, -sum(amount), -sum(case when closed_at is null then 0 else amount end)
                    from <discounts> d group by <key>
                    union all
                    select <of order>, 0, sum(r.refund)
                    from <returns> r join <commerce>orders o on o.id = r.order_id
                    where o.closed_at is null and <chunk <of order>> group by <of order>) y
                  group by <key>)""".replace("<discounts>", DISCOUNTS_OF_CHUNK)
                .replace("<which>", "o.paid_at is not null and <chunk <of order>>")
                .replace("<of order>", ofOrder)
                .replace("<key>", key)
                .replace("<lines>", lines)
                .replace("<returns>", returns);
    }
}
