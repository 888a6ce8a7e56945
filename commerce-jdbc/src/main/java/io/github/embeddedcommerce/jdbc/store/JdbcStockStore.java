package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.STOCK;
import static java.util.stream.Collectors.toCollection;
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
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stock in SQL. */
final class JdbcStockStore implements StockStore {
    private static final String LOCK = """
            select option_id, on_hand, reserved from <commerce>stock
            where option_id in (?)
            order by option_id
            for update
            """;

    private static final String MOVE = """
            update <commerce>stock set on_hand = on_hand + ?, reserved = reserved + ?
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
        return byOption(session.query(
                JdbcStockStore::level,
                "select option_id, on_hand, reserved from <commerce>stock where option_id in (?)",
                options));
    }

    @Override
    public List<StockEntry> list(StockQuery query, StockPlace after, int limit) {
        return new StockListSql(session).list(query, after, limit);
    }

    @Override
    public Map<OptionId, StockLevel> lock(Collection<OptionId> options) {
        Set<OptionId> inOrder = new TreeSet<>(options);
        return locked(locks.take(STOCK, inOrder, () -> session.queryInParts(JdbcStockStore::level, LOCK, inOrder)));
    }

    @Override
    public List<OptionStock> after(long option, int limit) {
        return session.query(
                row -> new OptionStock(new ProductId(row.getLong(4)), row.getString(5), level(row)),
                """
                select s.option_id, s.on_hand, s.reserved, o.product_id, o.sku
                from <commerce>stock s join <commerce>product_options o on o.id = s.option_id
                where s.option_id > ?
                order by s.option_id
                fetch first ? rows only
                """,
                option,
                limit);
    }

    @Override
    @SuppressWarnings("unchecked") // each select has its mapper
    public OffersWithStock lockWithOffers(Collection<OptionId> options) {
        List<List<?>> results = locks.take(
                STOCK,
                options,
                () -> session.queryAll(List.of(
                        new Query<>(JdbcStockStore::level, LOCK, options),
                        JdbiProductStore.offers(options, session.rows()))));
        return new OffersWithStock(
                ((List<Offer>) results.get(1)).stream().collect(toMap(Offer::option, Function.identity())),
                locked((List<StockLevel>) results.get(0)));
    }

    private Map<OptionId, StockLevel> locked(List<StockLevel> levels) {
        levels.forEach(level -> locked.add(level.option()));
        return byOption(levels);
    }

    private static StockLevel level(ResultSet row) throws SQLException {
        return new StockLevel(new OptionId(row.getLong(1)), row.getLong(2), row.getLong(3));
    }

    private static Map<OptionId, StockLevel> byOption(List<StockLevel> levels) {
        return levels.stream().collect(toMap(StockLevel::option, Function.identity()));
    }

    @Override
    public void insert(List<StockLevel> levels, List<StockChange> first) {
        session.insertLater("""
                insert into <commerce>stock (option_id, on_hand, reserved) values (?, ?, ?)
                """, rows(levels, level ->
                new Object[] {level.option(), level.onHand(), level.reserved()}));
        insertChanges(first);
    }

    private void insertChanges(List<StockChange> changes) {
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
    public void move(List<StockMovement> movements) {
        List<OptionId> options = movements.stream().map(StockMovement::option).toList();
        session.lockLater(STOCK, options, locked.containsAll(options), "stock", MOVE, rows(movements, movement ->
                new Object[] {movement.onHand(), movement.reserved(), movement.option()}));
    }

    /**
     * None is earlier than the one before of the same option, whose stock row is locked. Of many, the latest times are
     * read first: not every driver sends inserts that look at other rows as a batch.
     */
    @Override
    public void record(List<StockChange> changes) {
        if (changes.size() > SqlSession.MOST_AT_ONCE) {
            Map<OptionId, Instant> latest =
                    latestChanges(changes.stream().map(StockChange::option).collect(toCollection(TreeSet::new)));
            insertChanges(changes.stream()
                    .map(change -> change.notBefore(latest.getOrDefault(change.option(), Instant.MIN)))
                    .toList());
            return;
        }
        session.insertLater("""
                insert into <commerce>stock_changes
                  (option_id, quantity_before, quantity_after, kind, note, changed_at)
                values (?, ?, ?, ?, ?, coalesce((
                  select latest.changed_at
                  from (
                    select c.changed_at from <commerce>stock_changes c
                    where c.option_id = ?
                    order by c.option_id desc, c.id desc
                    fetch first 1 rows only) latest
                  where latest.changed_at > ?), ?))
                """, rows(changes, change -> new Object[] {
            change.option(),
            change.before(),
            change.after(),
            change.reason().kind(),
            change.reason().note(),
            change.option(),
            change.at(),
            change.at()
        }));
    }

    /** The time of the last line of each history, which is read from its end, however long it is. */
    private Map<OptionId, Instant> latestChanges(Set<OptionId> options) {
        Map<OptionId, Instant> latest = new HashMap<>();
        session.queryInParts(
                        row -> new LatestChange(
                                new OptionId(row.getLong(1)), session.rows().instantOrNull(row, 2)),
                        """
                        select s.option_id, (
                          select c.changed_at from <commerce>stock_changes c
                          where c.option_id = s.option_id
                          order by c.option_id desc, c.id desc
                          fetch first 1 rows only) as changed_at
                        from <commerce>stock s
                        where s.option_id in (?)
                        """,
                        options)
                .forEach(change -> {
                    if (change.at != null) {
                        latest.put(change.option, change.at);
                    }
                });
        return latest;
    }

    /** When the stock of an option was changed last; null for never. */
    private record LatestChange(OptionId option, @Nullable Instant at) {}

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
