package io.github.embeddedcommerce.cart;

import static io.github.embeddedcommerce.error.Validation.refusal;

import io.github.embeddedcommerce.error.Validation;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which items of a cart are to be ordered. Immutable.
 *
 * @param all whether all items are ordered that are in the cart when the order is placed
 * @param items the ordered items, if not all: 1 to {@link Cart#MAX_ITEMS}, each once
 */
public record CartSelection(boolean all, List<CartItemId> items) {
    /** Refuses null, no item, too many items, and a repeated item (VALIDATION_ERROR). */
    public CartSelection {
        items = Validation.entries(items, "items", all ? 0 : 1, all ? 0 : Cart.MAX_ITEMS);
        Set<CartItemId> seen = new HashSet<>();
        for (CartItemId item : items) {
            if (!seen.add(item)) {
                throw refusal(
                        "items[" + seen.size() + "]",
                        "must differ from every other item, it is " + item + " again",
                        Map.of("cartItem", item.value()));
            }
        }
    }

    /** All items. */
    public static CartSelection everything() {
        return new CartSelection(true, List.of());
    }

    /** These items. */
    public static CartSelection of(List<CartItemId> items) {
        return new CartSelection(false, items);
    }

    /** A selected item that is not in this cart; empty if all are. */
    public Optional<CartItemId> missingFrom(Map<CartItemId, CartItem> cart) {
        return items.stream().filter(id -> !cart.containsKey(id)).findFirst();
    }

    /** The selected items of this cart, in the order of the cart or of the selection. */
    public List<CartItem> from(Map<CartItemId, CartItem> cart) {
        Collection<CartItemId> ids = all ? cart.keySet() : items;
        return ids.stream().map(cart::get).filter(Objects::nonNull).toList();
    }
}
