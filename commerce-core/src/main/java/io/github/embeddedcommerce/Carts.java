package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

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
    private final Shortage shortage;

    Carts(UseCaseContext context, Shortage shortage) {
        this.context = context;
        this.shortage = shortage;
    }

    /**
     * Adds units of an option to a user's cart; if there are some in it already, they add up.
     *
     * @param quantity 1 to {@link OrderItem#MAX_QUANTITY}, which is also the bound of the sum
     * @return the item, with the sum
     * @throws CommerceException INSUFFICIENT_STOCK if the sum is more than is available, PRODUCT_OPTION_NOT_FOUND if
     *     the option is unknown or not on sale, INVALID_QUANTITY, USER_NOT_FOUND, VALIDATION_ERROR if the cart has
     *     {@link Cart#MAX_ITEMS} items already
     */
    public CartItem add(UserId user, OptionId option, long quantity) {
        required(user, "user");
        OrderItem added = new OrderItem(option, quantity);
        return shortage.overcome(
                () -> Map.of(option, quantity),
                () -> context.transactions().run("carts.add", stores -> add(user, added, stores)));
    }

    private CartItem add(UserId user, OrderItem added, Stores stores) {
        Collection<CartItem> items = lock(user, stores).values();
        Optional<CartItem> present = items.stream()
                .filter(item -> item.option().equals(added.option()))
                .findFirst();
        if (present.isPresent()) {
            CartItem item = present.get();
            return write(user, item.withQuantity(item.quantity() + added.quantity()), stores);
        }
        Validation.range(items.size() + 1L, "the number of items in the cart", 0, Cart.MAX_ITEMS);
        refuseUnavailable(added, stores);
        return stores.carts().insert(user, added, context.now());
    }

    /**
     * A user's cart: each item with its product and option, the price of a unit now and the subtotal.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public Cart view(UserId user) {
        required(user, "user");
        return context.transactions()
                .run("carts.view", stores -> stores.carts().view(user).orElseThrow(user::notFound));
    }

    /**
     * Changes how many units of an item are in the cart.
     *
     * @param quantity 1 to {@link OrderItem#MAX_QUANTITY}
     * @return the item, with that quantity
     * @throws CommerceException INSUFFICIENT_STOCK if that is more than is available, PRODUCT_OPTION_NOT_FOUND if the
     *     option is no longer on sale, INVALID_QUANTITY, CART_ITEM_NOT_FOUND, UNAUTHORIZED_CART_ACCESS, USER_NOT_FOUND
     */
    public CartItem changeQuantity(UserId user, CartItemId item, long quantity) {
        required(user, "user");
        required(item, "cart item");
        return shortage.overcome(
                () -> context.transactions()
                        .run("carts.changeQuantity", stores -> wanted(user, item, quantity, stores)),
                () -> context.transactions()
                        .run(
                                "carts.changeQuantity",
                                stores -> write(user, lock(user, item, stores).withQuantity(quantity), stores)));
    }

    /**
     * Takes an item out of the cart.
     *
     * @throws CommerceException CART_ITEM_NOT_FOUND, UNAUTHORIZED_CART_ACCESS, USER_NOT_FOUND
     */
    public void remove(UserId user, CartItemId item) {
        required(user, "user");
        required(item, "cart item");
        context.transactions().run("carts.remove", stores -> {
            CartItem removed = lock(user, item, stores);
            stores.carts().remove(user, List.of(removed), context.now());
            return removed;
        });
    }

    /**
     * Takes everything out of the cart; it may be empty already.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public void clear(UserId user) {
        required(user, "user");
        context.transactions().run("carts.clear", stores -> {
            SortedMap<CartItemId, CartItem> items = lock(user, stores);
            stores.carts().clear(user);
            return items;
        });
    }

    private CartItem write(UserId user, CartItem item, Stores stores) {
        refuseUnavailable(item.content(), stores);
        stores.carts().write(user, List.of(item), context.now());
        return item;
    }

    private static void refuseUnavailable(OrderItem wanted, Stores stores) {
        Set<OptionId> option = Set.of(wanted.option());
        Offer offer = stores.products().offers(option).get(wanted.option());
        StockLevel level = stores.stock().find(option).get(wanted.option());
        if (offer == null || level == null) {
            throw Offer.notFound(wanted.option());
        }
        level.suffices(offer.onSale().sku(), wanted.quantity());
    }

    private static Map<OptionId, Long> wanted(UserId user, CartItemId id, long quantity, Stores stores) {
        CartItem item = stores.carts().items(user).get(id);
        return item == null ? Map.of() : Map.of(item.option(), quantity);
    }

    private static SortedMap<CartItemId, CartItem> lock(UserId user, Stores stores) {
        if (!stores.users().lock(Set.of(user)).containsKey(user)) {
            throw user.notFound();
        }
        return stores.carts().items(user);
    }

    private static CartItem lock(UserId user, CartItemId id, Stores stores) {
        CartItem item = lock(user, stores).get(id);
        if (item != null) {
            return item;
        }
        throw refusal(user, id, stores);
    }

    /** The refusal of an item that is not in this user's cart. */
    static CommerceException refusal(UserId user, CartItemId id, Stores stores) {
        return stores.carts().owner(id).isPresent() ? CartItem.unauthorized(id, user) : CartItem.notFound(id);
    }
}
