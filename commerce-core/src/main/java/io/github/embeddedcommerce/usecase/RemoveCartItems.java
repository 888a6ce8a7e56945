package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Set;

/** Takes items out of carts. Thread-safe. */
public record RemoveCartItems(UseCaseContext context) {
    /** Takes one item out of the cart. */
    public void remove(UserId user, CartItemId id) {
        context.transactions().run("carts.remove", stores -> {
            LockedCarts carts = LockedCarts.lock(Set.of(user), stores);
            CartItem item = carts.require(user, id, stores);
            carts.remove(user, List.of(item));
            carts.write(context.now(), stores);
            return item;
        });
    }

    /** Takes everything out of the cart. */
    public void clear(UserId user) {
        context.transactions().run("carts.clear", stores -> {
            var items = LockedCarts.lock(Set.of(user), stores).require(user);
            stores.carts().clear(user);
            return items;
        });
    }
}
