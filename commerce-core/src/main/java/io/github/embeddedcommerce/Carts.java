package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.usecase.AddToCarts;
import io.github.embeddedcommerce.usecase.ChangeCartQuantities;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import io.github.embeddedcommerce.usecase.RemoveCartItems;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.UserId;

/**
 * The carts of users. Each use case is one transaction; a refusal has written nothing. Thread-safe.
 *
 * <p>A cart reserves nothing: what is available is checked when the cart is changed, without a lock, and again when the
 * order is placed. If stock is short, overdue orders that hold it are expired first, in a transaction of their own, and
 * the change is tried once more. This does not happen in a transaction of the host's or in
 * {@link CommerceFacade#inTransaction}.
 *
 * <p>Every change locks the row of the user, so two changes of one cart wait for each other, and changes of different
 * carts never do.
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
     * Adds units of an option to a user's cart. If the option is in the cart already, the quantities add up.
     *
     * @return the item, with its new quantity
     * @throws CommerceException INSUFFICIENT_STOCK if the new quantity is more than is available
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if the option is unknown or not on sale
     * @throws CommerceException INVALID_QUANTITY if the new quantity is above {@link Quantity#MAX}
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the request is null, the cart has {@link Cart#MAX_ITEMS} other
     *     items, or the key was used for another request
     * @throws StorageException if the database could not do it
     */
    public CartItem add(AddToCart request) {
        return context.perform(add, required(request, "request"));
    }

    /**
     * Returns a user's cart, with current prices and stock; it may be empty.
     *
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the user is null
     * @throws StorageException if the database could not do it
     */
    public Cart get(UserId user) {
        required(user, "user");
        return context.transactions()
                .run("carts.get", stores -> stores.carts().view(user).orElseThrow(user::notFound));
    }

    /**
     * Changes the quantity of a cart item.
     *
     * @param quantity the new quantity, 1 to {@link Quantity#MAX}
     * @return the item, with its new quantity
     * @throws CommerceException INSUFFICIENT_STOCK if the quantity is more than is available
     * @throws CommerceException INVALID_QUANTITY if the quantity is out of range
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if the option is no longer on sale
     * @throws CommerceException CART_ITEM_NOT_FOUND if there is no such item
     * @throws CommerceException UNAUTHORIZED_CART_ACCESS if the item is in the cart of another user
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if an argument is null
     * @throws StorageException if the database could not do it
     */
    public CartItem changeQuantity(UserId user, CartItemId item, long quantity) {
        required(user, "user");
        required(item, "item");
        return context.perform(changeQuantity, new ChangeCartQuantities.Request(user, item, quantity));
    }

    /**
     * Removes an item from the cart.
     *
     * @throws CommerceException CART_ITEM_NOT_FOUND if there is no such item
     * @throws CommerceException UNAUTHORIZED_CART_ACCESS if the item is in the cart of another user
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if an argument is null
     * @throws StorageException if the database could not do it
     */
    public void remove(UserId user, CartItemId item) {
        required(user, "user");
        required(item, "item");
        remove.remove(user, item);
    }

    /**
     * Removes all items from the cart; it may be empty already.
     *
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the user is null
     * @throws StorageException if the database could not do it
     */
    public void clear(UserId user) {
        required(user, "user");
        remove.clear(user);
    }
}
