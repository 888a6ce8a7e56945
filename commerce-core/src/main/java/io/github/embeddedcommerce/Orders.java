package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.usecase.CancelOrders;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import io.github.embeddedcommerce.usecase.PayOrders;
import io.github.embeddedcommerce.usecase.PlaceOrders;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Placing, paying and cancelling orders, and reading them. Each use case is one transaction; a refusal has written
 * nothing. Thread-safe.
 *
 * <p><b>Idempotency.</b> A request can carry an {@linkplain PlaceOrder#withKey idempotency key}. If a call is made
 * again with its key, it returns the first answer, as it was then: a call whose answer was lost can simply be made
 * again. A call that comes while the first is in progress waits for it. The same key with another request is refused
 * (VALIDATION_ERROR); a refusal leaves the key unused.
 */
public final class Orders {
    private static final String LIST = "orders";

    private final UseCaseContext context;
    private final PlaceOrders place;
    private final PayOrders pay;
    private final CancelOrders cancel;

    Orders(UseCaseContext context, ExpireOrders expiry) {
        this.context = context;
        this.place = new PlaceOrders(context, expiry);
        this.pay = new PayOrders(context);
        this.cancel = new CancelOrders(context);
    }

    /**
     * Places an order: reserves the stock of all its lines, or of none, until the time to pay has passed.
     *
     * <p>Where stock is short, overdue orders that hold it are expired first, in a transaction of their own, and the
     * order is tried once more; not so in a transaction of the host's or in {@link CommerceFacade#inTransaction}.
     *
     * <p>What is ordered from the cart leaves it in the same transaction. Nothing of it is silently left out: an item
     * whose product has been taken off sale makes the order be refused, until it is removed or not chosen.
     *
     * @return the order, PENDING; its lines are in the order of the request, or of the cart
     * @throws CommerceException INSUFFICIENT_STOCK if fewer units are available than asked for
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if an option is unknown or not on sale
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException CART_ITEM_NOT_FOUND if a chosen cart item is gone, UNAUTHORIZED_CART_ACCESS if it is in
     *     another user's cart
     * @throws CommerceException VALIDATION_ERROR if there is nothing to order, the total is too large, or the key was
     *     used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it; LOCK_TIMEOUT naming
     *     the key if the same call is still in progress when the bound on lock waits is reached
     */
    public Order place(PlaceOrder request) {
        return context.perform(place, required(request, "request").validated());
    }

    /**
     * Pays an order from its owner's balance, if asked so with one of the owner's coupons: the balance goes down with a
     * line in its history, the coupon is used, the reserved stock is sold, the order is PAID, and an event tells the
     * outside world. If the final amount is 0, the balance stays as it is.
     *
     * <p>A refused payment changes nothing: the order stays as it was, with its reservation and its time to pay.
     *
     * @return the order, PAID, and what is left of the balance
     * @throws CommerceException INSUFFICIENT_BALANCE if the balance is smaller than the final amount
     * @throws CommerceException ALREADY_PAID, ORDER_EXPIRED or INVALID_ORDER_STATUS if the order cannot be paid now
     * @throws CommerceException ORDER_NOT_FOUND, or UNAUTHORIZED_ORDER_ACCESS if it is another user's
     * @throws CommerceException USER_NOT_FOUND if the owner has been removed
     * @throws CommerceException COUPON_NOT_FOUND, ALREADY_USED, EXPIRED_COUPON; INVALID_COUPON if the coupon is another
     *     user's, not valid yet, for larger orders only, or would take nothing off
     * @throws CommerceException VALIDATION_ERROR if the key was used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public Receipt pay(PayOrder request) {
        return context.perform(pay, required(request, "request"));
    }

    /**
     * Cancels an order. Of a pending one the stock is released. Of a paid one the final amount is refunded to the
     * owner's balance, the stock is returned, and the coupon can be used again unless it has expired.
     *
     * @return the order, CANCELLED, and what was refunded
     * @throws CommerceException ORDER_EXPIRED or INVALID_ORDER_STATUS if the order cannot be cancelled now
     * @throws CommerceException ORDER_NOT_FOUND, or UNAUTHORIZED_ORDER_ACCESS if it is another user's
     * @throws CommerceException of a paid order USER_NOT_FOUND if its owner has been removed, VALIDATION_ERROR if the
     *     refund would take the balance above its bound, INVALID_STOCK_QUANTITY if the return would do so to the stock
     * @throws CommerceException VALIDATION_ERROR if the key was used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public Cancellation cancel(CancelOrder request) {
        return context.perform(cancel, required(request, "request"));
    }

    /**
     * The order with this id, if it is this user's; empty if there is none.
     *
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS
     */
    public Optional<Order> find(UserId user, OrderId order) {
        required(user, "user");
        required(order, "order");
        return context.transactions().run("orders.find", stores -> {
            Optional<Order> found =
                    Optional.ofNullable(stores.orders().find(Set.of(order)).get(order));
            found.ifPresent(present -> present.requireOwner(user));
            return found;
        });
    }

    /**
     * The order with this id, if it is this user's.
     *
     * @throws CommerceException ORDER_NOT_FOUND, UNAUTHORIZED_ORDER_ACCESS
     */
    public Order get(UserId user, OrderId order) {
        return find(user, order).orElseThrow(() -> Order.notFound(order));
    }

    /** A user's orders, the latest placed first; empty if the user is unknown. */
    public Page<Order> list(UserId user, PageRequest page) {
        return listed(user, null, page);
    }

    /** A user's orders that have this status, the latest placed first; empty if the user is unknown. */
    public Page<Order> list(UserId user, OrderStatus status, PageRequest page) {
        return listed(user, required(status, "status"), page);
    }

    private Page<Order> listed(UserId user, @Nullable OrderStatus status, PageRequest page) {
        required(user, "user");
        long below = required(page, "page").below(LIST);
        List<Order> found = context.transactions()
                .run("orders.list", stores -> stores.orders().list(user, status, below, page.size() + 1));
        return Page.of(
                found,
                page.size(),
                last -> Cursor.behind(LIST, List.of(last.id().value())));
    }
}
