package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;
import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.cart.PlaceFromCart;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderDraft;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The story of the shop: an order is placed, and paid or cancelled. Each use case is one transaction, told in three
 * steps: lock, in the one order of {@link io.github.embeddedcommerce.transaction.LockOrder}; decide, all refusals
 * before the first write; write. Thread-safe.
 */
public final class Orders {
    private static final String LIST = "orders";

    private final UseCaseContext context;
    private final Shortage shortage;
    private final Settlement settlement;

    Orders(UseCaseContext context, Shortage shortage) {
        this.context = context;
        this.shortage = shortage;
        this.settlement = new Settlement(context);
    }

    /**
     * Places an order: reserves the stock of all its lines, or of none, until the time to pay has passed.
     *
     * <p>Where stock is short, overdue orders that hold it are expired first, in a transaction of their own, and the
     * order is tried once more; not so in a transaction of the host's.
     *
     * @return the order, PENDING
     * @throws CommerceException INSUFFICIENT_STOCK, PRODUCT_OPTION_NOT_FOUND if an option is unknown or not on sale,
     *     USER_NOT_FOUND, VALIDATION_ERROR if the request has no lines or too large a total
     */
    public Order place(PlaceOrder request) {
        PlaceOrder complete = required(request, "request").complete();
        return shortage.overcome(
                complete::quantities,
                () -> context.transactions().run("orders.place", stores -> place(complete, stores)));
    }

    /**
     * Places an order as {@link #place(PlaceOrder)} does, once: if the call is made again with its key, it returns the
     * order as it was placed the first time. So a call whose answer was lost can simply be made again. If it is being
     * made already, it waits for that answer. A refusal leaves the key unused.
     *
     * @throws CommerceException as for {@link #place(PlaceOrder)}; VALIDATION_ERROR if the key was used for another
     *     request
     * @throws io.github.embeddedcommerce.error.StorageException LOCK_TIMEOUT, naming the key, if the same call is still
     *     in progress when the patience of the settings ends
     */
    public Order place(PlaceOrder request, IdempotencyKey key) {
        PlaceOrder complete = required(request, "request").complete();
        IdempotentCall keyed = IdempotentCall.toPlace(complete, key);
        return shortage.overcome(
                complete::quantities,
                () -> IdempotentCalls.PLACED.run(context, keyed, stores -> place(complete, stores)));
    }

    /**
     * Places an order for what is in the user's cart, all of it or chosen items, as {@link #place(PlaceOrder)} does.
     * What is ordered leaves the cart in the same transaction; if the order is refused, the cart stays as it was.
     *
     * <p>Nothing that is to be ordered is silently left out: an item whose product has been taken off sale since it was
     * added makes the order be refused, until it is removed or not chosen.
     *
     * @return the order, PENDING; its lines are in the order of the cart, or in that of the choice
     * @throws CommerceException CART_ITEM_NOT_FOUND, UNAUTHORIZED_CART_ACCESS, INSUFFICIENT_STOCK,
     *     PRODUCT_OPTION_NOT_FOUND if an option is not on sale, USER_NOT_FOUND, VALIDATION_ERROR if there is nothing to
     *     order or the total is too large
     */
    public Order place(PlaceFromCart request) {
        PlaceFromCart complete = required(request, "request").complete();
        return shortage.overcome(
                () -> context.transactions().run("orders.place", stores -> quantities(complete, stores)),
                () -> context.transactions().run("orders.place", stores -> place(complete, stores)));
    }

    /**
     * Places an order as {@link #place(PlaceFromCart)} does, once, as {@link #place(PlaceOrder, IdempotencyKey)} says.
     * All of a cart is the same request even if the cart has changed.
     *
     * @throws CommerceException as for {@link #place(PlaceFromCart)}; VALIDATION_ERROR if the key was used for another
     *     request
     */
    public Order place(PlaceFromCart request, IdempotencyKey key) {
        PlaceFromCart complete = required(request, "request").complete();
        IdempotentCall keyed = IdempotentCall.toPlace(complete, key);
        return shortage.overcome(
                () -> context.transactions().run("orders.place", stores -> quantities(complete, stores)),
                () -> IdempotentCalls.PLACED.run(context, keyed, stores -> place(complete, stores)));
    }

    private Order place(PlaceFromCart request, Stores stores) {
        UserId user = request.user();
        if (!stores.users().lock(Set.of(user)).containsKey(user)) {
            throw user.notFound();
        }
        SortedMap<CartItemId, CartItem> cart = stores.carts().items(user);
        request.missingFrom(cart).ifPresent(missing -> {
            throw Carts.refusal(user, missing, stores);
        });
        List<CartItem> items = request.from(cart);
        Order order = place(request.order(items), stores);
        stores.carts().remove(user, items, order.progress().times().placedAt());
        return order;
    }

    private Order place(PlaceOrder request, Stores stores) {
        SortedMap<OptionId, Long> quantities = request.quantities();
        Map<OptionId, Offer> offers = stores.products().offers(quantities.keySet());
        Instant now = context.now();
        OrderDraft draft =
                request.draft(offers, now, now.plus(context.settings().timeToPay()));

        Map<OptionId, StockLevel> levels = stores.stock().lock(quantities.keySet());
        quantities.forEach((option, quantity) -> requireNonNull(levels.get(option))
                .reserve(requireNonNull(offers.get(option)).sku(), quantity));

        Order order = stores.orders().insert(draft).orElseThrow(request.user()::notFound);
        stores.stock().move(StockMovement.each(quantities, StockMovement::reserve));
        return order;
    }

    /**
     * Pays an order from its owner's balance, if asked so with one of the owner's coupons: the balance goes down with a
     * line in its history, the coupon is used, the reserved stock is sold, the order is PAID, and an event tells the
     * outside world. If the final amount is 0, the balance stays as it is.
     *
     * <p>A refused payment changes nothing: the order stays as it was, with its reservation and its time to pay.
     *
     * @return the order, PAID, and what is left of the balance
     * @throws CommerceException INSUFFICIENT_BALANCE, ALREADY_PAID, ORDER_EXPIRED, INVALID_ORDER_STATUS,
     *     UNAUTHORIZED_ORDER_ACCESS, ORDER_NOT_FOUND, USER_NOT_FOUND; of the coupon COUPON_NOT_FOUND, ALREADY_USED,
     *     EXPIRED_COUPON, and INVALID_COUPON if it is another user's, not valid yet, for larger orders only, or would
     *     take nothing off
     */
    public Receipt pay(PayOrder payment) {
        required(payment, "payment");
        return context.transactions().run("orders.pay", stores -> settlement.pay(payment, stores));
    }

    /**
     * Pays an order as {@link #pay(PayOrder)} does, once: if the call is made again with its key, it returns the
     * receipt of the first time, even if the order has been cancelled since. What {@link #place(PlaceOrder,
     * IdempotencyKey)} says of keys holds here too.
     *
     * @throws CommerceException as for {@link #pay(PayOrder)}; VALIDATION_ERROR if the key was used for another request
     */
    public Receipt pay(PayOrder payment, IdempotencyKey key) {
        IdempotentCall keyed = IdempotentCall.toPay(required(payment, "payment"), key);
        return IdempotentCalls.PAID.run(context, keyed, stores -> settlement.pay(payment, stores));
    }

    /**
     * Cancels an order. Of a pending one the stock is released. Of a paid one the final amount is refunded to the
     * owner's balance, the stock is returned, and the coupon can be used again unless it has expired.
     *
     * @return the order, CANCELLED, and what was refunded
     * @throws CommerceException ORDER_EXPIRED, INVALID_ORDER_STATUS, UNAUTHORIZED_ORDER_ACCESS, ORDER_NOT_FOUND; of a
     *     paid order also USER_NOT_FOUND if its owner has been removed, VALIDATION_ERROR if the refund would take the
     *     balance above its bound, INVALID_STOCK_QUANTITY if the return would do so to the stock
     */
    public Cancellation cancel(UserId user, OrderId id) {
        required(user, "user");
        required(id, "order");
        return context.transactions().run("orders.cancel", stores -> settlement.cancel(user, id, stores));
    }

    /**
     * Cancels an order as {@link #cancel(UserId, OrderId)} does, once: if the call is made again with its key, it
     * returns what it came to the first time. What {@link #place(PlaceOrder, IdempotencyKey)} says of keys holds here
     * too.
     *
     * @throws CommerceException as for {@link #cancel(UserId, OrderId)}; VALIDATION_ERROR if the key was used for
     *     another request
     */
    public Cancellation cancel(UserId user, OrderId id, IdempotencyKey key) {
        IdempotentCall keyed = IdempotentCall.toCancel(required(user, "user"), required(id, "order"), key);
        return IdempotentCalls.CANCELLED.run(context, keyed, stores -> settlement.cancel(user, id, stores));
    }

    /**
     * The order with this id, if it is this user's; empty if there is none.
     *
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS
     */
    public Optional<Order> find(UserId user, OrderId id) {
        required(user, "user");
        required(id, "order");
        return context.transactions()
                .run("orders.find", stores -> stores.orders().find(id).map(order -> order.ownedBy(user)));
    }

    /**
     * The order with this id, if it is this user's.
     *
     * @throws CommerceException ORDER_NOT_FOUND, UNAUTHORIZED_ORDER_ACCESS
     */
    public Order get(UserId user, OrderId id) {
        return find(user, id).orElseThrow(() -> Order.notFound(id));
    }

    /** A user's orders, the latest placed first; empty if the user is unknown. */
    public Page<Order> list(UserId user, PageRequest page) {
        return listed(user, null, page);
    }

    /** A user's orders that have this status, the latest placed first; empty if the user is unknown. */
    public Page<Order> list(UserId user, OrderStatus status, PageRequest page) {
        return listed(user, required(status, "order status"), page);
    }

    private Page<Order> listed(UserId user, @Nullable OrderStatus status, PageRequest page) {
        required(user, "user");
        long below = required(page, "page request").below(LIST);
        List<Order> found = context.transactions()
                .run("orders.list", stores -> stores.orders().list(user, status, below, page.size() + 1));
        return Page.of(
                found,
                page.size(),
                order -> Cursor.behind(LIST, List.of(order.id().value())));
    }

    /** What the order would be for, as the cart is now: of each option one item. */
    private static Map<OptionId, Long> quantities(PlaceFromCart request, Stores stores) {
        return request.from(stores.carts().items(request.user())).stream()
                .collect(Collectors.toMap(CartItem::option, CartItem::quantity));
    }
}
