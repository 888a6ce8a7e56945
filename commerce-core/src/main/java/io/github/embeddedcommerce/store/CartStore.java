package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Keeps carts. Bound to one transaction; not thread-safe. A cart is changed only under the lock of its user's row,
 * which {@link #lock} takes.
 */
public interface CartStore {
    /**
     * Locks the rows of these users, in the order of their ids, and reads their carts, which are stable until the
     * transaction ends: the items in the order of their ids, none for an empty cart. An unknown id is left out.
     */
    Map<UserId, SortedMap<CartItemId, CartItem>> lock(Collection<UserId> users);

    /** This user's cart as a customer sees it now, unlocked; empty if there is no such user. */
    Optional<Cart> view(UserId user);

    /** Whose cart this item is in; empty if there is no such item. */
    Optional<UserId> owner(CartItemId item);

    /**
     * An item to be added to a cart. Immutable.
     *
     * @param option an option that the cart lacks
     */
    record NewCartItem(UserId user, OptionId option, long quantity) {}

    /** Adds items. Their ids come back in the same order. */
    List<CartItemId> insert(List<NewCartItem> items, Instant now);

    /** Writes the quantities of these items of these users' carts. */
    void write(Map<UserId, List<CartItem>> items, Instant now);

    /** Takes these items out of these users' carts. */
    void remove(Map<UserId, List<CartItem>> items, Instant now);

    /** Empties this user's cart. */
    void clear(UserId user);

    /**
     * Deletes carts without a change since this instant, skipping those of locked users and those changed meanwhile.
     *
     * @return how many were deleted, at most {@code limit}; 0 if only skipped ones are left
     */
    int purgeAbandoned(Instant before, int limit);
}
