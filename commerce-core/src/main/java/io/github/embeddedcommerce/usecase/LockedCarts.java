package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The carts of users whose rows a transaction has locked. Every change of a cart takes the lock of the user's row
 * first: there is one for each user from the start, so even two first additions at the same time find each other, and
 * nobody waits for another user. Not thread-safe.
 */
final class LockedCarts {
    private final Map<UserId, SortedMap<CartItemId, CartItem>> carts;
    private final Map<UserId, SortedMap<CartItemId, CartItem>> changed = new TreeMap<>();
    private final Map<UserId, List<CartItem>> removed = new TreeMap<>();

    private LockedCarts(Map<UserId, SortedMap<CartItemId, CartItem>> carts) {
        this.carts = carts;
    }

    static LockedCarts lock(Set<UserId> owners, Stores stores) {
        return new LockedCarts(owners.isEmpty() ? Map.of() : stores.carts().lock(owners));
    }

    /** What the requests before this one left in this user's cart; empty if there is no such user. */
    SortedMap<CartItemId, CartItem> items(UserId user) {
        return carts.getOrDefault(user, new TreeMap<>());
    }

    /** Whether there is such a user. */
    boolean isKnown(UserId user) {
        return carts.containsKey(user);
    }

    /** The same (USER_NOT_FOUND). */
    SortedMap<CartItemId, CartItem> require(UserId user) {
        SortedMap<CartItemId, CartItem> items = carts.get(user);
        if (items == null) {
            throw user.notFound();
        }
        return items;
    }

    /** The refusal of an item that is not in this user's cart (CART_ITEM_NOT_FOUND, UNAUTHORIZED_CART_ACCESS). */
    static CommerceException missing(UserId user, CartItemId item, Stores stores) {
        return stores.carts().owner(item).filter(owner -> !owner.equals(user)).isPresent()
                ? CartItem.unauthorized(item, user)
                : CartItem.notFound(item); // also what a request before this one has taken out
    }

    /**
     * The item as the requests before this one left it (USER_NOT_FOUND, CART_ITEM_NOT_FOUND, UNAUTHORIZED_CART_ACCESS).
     */
    CartItem require(UserId user, CartItemId id, Stores stores) {
        CartItem item = require(user).get(id);
        if (item == null) {
            throw missing(user, id, stores);
        }
        return item;
    }

    /** Changes the quantity of an item. */
    CartItem setQuantity(UserId user, CartItem item, long quantity) {
        CartItem after = new CartItem(item.id(), item.option(), quantity);
        require(user).put(after.id(), after);
        changed.computeIfAbsent(user, owner -> new TreeMap<>()).put(after.id(), after);
        return after;
    }

    /** Takes these items out of the cart. */
    void remove(UserId user, List<CartItem> items) {
        items.forEach(item -> require(user).remove(item.id()));
        removed.computeIfAbsent(user, owner -> new ArrayList<>()).addAll(items);
    }

    void write(Instant now, Stores stores) {
        Map<UserId, List<CartItem>> quantities = new TreeMap<>();
        changed.forEach((user, items) -> quantities.put(user, List.copyOf(items.values())));
        if (!quantities.isEmpty()) {
            stores.carts().write(quantities, now);
        }
        if (!removed.isEmpty()) {
            stores.carts().remove(removed, now);
        }
    }
}
