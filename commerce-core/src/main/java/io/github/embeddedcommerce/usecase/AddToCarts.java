package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.store.CartStore.NewCartItem;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds units of options to carts; the quantities of an option add up. */
public final class AddToCarts implements UseCase<AddToCart, CartItem> {
    private final UseCaseContext context;
    private final ExpireOrders expiry;

    public AddToCarts(UseCaseContext context, ExpireOrders expiry) {
        this.context = context;
        this.expiry = expiry;
    }

    @Override
    public String name() {
        return "carts.add";
    }

    @Override
    public Set<RowKey> contended(AddToCart request) {
        return RowKey.with(request.key(), request.user(), RowKey.of(LockOrder.USER, request.user()));
    }

    /** An option in a user's cart. */
    private record Place(UserId user, OptionId option) {}

    /** The decided quantity of an item, which exists or is to be inserted. */
    private record Decision(
            Place place, long quantity, @Nullable CartItemId item) {}

    /** What a transaction has locked and read, and the items that are to be inserted. */
    private record Locked(LockedCarts carts, CartOffers offers, Map<Place, Long> added) {}

    @Override
    public List<Answer<CartItem>> perform(List<AddToCart> requests, Stores stores) {
        IdempotentCalls<AddToCart> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        List<AddToCart> fresh = calls.fresh();
        LockedCarts carts = LockedCarts.lock(fresh.stream().map(AddToCart::user).collect(toSet()), stores);
        CartOffers offers = CartOffers.read(
                fresh.stream()
                        .filter(request -> carts.isKnown(request.user()))
                        .map(AddToCart::option)
                        .collect(toSet()),
                stores);
        Locked locked = new Locked(carts, offers, new LinkedHashMap<>());
        Instant now = context.now();

        List<Answer<Decision>> decisions =
                calls.decide(request -> add(request, locked), (request, result) -> decision(request, result));

        carts.write(now, stores);
        Map<Place, CartItemId> inserted = insert(locked.added, now, stores);
        List<Answer<CartItem>> answers = decisions.stream()
                .map(answer -> answer.map(decision -> item(decision, inserted)))
                .toList();
        calls.store(answers, item -> result(item, now), stores);
        return answers;
    }

    private static Answer<Decision> add(AddToCart request, Locked locked) {
        Place place = new Place(request.user(), request.option());
        long quantity = request.quantity();
        try {
            var items = locked.carts.require(request.user());
            Optional<CartItem> present = items.values().stream()
                    .filter(item -> item.option().equals(request.option()))
                    .findFirst();
            quantity += present.map(CartItem::quantity).orElse(locked.added.getOrDefault(place, 0L));
            Quantity.require(request.option(), quantity);
            requireRoom(place, present, items.size(), locked.added);
            locked.offers.requireAvailable(request.option(), quantity);
            if (present.isPresent()) {
                locked.carts.setQuantity(request.user(), present.get(), quantity);
            } else {
                locked.added.put(place, quantity);
            }
            return new Accepted<>(
                    new Decision(place, quantity, present.map(CartItem::id).orElse(null)));
        } catch (CommerceException refusal) {
            return CartOffers.refused(refusal, request.option(), quantity);
        }
    }

    private static void requireRoom(Place place, Optional<CartItem> present, int items, Map<Place, Long> added) {
        long alsoAdded = added.keySet().stream()
                .filter(other -> other.user.equals(place.user))
                .count();
        if (present.isEmpty() && !added.containsKey(place) && items + alsoAdded >= Cart.MAX_ITEMS) {
            throw Validation.refusal(
                    "option",
                    "cannot be added: the cart has " + Cart.MAX_ITEMS + " items, as many as it can have",
                    Map.of("option", place.option.value(), "max", Cart.MAX_ITEMS));
        }
    }

    private static Map<Place, CartItemId> insert(Map<Place, Long> added, Instant now, Stores stores) {
        List<NewCartItem> items = new ArrayList<>();
        added.forEach((place, quantity) -> items.add(new NewCartItem(place.user, place.option, quantity)));
        Map<Place, CartItemId> inserted = new HashMap<>();
        if (!items.isEmpty()) {
            List<CartItemId> ids = stores.carts().insert(items, now);
            added.keySet().forEach(place -> inserted.put(place, ids.get(inserted.size())));
        }
        return inserted;
    }

    private static CartItem item(Decision decision, Map<Place, CartItemId> inserted) {
        CartItemId id = decision.item == null ? inserted.get(decision.place) : decision.item;
        return new CartItem(Objects.requireNonNull(id), decision.place.option, decision.quantity);
    }

    /** A reservation past its time is no reason to refuse: overdue orders that hold the stock are expired first. */
    @Override
    public boolean canRetry(Refused<CartItem> refused) {
        return !refused.shortage().isEmpty() && expiry.makeAvailable(refused.shortage());
    }

    private @Nullable IdempotentCall call(AddToCart request) {
        return request.key() == null
                ? null
                : IdempotentCall.of(request.user(), request.key(), name(), request.option(), request.quantity());
    }

    private static StoredResult result(CartItem item, Instant now) {
        return new StoredResult(item.id().value(), List.of(item.quantity()), now);
    }

    private static Decision decision(AddToCart request, StoredResult result) {
        Place place = new Place(request.user(), request.option());
        return new Decision(place, result.values().get(0), new CartItemId(result.id()));
    }
}
