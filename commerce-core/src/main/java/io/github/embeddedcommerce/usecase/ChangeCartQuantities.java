package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Changes how many units of an item are in a cart. */
public final class ChangeCartQuantities implements UseCase<ChangeCartQuantities.Request, CartItem> {
    private final UseCaseContext context;
    private final ExpireOrders expiry;

    public ChangeCartQuantities(UseCaseContext context, ExpireOrders expiry) {
        this.context = context;
        this.expiry = expiry;
    }

    /** What is asked for. Immutable. */
    public record Request(UserId user, CartItemId item, long quantity) {}

    @Override
    public String name() {
        return "carts.changeQuantity";
    }

    @Override
    public Set<RowKey> contended(Request request) {
        return RowKey.of(LockOrder.USER, request.user());
    }

    @Override
    public List<Answer<CartItem>> perform(List<Request> requests, Stores stores) {
        LockedCarts carts =
                LockedCarts.lock(requests.stream().map(Request::user).collect(toSet()), stores);
        Set<OptionId> options = requests.stream()
                .map(request -> carts.items(request.user()).get(request.item()))
                .filter(Objects::nonNull)
                .map(CartItem::option)
                .collect(toSet());
        CartOffers offers = CartOffers.read(options, stores);

        List<Answer<CartItem>> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(change(request, carts, offers, stores)));

        carts.write(context.now(), stores);
        return answers;
    }

    private static Answer<CartItem> change(Request request, LockedCarts carts, CartOffers offers, Stores stores) {
        CartItem item;
        try {
            item = carts.require(request.user(), request.item(), stores);
        } catch (CommerceException refusal) {
            return new Refused<>(refusal, Map.of());
        }
        try {
            Quantity.require(item.option(), request.quantity());
            offers.requireAvailable(item.option(), request.quantity());
            return new Accepted<>(carts.setQuantity(request.user(), item, request.quantity()));
        } catch (CommerceException refusal) {
            return CartOffers.refused(refusal, item.option(), request.quantity());
        }
    }

    /** A reservation past its time is no reason to refuse: overdue orders that hold the stock are expired first. */
    @Override
    public boolean canRetry(Refused<CartItem> refused) {
        return !refused.shortage().isEmpty() && expiry.makeAvailable(refused.shortage());
    }
}
