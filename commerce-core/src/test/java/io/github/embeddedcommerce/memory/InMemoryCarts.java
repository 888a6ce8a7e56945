package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.memory.Rows.CartRow;
import io.github.embeddedcommerce.memory.Rows.OptionRow;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.store.CartStore;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;

record InMemoryCarts(Rows rows, Journal journal, CurrencyUnit currency) implements CartStore {
    @Override
    public SortedMap<CartItemId, CartItem> items(UserId user) {
        SortedMap<CartItemId, CartItem> items = new TreeMap<>();
        rows.cartItems.forEach((id, row) -> {
            if (row.user().equals(user)) {
                items.put(id, row.item());
            }
        });
        return items;
    }

    @Override
    public Optional<Cart> view(UserId user) {
        if (!rows.users.containsKey(user)) {
            return Optional.empty();
        }
        List<CartLine> lines = items(user).values().stream().map(this::line).toList();
        return Optional.of(new Cart(user, lines, currency));
    }

    @Override
    public Optional<UserId> owner(CartItemId item) {
        return Optional.ofNullable(rows.cartItems.get(item)).map(CartRow::user);
    }

    /** As a database would: refuses a second item of one option. */
    @Override
    public CartItem insert(UserId user, OrderItem content, Instant now) {
        assertThat(items(user).values()).extracting(CartItem::option).doesNotContain(content.option());
        long last = rows.cartItems.isEmpty() ? 0 : rows.cartItems.lastKey().value();
        CartItem item = new CartItem(new CartItemId(last + 1), content);
        put(user, item, now);
        return item;
    }

    @Override
    public void write(UserId user, List<CartItem> items, Instant now) {
        for (CartItem item : items) {
            assertThat(items(user)).containsKey(item.id());
            put(user, item, now);
        }
    }

    @Override
    public void remove(UserId user, Collection<CartItem> items, Instant now) {
        for (CartItem item : items) {
            assertThat(items(user)).containsKey(item.id());
            rows.cartItems.remove(item.id());
            rows.carts.put(user, now);
            journal.writesLocked(USER, user, "removal from the cart of " + user);
        }
    }

    @Override
    public void clear(UserId user) {
        rows.cartItems.keySet().removeAll(items(user).keySet());
        rows.carts.remove(user);
        journal.writesLocked(USER, user, "end of the cart of " + user);
    }

    @Override
    public int purgeAbandoned(Instant before, int limit) {
        List<UserId> abandoned = rows.carts.entrySet().stream()
                .filter(cart -> cart.getValue().isBefore(before))
                .limit(limit)
                .map(cart -> cart.getKey())
                .toList();
        journal.locks(USER, abandoned);
        abandoned.forEach(this::clear);
        return abandoned.size();
    }

    private void put(UserId user, CartItem item, Instant now) {
        rows.cartItems.put(item.id(), new CartRow(user, item));
        rows.carts.put(user, now);
        journal.writesLocked(USER, user, "cart item " + item.id());
    }

    private CartLine line(CartItem item) {
        OptionId id = item.option();
        OptionRow row = requireNonNull(rows.options.get(id));
        Offer offer = requireNonNull(
                new InMemoryProducts(rows, journal).offers(Set.of(id)).get(id));
        ProductOption option = new ProductOption(
                id,
                row.option().sku(),
                row.option().attributes(),
                rows.level(id).available());
        return new CartLine(item, offer, option);
    }
}
