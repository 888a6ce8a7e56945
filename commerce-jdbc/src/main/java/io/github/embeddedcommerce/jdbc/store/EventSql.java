package io.github.embeddedcommerce.jdbc.store;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.Delivery.Status;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.store.EventStore.Place;
import io.github.embeddedcommerce.store.Lease;
import io.github.embeddedcommerce.user.UserId;
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
 * Events in SQL. A waiting event with a lease has in {@code status_at} when the lease runs out. Lists are ordered by
 * all columns of an index, the status that is the same in every row included, for H2 to see that it fits. Events are
 * locked by their keys and nothing else: were the status asked for, InnoDB could lock through an index that has it, in
 * another order than those who change the status.
 */
interface EventSql {
    @SqlQuery("""
            select e.* from <commerce>order_events e
            where e.status = 'WAITING' and e.status_at <= :now
              and e.status_at >= :from and (e.status_at > :from or e.order_id > :fromOrder)
              and not exists (
                select 1 from <commerce>order_events p
                where p.order_id = e.order_id and p.number < e.number and p.status in ('WAITING', 'DEAD'))
            order by e.status, e.status_at, e.order_id, e.number
            fetch first :limit rows only
            """)
    List<Delivery> due(Instant now, Instant from, long fromOrder, int limit);

    @SqlQuery("""
            select * from <commerce>order_events
            where order_id in (<orders>)
            order by order_id, number
            for update skip locked
            """)
    List<Delivery> lockFree(@BindList Collection<OrderId> orders);

    @SqlBatch("""
            update <commerce>order_events
            set status_at = :lease.until, claimed_by = :lease.token, tries = :tries, error = :error
            where order_id = :event.order and number = :event.number
            """)
    int[] lease(@BindMethods List<Delivery> deliveries, @BindMethods("lease") Lease lease);

    @SqlBatch("""
            update <commerce>order_events
            set status = :delivery.status, status_at = :at, claimed_by = :claimedBy,
              tries = :delivery.tries, error = :delivery.error
            where order_id = :delivery.event.order and number = :delivery.event.number and claimed_by = :lease.token
            """)
    int[] settle(@BindMethods List<Leased> events, @BindMethods("lease") Lease lease);

    /** What becomes of a leased event: who claims it then, if anybody, and until when. */
    record Leased(Delivery delivery, Instant at, @Nullable String claimedBy) {
        static Leased ended(Delivery outcome) {
            return new Leased(outcome, outcome.at(), null);
        }

        static Leased still(Delivery next, Lease lease) {
            return new Leased(next, lease.until(), lease.token());
        }
    }

    @SqlQuery("""
            select * from <commerce>order_events
            where status = 'DEAD'
              and status_at >= :at and (status_at > :at or order_id > :order or (order_id = :order and number > :number))
            order by status, status_at, order_id, number
            fetch first :limit rows only
            """)
    List<Delivery> deadLetters(@BindMethods Place after, int limit);

    @SqlQuery("select * from <commerce>order_events where order_id = :order order by order_id, number")
    List<Delivery> of(OrderId order);

    @SqlQuery("""
            select * from <commerce>order_events
            where order_id in (<orders>)
            order by order_id, number
            for update
            """)
    List<Delivery> lock(@BindList Collection<OrderId> orders);

    @SqlBatch("""
            update <commerce>order_events
            set status = :status, status_at = :at, tries = :tries, error = :error
            where order_id = :event.order and number = :event.number
            """)
    int[] write(@BindMethods List<Delivery> deliveries);

    /**
     * The first event that each order still has: it goes before the others of that order. Counted and not joined, or
     * PostgreSQL would sort all that is old for each chunk.
     */
    @SqlQuery("""
            select e.order_id, e.number from <commerce>order_events e
            where e.status = :status and e.status_at < :before
              and (select count(*) from <commerce>orders o where o.id = e.order_id and o.events_purged = e.number - 1) > 0
            order by e.status, e.status_at, e.order_id, e.number
            fetch first :limit rows only
            """)
    List<First> firstSettled(Status status, Instant before, int limit);

    @SqlQuery("""
            select id as order_id, events_purged + 1 as number from <commerce>orders
            where id in (<orders>)
            order by id
            for update skip locked
            """)
    List<First> lockFirst(@BindList Collection<OrderId> orders);

    @SqlBatch("update <commerce>orders set events_purged = :number where id = :order")
    int[] countPurged(@BindMethods List<First> events);

    @SqlBatch("delete from <commerce>order_events where order_id = :order and number = :number")
    int[] remove(@BindMethods List<First> events);

    /** The first event that an order still has. */
    record First(OrderId order, int number) {}

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(
                First.class, (row, context) -> new First(new OrderId(row.getLong("order_id")), row.getInt("number")));
        jdbi.registerRowMapper(Delivery.class, (row, context) -> {
            OrderEvent event = new OrderEvent(
                    new OrderId(row.getLong("order_id")),
                    row.getInt("number"),
                    OrderEvent.Type.valueOf(row.getString("type")),
                    new UserId(row.getString("user_id")),
                    columns.instant(row, "happened_at"),
                    row.getLong("subject"));
            return new Delivery(
                    event,
                    Status.valueOf(row.getString("status")),
                    columns.instant(row, "status_at"),
                    row.getInt("tries"),
                    row.getString("error"));
        });
    }
}
