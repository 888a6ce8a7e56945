package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.OrderedItem;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Orders in SQL. An order is read as one row a line. Lists are ordered by all columns of an index, those that are the
 * same in every row included, for H2 to see that it fits.
 */
interface OrderSql {
    /** The select from the users makes it write nothing for a user who is not there. */
    String INSERT = """
            insert into <commerce>orders (user_id, status, total, discount, placed_at, expires_at)
            select u.id, 'PENDING', :total, 0, :placedAt, :expiresAt from <commerce>users u where u.id = :user
            """;

    @SqlBatch("""
            insert into <commerce>order_lines
              (order_id, number, option_id, sku, product_id, product_name, unit_price, quantity)
            values (:order, :line.number, :line.item.option, :line.item.sku, :line.item.product,
              :line.item.productName, :line.unitPrice, :line.quantity)
            """)
    void insertLines(@BindMethods List<LineOfOrder> lines);

    /** A line of the order with this id. */
    record LineOfOrder(OrderId order, OrderLine line) {}

    @SqlQuery("""
            select o.*, l.*
            from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
            where o.id in (<ids>)
            order by o.id, l.number
            """)
    List<LineRow> find(@BindList Collection<OrderId> ids);

    @SqlQuery("select id from <commerce>orders where id in (<ids>) order by id for update")
    List<OrderId> lock(@BindList Collection<OrderId> ids);

    /**
     * By their ids and nothing else: were the status asked for, InnoDB could look through an index that has it, and
     * lock for a moment what others then pass over.
     */
    @SqlQuery("select * from <commerce>orders where id in (<ids>) order by id for update skip locked")
    List<Locked> lockFree(@BindList Collection<OrderId> ids);

    @SqlQuery("""
            select o.*, l.*
            from (
              select * from <commerce>orders
              where status = 'PENDING' and expires_at <= :now
                and expires_at >= :from and (expires_at > :from or id > :fromId)
              order by status, expires_at, id
              fetch first :limit rows only) o
            join <commerce>order_lines l on l.order_id = o.id
            order by o.expires_at, o.id, l.number
            """)
    List<LineRow> overdue(Instant now, Instant from, long fromId, int limit);

    /** Counted and not asked to exist: PostgreSQL would look for it in the lines of all orders there ever were. */
    @SqlQuery("""
            select o.*, l.*
            from (
              select * from <commerce>orders held
              where status = 'PENDING' and expires_at <= :now
                and expires_at >= :from and (expires_at > :from or id > :fromId)
                and (select count(*) from <commerce>order_lines h
                  where h.order_id = held.id and h.option_id in (<options>)) > 0
              order by status, expires_at, id
              fetch first :limit rows only) o
            join <commerce>order_lines l on l.order_id = o.id
            order by o.expires_at, o.id, l.number
            """)
    List<LineRow> overdueHolding(
            @BindList Collection<OptionId> options, Instant now, Instant from, long fromId, int limit);

    @SqlQuery("""
            select o.*, l.*
            from (
              select * from <commerce>orders
              where user_id = :user and id < :below
              order by user_id desc, id desc
              fetch first :limit rows only) o
            join <commerce>order_lines l on l.order_id = o.id
            order by o.id desc, l.number
            """)
    List<LineRow> list(UserId user, long below, int limit);

    @SqlQuery("""
            select o.*, l.*
            from (
              select * from <commerce>orders
              where user_id = :user and status = :status and id < :below
              order by user_id desc, status desc, id desc
              fetch first :limit rows only) o
            join <commerce>order_lines l on l.order_id = o.id
            order by o.id desc, l.number
            """)
    List<LineRow> listWith(OrderStatus status, UserId user, long below, int limit);

    @SqlQuery("""
            select count(*) from <commerce>orders
            where user_id = :user and status = 'PENDING' and expires_at > :now
            """)
    long countPayable(UserId user, Instant now);

    @SqlBatch("""
            update <commerce>orders
            set status = :status, discount = :progress.discount.amount, user_coupon_id = :progress.discount.coupon,
              paid_at = :progress.times.paidAt, closed_at = :progress.times.closedAt
            where id = :id
            """)
    int[] write(@BindMethods List<Order> orders);

    /** An order that is locked, and where it stands. */
    record Locked(OrderId id, OrderStatus status) {}

    /** One line of an order, with what it has in common with the other lines of that order. */
    record LineRow(OrderId id, UserId user, OrderProgress progress, OrderLine line) {}

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(
                Locked.class,
                (row, context) ->
                        new Locked(new OrderId(row.getLong("id")), OrderStatus.valueOf(row.getString("status"))));
        jdbi.registerRowMapper(OrderId.class, (row, context) -> new OrderId(row.getLong(1)));
        jdbi.registerRowMapper(
                LineRow.class,
                (row, context) -> new LineRow(
                        new OrderId(row.getLong("id")),
                        new UserId(row.getString("user_id")),
                        progress(row, columns),
                        line(row, columns)));
    }

    private static OrderProgress progress(ResultSet row, RowReader columns) throws SQLException {
        return new OrderProgress(
                OrderStatus.valueOf(row.getString("status")),
                new Times(
                        columns.instant(row, "placed_at"),
                        columns.instant(row, "expires_at"),
                        columns.instantOrNull(row, "paid_at"),
                        columns.instantOrNull(row, "closed_at")),
                new Discount(columns.money(row, "discount"), coupon(row)));
    }

    private static @Nullable UserCouponId coupon(ResultSet row) throws SQLException {
        long id = row.getLong("user_coupon_id");
        return row.wasNull() ? null : new UserCouponId(id);
    }

    private static OrderLine line(ResultSet row, RowReader columns) throws SQLException {
        OrderedItem item = new OrderedItem(
                new OptionId(row.getLong("option_id")),
                row.getString("sku"),
                new ProductId(row.getLong("product_id")),
                row.getString("product_name"));
        return new OrderLine(row.getInt("number"), item, columns.money(row, "unit_price"), row.getLong("quantity"));
    }
}
