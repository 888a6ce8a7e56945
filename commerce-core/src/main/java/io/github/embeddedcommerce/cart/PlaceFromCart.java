package io.github.embeddedcommerce.cart;

import static io.github.embeddedcommerce.error.Validation.refusal;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.user.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The request to order from a cart: all of it, or chosen items. Immutable.
 *
 * <pre>{@code
 * PlaceFromCart.allOf(ann)
 * PlaceFromCart.of(ann).item(mugs).item(spoons)
 * }</pre>
 *
 * @param user whose cart
 * @param all whether everything is ordered that is in the cart when the order is placed
 * @param chosen which items are, if not all: 1 to {@link Cart#MAX_ITEMS} by the time the order is placed
 */
public record PlaceFromCart(UserId user, boolean all, List<CartItemId> chosen) {
    /** Refuses null, too many items, an item chosen twice, and items chosen beside all (VALIDATION_ERROR). */
    public PlaceFromCart {
        Validation.required(user, "user");
        chosen = Validation.entries(chosen, "chosen cart items", 0, all ? 0 : Cart.MAX_ITEMS);
        Set<CartItemId> seen = new HashSet<>();
        for (CartItemId item : chosen) {
            if (!seen.add(item)) {
                throw refusal("cart item " + item + " is chosen twice", Map.of("cartItem", item.value()));
            }
        }
    }

    /** Everything in this user's cart. */
    public static PlaceFromCart allOf(UserId user) {
        return new PlaceFromCart(user, true, List.of());
    }

    /** Chosen items of this user's cart; none yet. */
    public static PlaceFromCart of(UserId user) {
        return new PlaceFromCart(user, false, List.of());
    }

    /** The same with one more chosen item. */
    public PlaceFromCart item(CartItemId item) {
        return new PlaceFromCart(
                user, all, Stream.concat(chosen.stream(), Stream.of(item)).toList());
    }

    /** Refuses a request that chooses nothing (VALIDATION_ERROR). Returns this request. */
    public PlaceFromCart complete() {
        if (!all) {
            Validation.entries(chosen, "chosen cart items", 1, Cart.MAX_ITEMS);
        }
        return this;
    }

    /** A chosen item that is not in this cart; empty if all are. */
    public Optional<CartItemId> missingFrom(Map<CartItemId, CartItem> cart) {
        return chosen.stream().filter(id -> !cart.containsKey(id)).findFirst();
    }

    /** What of this cart is ordered. */
    public List<CartItem> from(Map<CartItemId, CartItem> cart) {
        Collection<CartItemId> ids = all ? cart.keySet() : chosen;
        return ids.stream().map(cart::get).filter(Objects::nonNull).toList();
    }

    /** The order for these items. Refuses to order nothing (VALIDATION_ERROR). */
    public PlaceOrder order(List<CartItem> items) {
        return new PlaceOrder(user, items.stream().map(CartItem::content).toList()).complete();
    }
}
