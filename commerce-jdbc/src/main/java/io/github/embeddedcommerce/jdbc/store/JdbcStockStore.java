package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.STOCK;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.OptionStock;
import io.github.embeddedcommerce.stock.RecordedStockChange;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockEntry;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.StockPlace;
import io.github.embeddedcommerce.store.StockStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stock in SQL. */
final class JdbcStockStore implements StockStore {
    private static final String FIND =
            "select option_id, on_hand, reserved, changed_at from <commerce>stock where option_id in (?)";

    private static final String LOCK = FIND + " order by option_id for update";

    private static final String MOVE = """
            update <commerce>stock set on_hand = on_hand + ?, reserved = reserved + ?
            where option_id = ?
            """;

    /** What is no sale: when it happened is kept. */
    private static final String CHANGE = """
            update <commerce>stock set on_hand = on_hand + ?, reserved = reserved + ?, changed_at = ?
            where option_id = ?
            """;

    private final SqlSession session;
    private final RowLocks locks;
    private final Set<OptionId> locked = new HashSet<>();

    JdbcStockStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
    }

    @Override
    public Map<OptionId, StockLevel> find(Collection<OptionId> options) {
        return byOption(session.query(this::level, FIND, options));
    }

    @Override
    public List<StockEntry> list(StockQuery query, StockPlace after, int limit) {
        return new StockListSql(session).list(query, after, limit);
    }

    @Override
    public Map<OptionId, StockLevel> lock(Collection<OptionId> options) {
        Set<OptionId> inOrder = new TreeSet<>(options);
        Map<OptionId, StockLevel> levels =
                byOption(locks.take(STOCK, inOrder, () -> session.queryInParts(this::level, LOCK, inOrder)));
        locked.addAll(levels.keySet());
        return levels;
    }

    @Override
    public List<OptionStock> after(long option, int limit) {
        return session.query(
                row -> new OptionStock(new ProductId(row.getLong(5)), row.getString(6), level(row)),
                """
                select s.option_id, s.on_hand, s.reserved, s.changed_at, o.product_id, o.sku
                from <commerce>stock s join <commerce>product_options o on o.id = s.option_id
                where s.option_id > ?
                order by s.option_id
                fetch first ? rows only
                """,
                option,
                limit);
    }

    @Override
    public OffersWithStock lockWithOffers(Collection<OptionId> options) {
        OffersWithStock offered = locks.take(STOCK, options, () -> withOffers(LOCK, options));
        locked.addAll(offered.levels().keySet());
        return offered;
    }

    @Override
    public OffersWithStock findWithOffers(Collection<OptionId> options) {
        return withOffers(FIND, options);
    }

    @SuppressWarnings("unchecked") // each select has its mapper
    private OffersWithStock withOffers(String levels, Collection<OptionId> options) {
        List<List<?>> results = session.queryAll(
                List.of(new Query<>(this::level, levels, options), JdbcProductStore.offers(options, session.rows())));
        return new OffersWithStock(
                ((List<Offer>) results.get(1)).stream().collect(toMap(Offer::option, Function.identity())),
                byOption((List<StockLevel>) results.get(0)));
    }

    private StockLevel level(ResultSet row) throws SQLException {
        return level(row, session.rows());
    }

    /** Of a row that begins with these four columns. */
    static StockLevel level(ResultSet row, RowReader columns) throws SQLException {
        return new StockLevel(new OptionId(row.getLong(1)), row.getLong(2), row.getLong(3), columns.instant(row, 4));
    }

    private static Map<OptionId, StockLevel> byOption(List<StockLevel> levels) {
        return levels.stream().collect(toMap(StockLevel::option, Function.identity()));
    }

    @Override
    public void insert(List<StockLevel> levels, List<StockChange> first) {
        session.insertLater("""
                insert into <commerce>stock (option_id, on_hand, reserved, changed_at) values (?, ?, ?, ?)
                """, rows(levels, level ->
                new Object[] {level.option(), level.onHand(), level.reserved(), level.changedAt()}));
        record(first);
    }

    @Override
    public void move(List<StockMovement> movements) {
        Map<Boolean, List<StockMovement>> changed =
                movements.stream().collect(partitioningBy(movement -> movement.changedAt() != null));
        move(MOVE, changed.getOrDefault(false, List.of()), movement ->
                new Object[] {movement.onHand(), movement.reserved(), movement.option()});
        move(CHANGE, changed.getOrDefault(true, List.of()), movement ->
                new Object[] {movement.onHand(), movement.reserved(), movement.changedAt(), movement.option()});
    }

    private void move(String sql, List<StockMovement> movements, Function<StockMovement, @Nullable Object[]> row) {
        List<OptionId> options = movements.stream().map(StockMovement::option).toList();
        session.lockLater(STOCK, options, locked.containsAll(options), "stock", sql, rows(movements, row));
    }

    @Override
    public void record(List<StockChange> changes) {
        session.insertLater("""
                insert into <commerce>stock_changes
                  (option_id, quantity_before, quantity_after, kind, note, changed_at)
                values (?, ?, ?, ?, ?, ?)
                """, rows(changes, change -> new Object[] {
            change.option(),
            change.before(),
            change.after(),
            change.reason().kind(),
            change.reason().note(),
            change.at()
        }));
    }

    @Override
    public List<RecordedStockChange> history(OptionId option, long beforeId, int limit) {
        return session.query(this::change, """
                select id, option_id, quantity_before, quantity_after, kind, note, changed_at
                from <commerce>stock_changes
                where option_id = ? and id < ?
                order by option_id desc, id desc
                fetch first ? rows only
                """, option, beforeId, limit);
    }

    private RecordedStockChange change(ResultSet row) throws SQLException {
        return new RecordedStockChange(
                row.getLong(1),
                new StockChange(
                        new OptionId(row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4),
                        new Reason(Kind.valueOf(row.getString(5)), row.getString(6)),
                        session.rows().instant(row, 7)));
    }

    static <T> List<@Nullable Object[]> rows(Collection<T> values, Function<T, @Nullable Object[]> row) {
        return values.stream().map(row).toList();
    }
}
