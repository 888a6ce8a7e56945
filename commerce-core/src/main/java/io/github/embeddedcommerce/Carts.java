package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.usecase.AddToCarts;
import io.github.embeddedcommerce.usecase.ChangeCartQuantities;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import io.github.embeddedcommerce.usecase.RemoveCartItems;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.UserId;

/**
 * The use cases of carts. Each is one transaction. Thread-safe.
 *
 * <p>Where stock is short, overdue orders that hold it are expired first, in a transaction of their own, and the change
 * is tried once more; not so in a transaction of the host's.
 *
 * <p>Every change takes the lock of the user's row first: there is one for each user from the start, so that even two
 * first additions at the same time find each other, and nobody ever waits for another user. A cart reserves nothing, so
 * what is available is read without a lock here, and checked again when the order is placed.
 */
public final class Carts {
    private final UseCaseContext context;
    private final AddToCarts add;
    private final ChangeCartQuantities changeQuantity;
    private final RemoveCartItems remove;

    Carts(UseCaseContext context, ExpireOrders expiry) {
        this.context = context;
        this.add = new AddToCarts(context, expiry);
        this.changeQuantity = new ChangeCartQuantities(context, expiry);
        this.remove = new RemoveCartItems(context);
    }

    /**
     * Adds units of an option to a user's cart; if there are some in it already, they add up.
     *
     * @return the item, with the sum
     * @throws CommerceException INSUFFICIENT_STOCK if the sum is more than is available
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if the option is unknown or not on sale
     * @throws CommerceException INVALID_QUANTITY if the sum is more than {@link Quantity#MAX}
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the cart has {@link Cart#MAX_ITEMS} items already, or the key was
     *     used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public CartItem add(AddToCart request) {
        return context.perform(add, required(request, "request"));
    }

    /**
     * A user's cart: each item with its product and option, the price of a unit now and the subtotal.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public Cart get(UserId user) {
        required(user, "user");
        return context.transactions()
                .run("carts.get", stores -> stores.carts().view(user).orElseThrow(user::notFound));
    }

    /**
     * Changes how many units of an item are in the cart.
     *
     * @param quantity 1 to {@link Quantity#MAX}
     * @return the item, with that quantity
     * @throws CommerceException INSUFFICIENT_STOCK if that is more than is available, PRODUCT_OPTION_NOT_FOUND if the
     *     option is no longer on sale, INVALID_QUANTITY, CART_ITEM_NOT_FOUND, UNAUTHORIZED_CART_ACCESS, USER_NOT_FOUND
     */
    public CartItem changeQuantity(UserId user, CartItemId item, long quantity) {
        required(user, "user");
        required(item, "item");
        return context.perform(changeQuantity, new ChangeCartQuantities.Request(user, item, quantity));
    }

    /**
     * Takes an item out of the cart.
     *
     * @throws CommerceException CART_ITEM_NOT_FOUND, UNAUTHORIZED_CART_ACCESS, USER_NOT_FOUND
     */
    public void remove(UserId user, CartItemId item) {
        required(user, "user");
        required(item, "item");
        remove.remove(user, item);
    }

    /**
     * Takes everything out of the cart; it may be empty already.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public void clear(UserId user) {
        required(user, "user");
        remove.clear(user);
    }
}
