package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.store.OrderPlace;
import io.github.embeddedcommerce.usecase.CancelOrders;
import io.github.embeddedcommerce.usecase.ExpireOrders;
import io.github.embeddedcommerce.usecase.GiveBackItems;
import io.github.embeddedcommerce.usecase.PayOrders;
import io.github.embeddedcommerce.usecase.PlaceOrders;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Placing, paying and cancelling orders, giving parts of them back, and reading them. Each use case is one transaction;
 * a refusal has written nothing. Thread-safe.
 *
 * <p><b>Idempotency.</b> A request can carry an {@linkplain PlaceOrder#withKey idempotency key}. A repeated call with
 * the same key and request returns the first result as it was then, so a call whose answer was lost can be repeated. A
 * call that arrives while the first is in progress waits for it. The same key with a different request is refused
 * (VALIDATION_ERROR). A refused call leaves its key unused.
 */
public final class Orders {
    private static final String RETURNS = "returns";

    private final UseCaseContext context;
    private final PlaceOrders place;
    private final PayOrders pay;
    private final CancelOrders cancel;
    private final GiveBackItems giveBack;

    Orders(UseCaseContext context, ExpireOrders expiry) {
        this.context = context;
        this.place = new PlaceOrders(context, expiry);
        this.pay = new PayOrders(context);
        this.cancel = new CancelOrders(context);
        this.giveBack = new GiveBackItems(context);
    }

    /**
     * Places an order: reserves the stock of all its lines, or of none, until {@link Order#expiresAt}.
     *
     * <p>If stock is short, overdue orders that hold it are expired first, in a transaction of their own, and the order
     * is tried once more. This does not happen in a transaction of the host's or in
     * {@link CommerceFacade#inTransaction}.
     *
     * <p>An order from the cart removes the ordered items from the cart in the same transaction. No chosen item is left
     * out: if the product of one is no longer on sale, the order is refused.
     *
     * @return the order, PENDING; its lines are in the order of the request, or of the cart
     * @throws CommerceException INSUFFICIENT_STOCK if fewer units are available than asked for
     * @throws CommerceException PRODUCT_OPTION_NOT_FOUND if an option is unknown or not on sale
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException CART_ITEM_NOT_FOUND if there is no such cart item
     * @throws CommerceException UNAUTHORIZED_CART_ACCESS if a cart item is in the cart of another user
     * @throws CommerceException VALIDATION_ERROR if the request is null, there is nothing to order, the total is above
     *     {@link io.github.embeddedcommerce.error.Validation#MAX_AMOUNT_MINOR}, its reference is unique and another
     *     order has it, or the key was used for another request
     * @throws StorageException if the database could not do it; LOCK_TIMEOUT if a call with the same key is still in
     *     progress when the lock wait ends
     */
    public Order place(PlaceOrder request) {
        return context.perform(place, required(request, "request").validated());
    }

    /**
     * Pays an order from its owner's balance, with a coupon of the owner's if the request has one. The amount is the
     * total less the discount; if it is 0, the balance does not change. In one transaction the balance goes down with a
     * line in its history, the coupon is used, the reserved units are sold, the order becomes PAID, and an event is
     * written.
     *
     * <p>A refused payment changes nothing: the order keeps its reservation and its time to pay.
     *
     * @return the order, PAID, and the remaining balance
     * @throws CommerceException INSUFFICIENT_BALANCE if the balance is less than the amount
     * @throws CommerceException ALREADY_PAID if the order is paid
     * @throws CommerceException ORDER_EXPIRED if its time to pay has passed, whether or not the job has run
     * @throws CommerceException INVALID_ORDER_STATUS if it is cancelled
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS if it belongs to another user
     * @throws CommerceException USER_NOT_FOUND if its owner was removed
     * @throws CommerceException COUPON_NOT_FOUND if there is no such issued coupon
     * @throws CommerceException ALREADY_USED if the coupon has been used
     * @throws CommerceException EXPIRED_COUPON if the coupon has expired
     * @throws CommerceException INVALID_COUPON if the coupon belongs to another user, is not valid yet, requires a
     *     larger total, or would take nothing off
     * @throws CommerceException VALIDATION_ERROR if the request is null, or the key was used for another request
     * @throws StorageException if the database could not do it
     */
    public Receipt pay(PayOrder request) {
        return context.perform(pay, required(request, "request"));
    }

    /**
     * Cancels an order. A pending order releases its stock. For a paid order the paid amount is refunded to the owner's
     * balance, the stock is returned, and the coupon can be used again unless it has expired. Of an order that was
     * given back in part, the rest is refunded and returned.
     *
     * @return the order, CANCELLED, and what was refunded
     * @throws CommerceException ORDER_EXPIRED if the order was not paid in time
     * @throws CommerceException INVALID_ORDER_STATUS if it is cancelled already
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS if it belongs to another user
     * @throws CommerceException USER_NOT_FOUND if it is paid and its owner was removed
     * @throws CommerceException INVALID_STOCK_QUANTITY if the returned units would take the stock above its limit
     * @throws CommerceException VALIDATION_ERROR if the request is null, it is paid and the refund would take the
     *     balance above its limit, or the key was used for another request
     * @throws StorageException if the database could not do it
     */
    public Cancellation cancel(CancelOrder request) {
        return context.perform(cancel, required(request, "request"));
    }

    /**
     * Gives units of lines of a paid order back, in part or the rest of them. The price of the units less their share
     * of the discount is refunded, first to where the latest payments from outside came from, by refunds that are due,
     * then to the owner's balance; the units are in stock again if the request says so. The shares of all lines add up
     * to the discount, and the refunds of all units of a line to what was paid for it; each refund is rounded down to
     * the minor unit, and the next makes good what was lost by it.
     *
     * <p>When nothing of the order is kept, it is CANCELLED and its coupon can be used again unless it has expired;
     * until then the coupon stays used. For the shop's own people: unlike {@link #cancel} it does not ask whose order
     * it is, so a host decides who may call it.
     *
     * @return the return, and what was refunded
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException INVALID_ORDER_STATUS if it is not paid, or is cancelled
     * @throws CommerceException INVALID_QUANTITY if a line has fewer units that were not given back
     * @throws CommerceException USER_NOT_FOUND if something is to be refunded to the balance and its owner was removed
     * @throws CommerceException INVALID_STOCK_QUANTITY if the units would take the stock above its limit
     * @throws CommerceException VALIDATION_ERROR if the request is null or without lines, the order has no such line,
     *     the refund would take the balance above its limit, or the key was used for another request
     * @throws StorageException if the database could not do it
     */
    public Return giveBack(ReturnItems request) {
        return context.perform(giveBack, required(request, "request").validated());
    }

    /**
     * Finds a return; empty if there is no such return.
     *
     * @throws CommerceException VALIDATION_ERROR if the id is null
     * @throws StorageException if the database could not do it
     */
    public Optional<Return> findReturn(ReturnId id) {
        required(id, "id");
        return context.transactions()
                .run(
                        "orders.findReturn",
                        stores -> Optional.ofNullable(
                                stores.returns().find(Set.of(id)).get(id)));
    }

    /**
     * Returns a return.
     *
     * @throws CommerceException RETURN_NOT_FOUND if there is no such return
     * @throws CommerceException VALIDATION_ERROR if the id is null
     * @throws StorageException if the database could not do it
     */
    public Return getReturn(ReturnId id) {
        return findReturn(id).orElseThrow(() -> Return.notFound(id));
    }

    /**
     * Lists the returns of an order, the latest first; none for an unknown order.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Return> listReturns(OrderId order, PageRequest page) {
        required(order, "order");
        long below = required(page, "page").below(RETURNS);
        List<Return> found = context.transactions()
                .run("orders.listReturns", stores -> stores.returns().list(order, below, page.size() + 1));
        return Page.of(
                found,
                page.size(),
                last -> Cursor.behind(RETURNS, List.of(last.id().value())));
    }

    /**
     * Finds an order of this user's; empty if there is no such order.
     *
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS if the order belongs to another user
     * @throws CommerceException VALIDATION_ERROR if an argument is null
     * @throws StorageException if the database could not do it
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
     * Returns an order of this user's.
     *
     * @throws CommerceException ORDER_NOT_FOUND if there is no such order
     * @throws CommerceException UNAUTHORIZED_ORDER_ACCESS if it belongs to another user
     * @throws CommerceException VALIDATION_ERROR if an argument is null
     * @throws StorageException if the database could not do it
     */
    public Order get(UserId user, OrderId order) {
        return find(user, order).orElseThrow(() -> Order.notFound(order));
    }

    /**
     * Lists a user's orders, the latest placed first; none for an unknown user. Orders of a removed user stay.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Order> list(UserId user, PageRequest page) {
        return listed(OrderQuery.all().ofUser(user), page);
    }

    /**
     * Lists a user's orders that have this status now, the latest placed first; none for an unknown user. Orders of a
     * removed user stay.
     *
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
     */
    public Page<Order> list(UserId user, OrderStatus status, PageRequest page) {
        required(user, "user");
        return listed(OrderQuery.all().ofUser(user).withStatus(status), page);
    }

    private Page<Order> listed(OrderQuery query, PageRequest page) {
        OrderPlace after = OrderPlace.of(query, required(page, "page").after());
        List<Order> found = context.transactions()
                .run("orders.list", stores -> stores.orders().list(query, after, page.size() + 1));
        return Page.of(found, page.size(), last -> OrderPlace.cursor(query, last));
    }
}
