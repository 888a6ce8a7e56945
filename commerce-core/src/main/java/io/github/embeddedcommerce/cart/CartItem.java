package io.github.embeddedcommerce.cart;

import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_CART_ACCESS;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.Map;

/**
 * So many units of an option that a user means to order. A cart has at most one item of an option. Immutable.
 *
 * @param id the shop's number of it
 * @param content what and how many
 */
public record CartItem(CartItemId id, OrderItem content) {
    /** The option. */
    public OptionId option() {
        return content.option();
    }

    /** How many units, 1 to {@link OrderItem#MAX_QUANTITY}. */
    public long quantity() {
        return content.quantity();
    }

    /** The same item with another quantity. Refuses one that is out of its bounds (INVALID_QUANTITY). */
    public CartItem withQuantity(long quantity) {
        return new CartItem(id, new OrderItem(option(), quantity));
    }

    /** The refusal of an id that no cart item has. */
    public static CommerceException notFound(CartItemId id) {
        return new CommerceException(
                CART_ITEM_NOT_FOUND,
                "there is no cart item " + id + ": it may have been ordered or removed, view the cart anew",
                Map.of("cartItem", id.value()));
    }

    /** The refusal of an item in somebody else's cart. */
    public static CommerceException unauthorized(CartItemId id, UserId asking) {
        return new CommerceException(
                UNAUTHORIZED_CART_ACCESS,
                "cart item " + id + " belongs to another user than " + asking,
                Map.of("cartItem", id.value(), "user", asking.value()));
    }
}
