package io.github.embeddedcommerce.jdbc.store;

/**
 * The queries for stock that breaks an invariant. What explains it is read product by product: the lines of a product
 * are found by an index, those of an option are among them. That they are, is an invariant of orders.
 */
final class StockAuditSql {
    /** The other queries see no stock whose option is gone. */
    static final String WITHIN_BOUNDS = """
            select s.option_id, t.product_id, s.on_hand, s.reserved
            from <commerce>stock s left join <commerce>product_options t on t.id = s.option_id
            where <chunk s.option_id> and (t.id is null or not (0 <= s.reserved and s.reserved <= s.on_hand))
            """;

    /** The last line is read from the end of each history, however long it is. */
    static final String TIMES_FIT_CHANGES = """
            select s.option_id, s.changed_at
            from <commerce>stock s
            where <chunk s.option_id> and s.changed_at <> (
              select c.changed_at from <commerce>stock_changes c
              where c.option_id = s.option_id
              order by c.option_id desc, c.id desc
              fetch first 1 rows only)
            """;

    static final String ON_HAND_EXPLAINED = """
            select s.option_id, s.on_hand, coalesce(c.changed, 0) as changed, coalesce(p.sold, 0) as sold
            from <commerce>product_options t
            join <commerce>stock s on s.option_id = t.id
            left join (
              select d.option_id, sum(d.quantity_after - d.quantity_before) as changed
              from <commerce>product_options t join <commerce>stock_changes d on d.option_id = t.id
              where <chunk t.product_id> group by d.option_id) c on c.option_id = s.option_id
            left join (
              select l.option_id, sum(l.quantity) as sold
              from <commerce>order_lines l join <commerce>orders o on o.id = l.order_id
              where <chunk l.product_id> and o.paid_at is not null group by l.option_id) p
              on p.option_id = s.option_id
            where <chunk t.product_id> and s.on_hand <> coalesce(c.changed, 0) - coalesce(p.sold, 0)
            """;

    static final String RESERVED_EXPLAINED = """
            select s.option_id, s.reserved, coalesce(p.pending, 0) as pending
            from <commerce>product_options t
            join <commerce>stock s on s.option_id = t.id
            left join (
              select l.option_id, sum(l.quantity) as pending
              from <commerce>order_lines l join <commerce>orders o on o.id = l.order_id
              where o.status = 'PENDING' and <chunk l.product_id> group by l.option_id) p
              on p.option_id = s.option_id
            where <chunk t.product_id> and s.reserved <> coalesce(p.pending, 0)
            """;

    /** Options that got back other units than were given back. */
    static final String RETURNS_EXPLAINED = """
            select t.id as option_id, coalesce(c.returned, 0) as returned, coalesce(b.units, 0) as restocked,
              coalesce(k.units, 0) as cancelled
            from <commerce>product_options t
            left join (
              select d.option_id, sum(d.quantity_after - d.quantity_before) as returned
              from <commerce>product_options t join <commerce>stock_changes d on d.option_id = t.id
              where <chunk t.product_id> and d.kind = 'RETURN' group by d.option_id) c on c.option_id = t.id
            left join (
              select l.option_id, sum(r.quantity) as units
              from <commerce>returns b
              join <commerce>return_lines r on r.return_id = b.id
              join <commerce>order_lines l on l.order_id = r.order_id and l.number = r.number
              where b.restocked = true and <chunk l.product_id> group by l.option_id) b on b.option_id = t.id
            left join (
              select l.option_id, sum(l.quantity - l.returned) as units
              from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
              where o.status = 'CANCELLED' and o.paid_at is not null and <chunk l.product_id>
              group by l.option_id) k on k.option_id = t.id
            where <chunk t.product_id>
              and coalesce(c.returned, 0) <> coalesce(b.units, 0) + coalesce(k.units, 0)
            """;

    /**
     * Units are weighed by numbers that look random and are no two options' alike, so that units too many here and too
     * few there do not come to nothing: a cube by one prime of a multiple by another. Each product fits 63 bits.
     */
    private static final String WEIGHT = "mod(mod(<x> * <x>, 3000000077) * <x>, 3000000077)"
            .replace("<x>", "mod(mod(option_id, 3000000019) * 1854101977, 3000000019)");

    /**
     * The units of a mark as they are now; see {@link io.github.embeddedcommerce.store.AuditMark}. Lines are looked up
     * order by order, and joined with nothing, for no planner to think it better to read all there are.
     */
    static final String UNITS_OF_MARK = """
            select
              (select coalesce(sum(cast(on_hand as decimal(38, 0)) * <weight>), 0) from <commerce>stock)
              - (select coalesce(sum(cast(quantity_after - quantity_before as decimal(38, 0)) * <weight>), 0)
                from <commerce>stock_changes where id > :stock_change)
              + (select coalesce(sum((
                  select sum(cast(quantity as decimal(38, 0)) * <weight>)
                  from <commerce>order_lines l where l.order_id = o.id)), 0)
                from <commerce>orders o where o.paid_at >= :since) as on_hand,
              (select coalesce(sum(cast(quantity_after - quantity_before as decimal(38, 0)) * <weight>), 0)
                from <commerce>stock_changes where id > :stock_change and kind = 'RETURN')
              - (select coalesce(sum((
                  select sum(cast((
                      select r.quantity from <commerce>return_lines r
                      where r.return_id = b.id and r.number = l.number) as decimal(38, 0)) * <weight>)
                  from <commerce>order_lines l where l.order_id = b.order_id)), 0)
                from <commerce>returns b where b.returned_at >= :since and b.restocked = true)
              - (select coalesce(sum((
                  select sum(cast(quantity - returned as decimal(38, 0)) * <weight>)
                  from <commerce>order_lines l where l.order_id = o.id)), 0)
                from <commerce>orders o
                where o.closed_at >= :since and o.closed_at is not null and o.paid_at is not null) as returned,
              (select coalesce(sum(cast(reserved as decimal(38, 0)) * <weight>), 0) from <commerce>stock)
              - (select coalesce(sum((
                  select sum(cast(quantity as decimal(38, 0)) * <weight>)
                  from <commerce>order_lines l where l.order_id = o.id)), 0)
                from <commerce>orders o where o.status = 'PENDING') as reserved
            """.replace("<weight>", WEIGHT);

    private StockAuditSql() {}
}
