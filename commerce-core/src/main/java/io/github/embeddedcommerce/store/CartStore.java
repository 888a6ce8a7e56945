package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Keeps carts, in the transaction it was handed out in. A cart is changed only under the lock of its user's row, so
 * that is the lock to take.
 */
public interface CartStore {
    /** What is in this user's cart, in the order of the item ids. Final while the user's row is locked. */
    SortedMap<CartItemId, CartItem> items(UserId user);

    /** This user's cart as a customer sees it now, unlocked; empty if there is no such user. */
    Optional<Cart> view(UserId user);

    /** Whose cart this item is in; empty if there is no such item. */
    Optional<UserId> owner(CartItemId item);

    /** Adds an item of an option that the cart lacks. */
    CartItem insert(UserId user, OrderItem content, Instant now);

    /** Writes the quantities of these items of this user's cart. */
    void write(UserId user, List<CartItem> items, Instant now);

    /** Takes these items out of this user's cart. */
    void remove(UserId user, Collection<CartItem> items, Instant now);

    /** Empties this user's cart. */
    void clear(UserId user);

    /**
     * Deletes carts that nobody has changed since this instant, passing over those of users whom somebody else has
     * locked. Deletes no cart that is changed while it looks.
     *
     * @return how many were deleted, at most {@code limit}; 0 if there are none but those somebody else has locked
     */
    int purgeAbandoned(Instant before, int limit);
}
