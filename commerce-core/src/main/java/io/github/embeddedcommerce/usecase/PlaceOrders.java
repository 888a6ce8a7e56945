package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.cart.CartItem;
import io.github.embeddedcommerce.cart.CartSelection;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.order.OrderLabels;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderedItem;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.OrderDraft;
import io.github.embeddedcommerce.store.StockStore.OffersWithStock;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.Answer.Refused;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Places orders: reserves the stock of all lines of an order, or of none. Items that are ordered from a cart leave it
 * in the same transaction.
 */
public final class PlaceOrders implements UseCase<PlaceOrder, Order> {
    private final UseCaseContext context;
    private final ExpireOrders expiry;

    public PlaceOrders(UseCaseContext context, ExpireOrders expiry) {
        this.context = context;
        this.expiry = expiry;
    }

    @Override
    public String name() {
        return "orders.place";
    }

    /** The stock of the lines; of an order from the cart only the owner is known. */
    @Override
    public Set<RowKey> contended(PlaceOrder request) {
        Set<RowKey> rows = request.cart() == null
                ? request.lines().stream()
                        .map(line -> new RowKey(LockOrder.STOCK, line.option()))
                        .collect(toSet())
                : RowKey.of(LockOrder.USER, request.user());
        return RowKey.with(request.key(), request.user(), rows);
    }

    /** What a transaction has locked, read, and is to write. */
    private record Locked(
            LockedCarts carts, Map<OptionId, Offer> offers, LockedStock stock, UniqueReferences references) {}

    /** What was decided on a request: the order to be placed, or the one that was placed before. */
    private record Decision(
            @Nullable OrderDraft draft, @Nullable Order order) {}

    @Override
    public List<Answer<Order>> perform(List<PlaceOrder> requests, Stores stores) {
        IdempotentCalls<PlaceOrder> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        Map<OrderId, Order> placedBefore = calls.earlierOrders(stores);
        Locked locked = lock(calls.fresh(), UniqueReferences.of(calls.fresh(), stores), stores);
        Instant now = context.now();

        List<Answer<Decision>> decisions = calls.decide(
                request -> place(request, locked, now, stores),
                (request, result) -> new Decision(null, order(result, placedBefore)));

        List<Answer<Order>> answers = insert(decisions, locked.stock, stores);
        locked.carts.write(now, stores);
        calls.store(answers, PlaceOrders::result, stores);
        locked.stock.write(stores);
        return answers;
    }

    private static Locked lock(List<PlaceOrder> requests, UniqueReferences references, Stores stores) {
        var owners = requests.stream()
                .filter(request -> request.cart() != null)
                .map(PlaceOrder::user)
                .collect(toSet());
        LockedCarts carts = LockedCarts.lock(owners, stores);
        Set<OptionId> options = requests.stream()
                .flatMap(request -> lines(request, carts).stream())
                .map(OrderItem::option)
                .collect(toSet());
        if (options.isEmpty()) {
            return new Locked(carts, Map.of(), new LockedStock(Map.of()), references);
        }
        OffersWithStock locked = stores.stock().lockWithOffers(options);
        return new Locked(carts, locked.offers(), new LockedStock(locked.levels()), references);
    }

    private Answer<Decision> place(PlaceOrder request, Locked locked, Instant now, Stores stores) {
        SortedMap<OptionId, Long> quantities = new TreeMap<>();
        try {
            List<CartItem> fromCart = fromCart(request, locked.carts, stores);
            OrderDraft draft = draft(request, lines(request, locked.carts), locked.offers, now);
            draft.lines().forEach(line -> quantities.merge(line.item().option(), line.quantity(), Long::sum));
            quantities.forEach((option, quantity) -> locked.stock
                    .require(option)
                    .requireAvailable(
                            Objects.requireNonNull(locked.offers.get(option)).sku(), quantity));
            locked.references.claim(draft.labels().reference());
            quantities.forEach(locked.stock::reserve);
            if (request.cart() != null) {
                locked.carts.remove(request.user(), fromCart);
            }
            return new Accepted<>(new Decision(draft, null));
        } catch (CommerceException refusal) {
            boolean isShort = refusal.code() == ErrorCode.INSUFFICIENT_STOCK;
            return new Refused<>(refusal, isShort ? quantities : Map.of());
        }
    }

    /** The items of the cart that are ordered; none for an order of given lines. Refuses a chosen item that is gone. */
    private static List<CartItem> fromCart(PlaceOrder request, LockedCarts carts, Stores stores) {
        CartSelection selection = request.cart();
        if (selection == null) {
            return List.of();
        }
        var cart = carts.require(request.user());
        selection.missingFrom(cart).ifPresent(item -> {
            throw LockedCarts.missing(request.user(), item, stores);
        });
        return selection.from(cart);
    }

    private static List<OrderItem> lines(PlaceOrder request, LockedCarts carts) {
        CartSelection selection = request.cart();
        return selection == null
                ? request.lines()
                : selection.from(carts.items(request.user())).stream()
                        .map(item -> new OrderItem(item.option(), item.quantity()))
                        .toList();
    }

    /** The order for these lines, with the names and prices of now. */
    private OrderDraft draft(PlaceOrder request, List<OrderItem> items, Map<OptionId, Offer> offers, Instant now) {
        String field = request.cart() == null ? "lines" : "cart";
        Validation.entries(items, field, 1, PlaceOrder.MAX_LINES);
        List<OrderLine> lines = new ArrayList<>();
        for (OrderItem item : items) {
            Offer offer = offers.get(item.option());
            if (offer == null) {
                throw Offer.notFound(item.option());
            }
            offer.requireOnSale();
            lines.add(new OrderLine(lines.size() + 1, OrderedItem.of(offer), offer.price(), item.quantity()));
        }
        Validation.amount(Order.total(lines), field, 0);
        return new OrderDraft(
                request.user(), lines, now, now.plus(context.settings().timeToPay()), request.labels());
    }

    /**
     * Inserts the orders. One whose user turns out not to be registered is not inserted, and its stock not reserved.
     */
    private static List<Answer<Order>> insert(List<Answer<Decision>> decisions, LockedStock stock, Stores stores) {
        List<OrderDraft> drafts = decisions.stream()
                .flatMap(decision -> decision instanceof Accepted<Decision> accepted
                        ? Optional.ofNullable(accepted.value().draft).stream()
                        : null)
                .toList();
        List<Optional<OrderId>> ids =
                drafts.isEmpty() ? List.of() : stores.orders().insert(drafts);
        List<Answer<Order>> answers = new ArrayList<>();
        int next = 0;
        for (Answer<Decision> decision : decisions) {
            if (decision instanceof Accepted<Decision> accepted && accepted.value().draft != null) {
                answers.add(inserted(accepted.value().draft, ids.get(next++), stock));
            } else {
                answers.add(decision.map(before -> Objects.requireNonNull(before.order)));
            }
        }
        return answers;
    }

    private static Answer<Order> inserted(OrderDraft draft, Optional<OrderId> id, LockedStock stock) {
        if (id.isPresent()) {
            return new Accepted<>(OrderTransitions.placed(draft, id.get()));
        }
        draft.lines().forEach(line -> stock.release(line.item().option(), line.quantity()));
        return new Refused<>(draft.user().notFound(), Map.of());
    }

    /** A reservation past its time never costs a sale: overdue orders that hold the stock are expired first. */
    @Override
    public boolean canRetry(Refused<Order> refused) {
        return !refused.shortage().isEmpty() && expiry.makeAvailable(refused.shortage());
    }

    private @Nullable IdempotentCall call(PlaceOrder request) {
        if (request.key() == null) {
            return null;
        }
        CartSelection cart = request.cart();
        Stream<Object> parts = cart == null
                ? request.lines().stream().map(line -> line.option() + " x " + line.quantity())
                : cart.all() ? Stream.of("cart") : cart.items().stream().map(item -> "item " + item);
        OrderLabels labels = request.labels();
        Stream<Object> words = labels.isEmpty() ? Stream.of() : Stream.of(labels.reference(), "note", labels.note());
        Object[] all = Stream.concat(parts, words).toArray();
        return IdempotentCall.of(request.user(), request.key(), name(), all);
    }

    private static StoredResult result(Order order) {
        return new StoredResult(order.id().value(), List.of(), order.placedAt());
    }

    private static Order order(StoredResult result, Map<OrderId, Order> orders) {
        return OrderTransitions.asPlaced(Objects.requireNonNull(orders.get(new OrderId(result.id()))));
    }
}
