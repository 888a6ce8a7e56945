package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.POPULARITY;

import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.PopularProducts.Entry;
import io.github.embeddedcommerce.product.PopularProducts.Sales;
import io.github.embeddedcommerce.product.Popularity;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.store.PopularityStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Popular products in SQL. A snapshot is read as one row an entry, or one row if it has none. */
public final class JdbiPopularityStore implements PopularityStore {
    interface Sql {
        /**
         * What was cancelled or given back later counted at that moment, and still does: so a recount comes to the
         * same.
         */
        @SqlQuery("""
                select product_id, sum(units) as sold, max(paid_at) as last_paid_at
                from (
                  select l.product_id, l.quantity - l.returned as units, o.paid_at
                  from <commerce>orders o join <commerce>order_lines l on l.order_id = o.id
                  where o.paid_at >= :from and o.paid_at < :until and (o.closed_at is null or o.closed_at > :until)
                    and l.returned < l.quantity
                  union all
                  select l.product_id, r.quantity, o.paid_at
                  from <commerce>returns b
                  join <commerce>orders o on o.id = b.order_id
                  join <commerce>return_lines r on r.return_id = b.id
                  join <commerce>order_lines l on l.order_id = r.order_id and l.number = r.number
                  where b.returned_at > :until and o.paid_at >= :from and o.paid_at < :until
                    and (o.closed_at is null or o.closed_at > :until)) kept
                group by product_id
                order by sold desc, last_paid_at desc, product_id
                fetch first :limit rows only
                """)
        List<Sales> bestSelling(Instant from, Instant until, int limit);

        @SqlQuery("""
                select s.for_day, s.sold_since, s.created_at, s.places,
                  p.position, p.product_id, p.quantity as sold, p.last_paid_at
                from <commerce>popular_snapshots s left join <commerce>popular_products p on p.for_day = s.for_day
                where s.for_day = :day
                order by p.position
                """)
        List<EntryRow> find(LocalDate day);

        @SqlQuery("""
                select s.for_day, s.sold_since, s.created_at, s.places,
                  p.position, p.product_id, p.quantity as sold, p.last_paid_at
                from (
                  select * from <commerce>popular_snapshots
                  where for_day < :day
                  order by for_day desc
                  fetch first :limit rows only) s
                left join <commerce>popular_products p on p.for_day = s.for_day
                order by s.for_day desc, p.position
                """)
        List<EntryRow> before(LocalDate day, int limit);

        @SqlQuery("select id from <commerce>shop where id = 1 for update")
        List<Integer> lock();

        @SqlUpdate("""
                insert into <commerce>popular_snapshots (for_day, sold_since, created_at, places)
                values (:day, :from, :createdAt, :measure.size)
                """)
        void insert(@BindMethods PopularProducts snapshot);

        @SqlBatch("""
                insert into <commerce>popular_products (for_day, position, product_id, quantity, last_paid_at)
                values (:day, :rank, :product, :quantity, :lastPaidAt)
                """)
        void insertEntries(LocalDate day, @BindMethods List<Entry> entries);

        @SqlQuery("""
                select for_day from <commerce>popular_snapshots
                where created_at < :before and for_day < (select max(for_day) from <commerce>popular_snapshots)
                order by for_day
                fetch first :limit rows only
                """)
        List<LocalDate> outdated(Instant before, int limit);

        @SqlUpdate("delete from <commerce>popular_products where for_day in (<days>)")
        void deleteEntries(@BindList Collection<LocalDate> days);

        @SqlUpdate("delete from <commerce>popular_snapshots where for_day in (<days>)")
        int delete(@BindList Collection<LocalDate> days);
    }

    record EntryRow(
            LocalDate day,
            Popularity measure,
            Instant createdAt,
            @Nullable Entry entry) {}

    private final Sql sql;
    private final RowLocks locks;

    public JdbiPopularityStore(Handle handle, RowLocks locks) {
        this.sql = handle.attach(Sql.class);
        this.locks = locks;
    }

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(Sales.class, (row, context) -> sales(row, columns));
        jdbi.registerRowMapper(EntryRow.class, (row, context) -> {
            Instant createdAt = columns.instant(row, "created_at");
            Duration window = Duration.between(columns.instant(row, "sold_since"), createdAt);
            int rank = row.getInt("position");
            return new EntryRow(
                    row.getObject("for_day", LocalDate.class),
                    new Popularity(window, row.getInt("places")),
                    createdAt,
                    rank == 0 ? null : new Entry(rank, sales(row, columns)));
        });
    }

    private static Sales sales(ResultSet row, RowReader columns) throws SQLException {
        return new Sales(
                new ProductId(row.getLong("product_id")), row.getLong("sold"), columns.instant(row, "last_paid_at"));
    }

    @Override
    public List<Sales> bestSelling(Instant from, Instant until, int limit) {
        return sql.bestSelling(from, until, limit);
    }

    @Override
    public Optional<PopularProducts> find(LocalDate day) {
        return snapshots(sql.find(day)).stream().findFirst();
    }

    @Override
    public List<PopularProducts> before(LocalDate day, int limit) {
        return snapshots(sql.before(day, limit));
    }

    @Override
    public void lock() {
        locks.take(POPULARITY, Set.of("snapshots"), sql::lock);
    }

    @Override
    public void insert(PopularProducts snapshot) {
        sql.insert(snapshot);
        if (!snapshot.entries().isEmpty()) {
            sql.insertEntries(snapshot.day(), snapshot.entries());
        }
    }

    @Override
    public int purgeSnapshots(Instant before, int limit) {
        lock();
        List<LocalDate> days = sql.outdated(before, limit);
        if (days.isEmpty()) {
            return 0;
        }
        sql.deleteEntries(days);
        return sql.delete(days);
    }

    /** Puts each snapshot together from its rows, in the order in which they come. */
    private static List<PopularProducts> snapshots(List<EntryRow> rows) {
        Map<LocalDate, List<EntryRow>> days = new LinkedHashMap<>();
        rows.forEach(
                row -> days.computeIfAbsent(row.day(), day -> new ArrayList<>()).add(row));
        return days.values().stream().map(JdbiPopularityStore::snapshot).toList();
    }

    private static PopularProducts snapshot(List<EntryRow> rows) {
        EntryRow head = rows.get(0);
        List<Entry> entries = new ArrayList<>();
        for (EntryRow row : rows) {
            if (row.entry() != null) {
                entries.add(row.entry());
            }
        }
        return new PopularProducts(head.day(), head.measure(), head.createdAt(), entries);
    }
}
