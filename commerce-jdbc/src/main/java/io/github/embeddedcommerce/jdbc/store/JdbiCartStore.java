package io.github.embeddedcommerce.jdbc.store;

import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.stream.Collectors.groupingBy;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.store.CartStore;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
    public SortedMap<CartItemId, CartItem> items(UserId user) {
        SortedMap<CartItemId, CartItem> items = new TreeMap<>();
        sql.items(user).forEach(item -> items.put(item.id(), item));
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
    public CartItem insert(UserId user, OrderItem content, Instant now) {
        touch(user, now);
        return new CartItem(sql.insert(user, content), content);
    }

    @Override
    public void write(UserId user, List<CartItem> items, Instant now) {
        touch(user, now);
        UpdateCounts.each(sql.write(user, items), "cart_items");
    }

    @Override
    public void remove(UserId user, Collection<CartItem> items, Instant now) {
        touch(user, now);
        List<CartItemId> ids = items.stream().map(CartItem::id).toList();
        UpdateCounts.all(sql.remove(user, ids), ids.size(), "cart_items");
    }

    @Override
    public void clear(UserId user) {
        sql.clear(user);
    }

    /** Nobody else can be adding the same cart: the user's row is locked. */
    private void touch(UserId user, Instant now) {
        if (sql.touch(user, now) == 0) {
            sql.insertCart(user, now);
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
