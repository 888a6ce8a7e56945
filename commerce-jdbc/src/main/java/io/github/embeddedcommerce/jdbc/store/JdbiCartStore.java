package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.jdbc.store.CartSql.ItemOfUser;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.store.CartStore;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Carts as the port wants them; their SQL is in {@link CartSql}. */
public final class JdbiCartStore implements CartStore {
    private final CartSql sql;
    private final RowLocks locks;

    public JdbiCartStore(Handle handle, RowLocks locks) {
        this.sql = handle.attach(CartSql.class);
        this.locks = locks;
    }

    @Override
    public Map<UserId, SortedMap<CartItemId, CartItem>> items(Collection<UserId> users) {
        Map<UserId, SortedMap<CartItemId, CartItem>> items = new TreeMap<>();
        sql.items(users)
                .forEach(row -> items.computeIfAbsent(row.user(), user -> new TreeMap<>())
                        .put(row.item().id(), row.item()));
        return items;
    }

    @Override
    public Optional<Cart> view(UserId user) {
        List<CartSql.ViewRow> rows = sql.view(user);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<CartLine> lines = rows.stream()
                .map(CartSql.ViewRow::line)
                .filter(Objects::nonNull)
                .toList();
        return Optional.of(new Cart(
                user,
                lines.isEmpty() ? lines : withAttributes(user, lines),
                rows.get(0).currency()));
    }

    private List<CartLine> withAttributes(UserId user, List<CartLine> lines) {
        Map<OptionId, List<ProductSql.AttributeRow>> attributes =
                sql.attributes(user).stream().collect(groupingBy(ProductSql.AttributeRow::option));
        return lines.stream()
                .map(line -> new CartLine(
                        line.item(),
                        line.offer(),
                        JdbiProductStore.withAttributes(
                                line.option(),
                                attributes.getOrDefault(line.item().option(), List.of()))))
                .toList();
    }

    @Override
    public Optional<UserId> owner(CartItemId item) {
        return sql.owner(item);
    }

    @Override
    public List<CartItemId> insert(List<NewCartItem> items, Instant now) {
        touch(items.stream().map(NewCartItem::user).collect(toCollection(TreeSet::new)), now);
        return sql.insert(items);
    }

    @Override
    public void write(Map<UserId, List<CartItem>> items, Instant now) {
        if (!items.isEmpty()) {
            touch(items.keySet(), now);
            UpdateCounts.each(sql.write(rows(items)), "cart_items");
        }
    }

    @Override
    public void remove(Map<UserId, List<CartItem>> items, Instant now) {
        if (!items.isEmpty()) {
            touch(items.keySet(), now);
            List<CartItemId> ids =
                    rows(items).stream().map(row -> row.item().id()).toList();
            UpdateCounts.all(sql.remove(items.keySet(), ids), ids.size(), "cart_items");
        }
    }

    private static List<ItemOfUser> rows(Map<UserId, List<CartItem>> items) {
        List<ItemOfUser> rows = new ArrayList<>();
        items.forEach((user, own) -> own.forEach(item -> rows.add(new ItemOfUser(user, item))));
        return rows;
    }

    @Override
    public void clear(UserId user) {
        sql.clear(user);
    }

    /** Nobody else can be adding the same cart: the user's row is locked. */
    private void touch(Collection<UserId> users, Instant now) {
        List<UserId> owners = List.copyOf(users);
        int[] touched = sql.touch(owners, now);
        List<UserId> without = new ArrayList<>();
        for (int i = 0; i < touched.length; i++) {
            if (touched[i] == 0) {
                without.add(owners.get(i));
            }
        }
        if (!without.isEmpty()) {
            sql.insertCarts(without, now);
        }
    }

    /** Looks without locking, because a lock would take every row it looks at; then looks again under the lock. */
    @Override
    public int purgeAbandoned(Instant before, int limit) {
        List<UserId> abandoned = sql.abandoned(before, limit);
        if (abandoned.isEmpty()) {
            return 0;
        }
        List<UserId> locked = locks.take(USER, abandoned, () -> sql.lockOwners(abandoned));
        return locked.isEmpty() ? 0 : sql.delete(locked, before);
    }
}
