package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.STOCK;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.RecordedStockChange;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.StockStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Stock in SQL. */
final class JdbiStockStore implements StockStore {
    interface Sql {
        @SqlQuery("select option_id, on_hand, reserved from <commerce>stock where option_id in (<options>)")
        List<StockLevel> find(@BindList Collection<OptionId> options);

        @SqlQuery("""
                select option_id, on_hand, reserved from <commerce>stock
                where option_id in (<options>)
                order by option_id
                for update
                """)
        List<StockLevel> lock(@BindList Collection<OptionId> options);

        @SqlBatch("insert into <commerce>stock (option_id, on_hand, reserved) values (:option, :onHand, :reserved)")
        void insert(@BindMethods List<StockLevel> levels);

        @SqlBatch("""
                update <commerce>stock set on_hand = on_hand + :onHand, reserved = reserved + :reserved
                where option_id = :option
                """)
        int[] move(@BindMethods List<StockMovement> movements);

        @SqlBatch("""
                insert into <commerce>stock_changes
                  (option_id, quantity_before, quantity_after, kind, note, changed_at)
                values (:option, :before, :after, :reason.kind, :reason.note, :at)
                """)
        void record(@BindMethods List<StockChange> changes);

        @SqlQuery("""
                select * from <commerce>stock_changes
                where option_id = :option and id < :beforeId
                order by option_id desc, id desc
                fetch first :limit rows only
                """)
        List<RecordedStockChange> history(OptionId option, long beforeId, int limit);
    }

    private final Sql sql;
    private final RowLocks locks;

    JdbiStockStore(Handle handle, RowLocks locks) {
        this.sql = handle.attach(Sql.class);
        this.locks = locks;
    }

    static void mapRows(Jdbi jdbi, RowReader columns) {
        jdbi.registerRowMapper(
                StockLevel.class,
                (row, context) -> new StockLevel(
                        new OptionId(row.getLong("option_id")), row.getLong("on_hand"), row.getLong("reserved")));
        jdbi.registerRowMapper(
                RecordedStockChange.class,
                (row, context) -> new RecordedStockChange(
                        row.getLong("id"),
                        new StockChange(
                                new OptionId(row.getLong("option_id")),
                                row.getLong("quantity_before"),
                                row.getLong("quantity_after"),
                                new Reason(Kind.valueOf(row.getString("kind")), row.getString("note")),
                                columns.instant(row, "changed_at"))));
    }

    @Override
    public Map<OptionId, StockLevel> find(Collection<OptionId> options) {
        return sql.find(options).stream().collect(toMap(StockLevel::option, Function.identity()));
    }

    @Override
    public Map<OptionId, StockLevel> lock(Collection<OptionId> options) {
        return locks.take(STOCK, options, () -> sql.lock(options)).stream()
                .collect(toMap(StockLevel::option, Function.identity()));
    }

    @Override
    public void insert(List<StockLevel> levels) {
        sql.insert(levels);
    }

    @Override
    public void move(List<StockMovement> movements) {
        if (!movements.isEmpty()) {
            List<OptionId> options =
                    movements.stream().map(StockMovement::option).toList();
            UpdateCounts.each(locks.take(STOCK, options, () -> sql.move(movements)), "stock");
        }
    }

    @Override
    public void record(List<StockChange> changes) {
        if (!changes.isEmpty()) {
            sql.record(changes);
        }
    }

    @Override
    public List<RecordedStockChange> history(OptionId option, long beforeId, int limit) {
        return sql.history(option, beforeId, limit);
    }
}
