package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.jdbc.store.JdbcStockStore.rows;
import static io.github.embeddedcommerce.transaction.LockOrder.USER;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.jdbc.store.ProductReader.Attribute;
import io.github.embeddedcommerce.jdbc.store.SqlSession.Query;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.store.CartStore;
import io.github.embeddedcommerce.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Carts in SQL. Deleting a cart deletes its items. */
final class JdbcCartStore implements CartStore {
    private static final String LOCK = "select id from <commerce>users where id in (?) order by id for update";

    /** One row an item, one row without an item for an empty cart, none for a user who never had one. */
    private static final String ITEMS = """
            select c.user_id, i.id, i.option_id, i.quantity
            from <commerce>carts c left join <commerce>cart_items i on i.user_id = c.user_id
            where c.user_id in (?)
            """;

    /** One row an item; one row without an item for an empty cart; none for a user who is not there. */
    private static final String VIEW = """
            select i.id, i.option_id, i.quantity, o.sku, s.on_hand - s.reserved,
              p.id, p.name, p.description, p.category, p.price, p.on_sale
            from <commerce>users u
            left join <commerce>cart_items i on i.user_id = u.id
            left join <commerce>product_options o on o.id = i.option_id
            left join <commerce>stock s on s.option_id = i.option_id
            left join <commerce>products p on p.id = o.product_id
            where u.id = ?
            order by i.id
            """;

    private static final String ATTRIBUTES = """
            select a.option_id, a.name, a.text
            from <commerce>option_attributes a join <commerce>cart_items i on i.option_id = a.option_id
            where i.user_id = ?
            order by a.option_id, a.position
            """;

    private final SqlSession session;
    private final RowLocks locks;
    private final Set<UserId> withCart = new HashSet<>();

    JdbcCartStore(SqlSession session, RowLocks locks) {
        this.session = session;
        this.locks = locks;
    }

    /** A row of {@link #ITEMS}. */
    private record CartRow(UserId user, @Nullable CartItem item) {}

    @Override
    @SuppressWarnings("unchecked") // each select has its mapper
    public Map<UserId, SortedMap<CartItemId, CartItem>> lock(Collection<UserId> users) {
        List<List<?>> results = locks.take(
                USER,
                users,
                () -> session.queryAll(List.of(
                        new Query<>(row -> new UserId(row.getString(1)), LOCK, users),
                        new Query<>(JdbcCartStore::cartRow, ITEMS, users))));
        Map<UserId, SortedMap<CartItemId, CartItem>> carts = new TreeMap<>();
        ((List<UserId>) results.get(0)).forEach(user -> carts.put(user, new TreeMap<>()));
        for (CartRow row : (List<CartRow>) results.get(1)) {
            withCart.add(row.user);
            if (row.item != null) {
                carts.getOrDefault(row.user, new TreeMap<>()).put(row.item.id(), row.item);
            }
        }
        return carts;
    }

    private static CartRow cartRow(ResultSet row) throws SQLException {
        Long item = RowReader.longOrNull(row, 2);
        return new CartRow(
                new UserId(row.getString(1)),
                item == null ? null : new CartItem(new CartItemId(item), new OptionId(row.getLong(3)), row.getLong(4)));
    }

    @Override
    @SuppressWarnings("unchecked") // each select has its mapper
    public Optional<Cart> view(UserId user) {
        List<List<?>> results = session.queryAll(
                List.of(new Query<>(this::line, VIEW, user), new Query<>(ProductReader::attribute, ATTRIBUTES, user)));
        List<Optional<CartLine>> lines = (List<Optional<CartLine>>) results.get(0);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Map<OptionId, Map<String, String>> attributes = ProductReader.byOption((List<Attribute>) results.get(1));
        return Optional.of(new Cart(
                user,
                lines.stream()
                        .flatMap(Optional::stream)
                        .map(line -> new CartLine(
                                line.item(),
                                line.offer(),
                                line.option()
                                        .with(attributes.getOrDefault(
                                                line.item().option(), Map.of()))))
                        .toList(),
                session.rows().currency()));
    }

    private Optional<CartLine> line(ResultSet row) throws SQLException {
        Long id = RowReader.longOrNull(row, 1);
        if (id == null) {
            return Optional.empty();
        }
        CartItem item = new CartItem(new CartItemId(id), new OptionId(row.getLong(2)), row.getLong(3));
        String sku = row.getString(4);
        Offer offer = new Offer(
                item.option(), sku, new ProductId(row.getLong(6)), ProductReader.details(row, 7, session.rows()));
        return Optional.of(new CartLine(item, offer, new ProductOption(item.option(), sku, Map.of(), row.getLong(5))));
    }

    @Override
    public Optional<UserId> owner(CartItemId item) {
        return session
                .query(
                        row -> new UserId(row.getString(1)),
                        "select user_id from <commerce>cart_items where id = ?",
                        item)
                .stream()
                .findFirst();
    }

    /** A cart and an option have one item, by which its new id is found. */
    @Override
    public List<CartItemId> insert(List<NewCartItem> items, Instant now) {
        Set<UserId> users = new TreeSet<>();
        items.forEach(item -> users.add(item.user()));
        touch(users, now);
        session.insertLater(
                "insert into <commerce>cart_items (user_id, option_id, quantity) values (?, ?, ?)",
                rows(items, item -> new Object[] {item.user(), item.option(), item.quantity()}));
        Map<UserId, Map<OptionId, CartItemId>> ids = new HashMap<>();
        for (CartRow row : session.query(JdbcCartStore::cartRow, ITEMS, users)) {
            if (row.item != null) {
                ids.computeIfAbsent(row.user, user -> new HashMap<>()).put(row.item.option(), row.item.id());
            }
        }
        return items.stream()
                .map(item -> ids.getOrDefault(item.user(), Map.of()).get(item.option()))
                .toList();
    }

    @Override
    public void write(Map<UserId, List<CartItem>> items, Instant now) {
        touch(items.keySet(), now);
        List<@Nullable Object[]> quantities = new ArrayList<>();
        items.forEach((user, own) ->
                own.forEach(item -> quantities.add(new Object[] {item.quantity(), user, item.id()})));
        session.updateLater(
                "cart_items", "update <commerce>cart_items set quantity = ? where user_id = ? and id = ?", quantities);
    }

    @Override
    public void remove(Map<UserId, List<CartItem>> items, Instant now) {
        touch(items.keySet(), now);
        List<CartItemId> removed = items.values().stream()
                .flatMap(own -> own.stream().map(CartItem::id))
                .toList();
        List<UserId> users = List.copyOf(items.keySet());
        StatementExecutor.parts(removed)
                .forEach(part -> session.updateAllLater(
                        "cart_items",
                        part.size(),
                        "delete from <commerce>cart_items where user_id in (?) and id in (?)",
                        users,
                        part));
    }

    @Override
    public void clear(UserId user) {
        withCart.remove(user);
        session.update("delete from <commerce>carts where user_id = ?", user);
    }

    /** Nobody else can be adding the same cart: the user's row is locked. */
    private void touch(Set<UserId> users, Instant now) {
        List<UserId> present = users.stream().filter(withCart::contains).toList();
        List<UserId> missing = users.stream().filter(withCart::add).toList();
        session.updateLater("carts", """
                update <commerce>carts set touched_at = case when touched_at > ? then touched_at else ? end
                where user_id = ?""", rows(present, user -> new Object[] {now, now, user}));
        session.insertLater("insert into <commerce>carts (user_id, touched_at) values (?, ?)", rows(missing, user ->
                new Object[] {user, now}));
    }

    /** Looks without locking, because a lock would take every row it looks at; then looks again under the lock. */
    @Override
    public int purgeAbandoned(Instant before, int limit) {
        List<UserId> abandoned = session.query(row -> new UserId(row.getString(1)), """
                select user_id from <commerce>carts where touched_at < ?
                order by touched_at, user_id
                fetch first ? rows only
                """, before, limit);
        if (abandoned.isEmpty()) {
            return 0;
        }
        List<UserId> locked = locks.take(
                USER,
                abandoned,
                () -> session.queryInParts(
                        row -> new UserId(row.getString(1)),
                        "select id from <commerce>users where id in (?) order by id for update skip locked",
                        new TreeSet<>(abandoned)));
        int deleted = 0;
        for (List<UserId> part : StatementExecutor.parts(locked)) {
            deleted +=
                    session.update("delete from <commerce>carts where user_id in (?) and touched_at < ?", part, before);
        }
        return deleted;
    }
}
