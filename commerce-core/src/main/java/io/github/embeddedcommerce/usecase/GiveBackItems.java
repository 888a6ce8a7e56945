package io.github.embeddedcommerce.usecase;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnItem;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.order.ReturnedLine;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.ReturnDraft;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import io.github.embeddedcommerce.transaction.LockOrder;
import io.github.embeddedcommerce.transaction.RowKey;
import io.github.embeddedcommerce.transaction.UseCase;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives units of paid orders back: the owner gets their price less their share of the discount, the shop the units. An
 * order of which nothing is kept is cancelled, and its coupon can be used again.
 */
public final class GiveBackItems implements UseCase<ReturnItems, Return> {
    private final UseCaseContext context;

    public GiveBackItems(UseCaseContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "orders.giveBack";
    }

    @Override
    public Set<RowKey> contended(ReturnItems request) {
        return RowKey.with(request.key(), "", RowKey.of(LockOrder.ORDER, request.order()));
    }

    /** What a transaction has locked, read, and is to write. */
    private record Locked(LockedOrders orders, OrderRefunds refunds, UserCoupons coupons, LockedStock stock) {}

    /** What was decided on a request: a return to be written with the order after it, or the one that was before. */
    private record Decision(
            @Nullable ReturnDraft draft,
            @Nullable Order after,
            @Nullable Return earlier) {}

    @Override
    public List<Answer<Return>> perform(List<ReturnItems> requests, Stores stores) {
        IdempotentCalls<ReturnItems> calls = IdempotentCalls.claim(requests, this::call, context.now(), stores);
        Set<ReturnId> ids = calls.earlierIds(ReturnId::new);
        Map<ReturnId, Return> earlier =
                ids.isEmpty() ? Map.of() : stores.returns().find(ids);
        Locked locked = lock(calls.fresh(), stores);
        Instant now = context.now();

        List<Answer<Decision>> decisions = calls.decide(
                request -> Answer.of(() -> giveBack(request, locked, now)),
                (request, result) -> new Decision(null, null, earlier.get(new ReturnId(result.id()))));

        List<Answer<Return>> answers = insert(decisions, locked.orders, stores);
        locked.refunds.write(stores);
        locked.orders.write(stores);
        locked.coupons.write(stores);
        calls.store(answers, GiveBackItems::result, stores);
        locked.stock.write(stores);
        return answers;
    }

    /** Which owners, coupons and options are concerned is known once the orders are locked. */
    private static Locked lock(List<ReturnItems> requests, Stores stores) {
        LockedOrders orders =
                LockedOrders.lock(requests.stream().map(ReturnItems::order).collect(toSet()), stores);
        Collection<Order> paid = orders.where(order -> order.status() == OrderStatus.PAID);
        Set<OptionId> restocked = requests.stream()
                .filter(ReturnItems::restock)
                .flatMap(request -> paid.stream()
                        .filter(order -> order.id().equals(request.order()))
                        .flatMap(order -> units(order, request.lines()).keySet().stream()))
                .collect(toSet());
        return new Locked(
                orders,
                OrderRefunds.lock(orders, paid, stores),
                UserCoupons.read(UserCoupons.usedFor(paid), stores),
                LockedStock.lock(restocked, stores));
    }

    private static Decision giveBack(ReturnItems request, Locked locked, Instant now) {
        Order order = locked.orders.require(request.order());
        order.requireReturnable(request.lines());
        UserCoupon coupon = locked.coupons.usedFor(order);
        List<ReturnedLine> lines = order.returning(request.lines());
        SortedMap<OptionId, Long> units = request.restock() ? units(order, request.lines()) : new TreeMap<>();
        units.forEach((option, quantity) -> locked.stock.require(option).requireChangeable(quantity));

        Instant at = OrderTransitions.timeOfNext(order, now);
        ReturnDraft draft = new ReturnDraft(order.id(), lines, request.restock(), request.note(), at);
        locked.refunds.refund(order.id(), draft.refunded(), at);
        Reason reason = new Reason(Kind.RETURN, "order " + order.id());
        units.forEach((option, quantity) -> locked.stock.change(option, quantity, reason, at));
        Order after = OrderTransitions.returned(locked.orders.require(order.id()), request.lines(), at);
        locked.orders.put(after);
        if (after.status() == OrderStatus.CANCELLED) {
            locked.coupons.giveBack(coupon, at);
        }
        return new Decision(draft, after, null);
    }

    /** The units of each option; none of a line that the order does not have. */
    private static SortedMap<OptionId, Long> units(Order order, List<ReturnItem> items) {
        SortedMap<OptionId, Long> units = new TreeMap<>();
        items.forEach(item -> order.lines().stream()
                .filter(line -> line.number() == item.line())
                .forEach(line -> units.merge(line.item().option(), item.quantity(), Long::sum)));
        return units;
    }

    /** Inserts the returns, and tells of each; of an order that is closed by one, that too. */
    private static List<Answer<Return>> insert(List<Answer<Decision>> decisions, LockedOrders orders, Stores stores) {
        List<Decision> made = decisions.stream()
                .flatMap(decision ->
                        decision instanceof Accepted<Decision> accepted ? Stream.of(accepted.value()) : null)
                .filter(decision -> decision.draft != null)
                .toList();
        List<ReturnDraft> drafts =
                made.stream().map(decision -> requireNonNull(decision.draft)).toList();
        Iterator<Return> inserted =
                (drafts.isEmpty() ? List.<Return>of() : stores.returns().insert(drafts)).iterator();
        return decisions.stream()
                .map(decision -> decision.map(one ->
                        one.earlier == null ? told(inserted.next(), requireNonNull(one.after), orders) : one.earlier))
                .toList();
    }

    private static Return told(Return made, Order after, LockedOrders orders) {
        orders.tell(made.order(), OrderEvent.Type.RETURNED, made.id().value(), made.at());
        if (after.status() == OrderStatus.CANCELLED) {
            orders.step(after);
        }
        return made;
    }

    private @Nullable IdempotentCall call(ReturnItems request) {
        return request.key() == null
                ? null
                : IdempotentCall.ofShop(
                        request.key(), name(), request.order(), request.lines(), request.restock(), request.note());
    }

    private static StoredResult result(Return made) {
        return new StoredResult(made.id().value(), List.of(made.order().value()), made.at());
    }
}
