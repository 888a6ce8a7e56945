package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.CartSelection;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The request to place an order: for given lines, or from the cart of the user. Immutable.
 *
 * <pre>{@code
 * PlaceOrder.by(ann).line(mug, 2).line(spoon, 6).withKey(key)
 * PlaceOrder.fromCart(ann)
 * PlaceOrder.fromCart(ann, List.of(mugs, spoons))
 * }</pre>
 *
 * @param user who orders
 * @param lines 1 to {@value #MAX_LINES} when the order is placed; lines of the same option add up; empty for an order
 *     from the cart
 * @param cart which items of the cart are ordered; null for an order of the lines
 * @param key the idempotency key; null for none
 * @param labels the host's reference and note on the order
 */
public record PlaceOrder(
        UserId user,
        List<OrderItem> lines,
        @Nullable CartSelection cart,
        @Nullable IdempotencyKey key,
        OrderLabels labels) {
    /** The most lines an order can have. */
    public static final int MAX_LINES = Cart.MAX_ITEMS;

    /** Refuses null, too many lines, and lines beside a cart (VALIDATION_ERROR). */
    public PlaceOrder {
        Validation.required(user, "user");
        lines = Validation.entries(lines, "lines", 0, cart == null ? MAX_LINES : 0);
        Validation.required(labels, "labels");
    }

    /** A request without lines yet. */
    public static PlaceOrder by(UserId user) {
        return new PlaceOrder(user, List.of(), null, null, OrderLabels.none());
    }

    /** A request for everything that is in this user's cart when the order is placed. */
    public static PlaceOrder fromCart(UserId user) {
        return new PlaceOrder(user, List.of(), CartSelection.everything(), null, OrderLabels.none());
    }

    /** A request for these items of this user's cart, 1 to {@value #MAX_LINES}, each once. */
    public static PlaceOrder fromCart(UserId user, List<CartItemId> items) {
        CartSelection cart = Validation.part("cart", () -> CartSelection.of(items));
        return new PlaceOrder(user, List.of(), cart, null, OrderLabels.none());
    }

    /** The same with one more line. */
    public PlaceOrder line(OptionId option, long quantity) {
        OrderItem added = Validation.part("lines[" + lines.size() + "]", () -> new OrderItem(option, quantity));
        List<OrderItem> more = Stream.concat(lines.stream(), Stream.of(added)).toList();
        return new PlaceOrder(user, more, cart, key, labels);
    }

    /** The same with this idempotency key. */
    public PlaceOrder withKey(IdempotencyKey newKey) {
        return new PlaceOrder(user, lines, cart, Validation.required(newKey, "key"), labels);
    }

    /**
     * The same with this reference of the host's, by which the back office finds the order. A unique one that another
     * order has is refused when the order is placed.
     */
    public PlaceOrder withReference(Reference reference) {
        OrderLabels changed = Validation.part("labels", () -> labels.withReference(reference));
        return new PlaceOrder(user, lines, cart, key, changed);
    }

    /** The same with this note for the back office, up to {@value OrderLabels#MAX_NOTE} characters. */
    public PlaceOrder withNote(String note) {
        OrderLabels changed = Validation.part("labels", () -> labels.withNote(note));
        return new PlaceOrder(user, lines, cart, key, changed);
    }

    /** Refuses a request that asks for nothing (VALIDATION_ERROR). Returns this request. */
    public PlaceOrder validated() {
        if (cart == null) {
            Validation.entries(lines, "lines", 1, MAX_LINES);
        }
        return this;
    }
}
