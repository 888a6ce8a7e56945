package io.github.embeddedcommerce.cart;

import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_CART_ACCESS;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.user.UserId;
import java.util.Map;

/**
 * A quantity of an option in a cart. A cart has at most one item for each option. Immutable.
 *
 * @param id assigned by the shop
 * @param option the option
 * @param quantity how many units, 1 to {@link Quantity#MAX}
 */
public record CartItem(CartItemId id, OptionId option, long quantity) {
    /** Refuses a quantity out of range (INVALID_QUANTITY). */
    public CartItem {
        Quantity.require(option, quantity);
    }

    /** The refusal of an unknown cart item id. */
    public static CommerceException notFound(CartItemId id) {
        return new CommerceException(
                CART_ITEM_NOT_FOUND,
                "there is no cart item " + id + ": it may have been ordered or removed, read the cart again",
                Map.of("cartItem", id.value()));
    }

    /** The refusal of an item in another user's cart. */
    public static CommerceException unauthorized(CartItemId id, UserId asking) {
        return new CommerceException(
                UNAUTHORIZED_CART_ACCESS,
                "cart item " + id + " belongs to another user than " + asking,
                Map.of("cartItem", id.value(), "user", asking.value()));
    }
}
