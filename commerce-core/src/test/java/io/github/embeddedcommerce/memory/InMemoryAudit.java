package io.github.embeddedcommerce.memory;

import static java.util.Objects.requireNonNull;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.Delivery.Status;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.fixture.OrderTimes;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderItem;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.AuditStore;
import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.User;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Every invariant, worked out the long way from the rows as they are. */
record InMemoryAudit(Rows rows) implements AuditStore {
    @Override
    public List<Violation> violations(Invariant invariant, int limit) {
        Stream<String> broken = switch (invariant) {
            case STOCK_WITHIN_BOUNDS -> levels(level -> level.reserved() < 0 || level.reserved() > level.onHand());
            case STOCK_ON_HAND_EXPLAINED -> levels(level -> level.onHand() != brought(level) - sold(level));
            case STOCK_RESERVED_EXPLAINED -> levels(level -> level.reserved() != held(level));
            case BALANCE_EXPLAINED ->
                users(user -> !user.balance().equals(opening(user).balance().plus(sum(user))));
            case BALANCE_CHAIN_UNBROKEN -> users(user -> !isChain(user));
            case PAYMENTS_MATCH_ORDERS ->
                Stream.concat(
                        changes(change -> !fitsOrder(change)),
                        users(user -> !paidByHistory(user).equals(paidByOrders(user, order -> true))
                                || !refundedByHistory(user)
                                        .equals(paidByOrders(user, order -> order.status() == OrderStatus.CANCELLED))));
            case ORDER_ADDS_UP ->
                orders(order -> order.lines().isEmpty()
                        || order.progress().discount().amount().isNegative()
                        || order.finalAmount().isNegative());
            case COUPONS_COUNTED ->
                coupons(coupon -> coupon.supply() != null && coupon.supply().issued() != held(coupon));
            case COUPONS_USED_ONCE ->
                Stream.concat(
                        userCoupons(held -> held.use() != null
                                && !isPaidWith(order(held.use().order()), held)),
                        orders(order -> order.status() == OrderStatus.PAID && !hasUsedItsCoupon(order)));
            case DISCOUNTS_FOLLOW_TERMS ->
                orders(order -> !order.progress().discount().amount().equals(expectedDiscount(order)));
            case CART_QUANTITIES_WITHIN_BOUNDS ->
                rows.cartItems.values().stream()
                        .filter(row -> row.item().quantity() < 1 || row.item().quantity() > OrderItem.MAX_QUANTITY)
                        .map(Object::toString);
            case ORDER_TIMES_FIT_STATUS -> orders(order -> !OrderTimes.fit(order));
            case EVENTS_MATCH_ORDERS -> orders(order -> !happened(order).equals(expected(order)));
            case OPTIONS_COUNTED ->
                rows.products.keySet().stream()
                        .filter(id -> options(id) > NewProduct.MAX_OPTIONS)
                        .map(ProductId::toString);
            case POPULARITY_RANKED ->
                rows.popular.values().stream()
                        .filter(snapshot -> !withinWindow(snapshot))
                        .map(PopularProducts::toString);
            case KEYS_HAVE_OUTCOMES ->
                rows.keys.values().stream().filter(row -> !hasOutcome(row)).map(Rows.KeyRow::toString);
            case EVENTS_IN_ORDER ->
                rows.deliveries.values().stream()
                        .filter(delivery -> delivery.tries() > 0 || delivery.status() != Status.WAITING)
                        .filter(delivery -> rows.deliveries.values().stream()
                                .anyMatch(other -> isEarlier(other, delivery) && isOnItsWay(other)))
                        .map(Delivery::toString);
        };
        return broken.limit(limit)
                .map(row -> new Violation(invariant, Map.of("row", row)))
                .toList();
    }

    private boolean hasOutcome(Rows.KeyRow row) {
        StoredResult outcome = row.outcome();
        if (outcome == null || outcome.order() == null) {
            return outcome != null && outcome.changeNumber() != null;
        }
        Order order = rows.orders.get(outcome.order());
        return order != null && order.user().equals(row.request().user());
    }

    private long options(ProductId product) {
        return rows.options.values().stream()
                .filter(row -> row.product().equals(product))
                .count();
    }

    /** That the ranks have no gap and follow the sales, a snapshot sees to itself. */
    private static boolean withinWindow(PopularProducts snapshot) {
        return snapshot.entries().stream()
                .allMatch(entry -> !entry.lastPaidAt().isBefore(snapshot.from())
                        && entry.lastPaidAt().isBefore(snapshot.createdAt()));
    }

    private Stream<String> levels(Predicate<StockLevel> broken) {
        return rows.levels.values().stream().filter(broken).map(StockLevel::toString);
    }

    private Stream<String> users(Predicate<User> broken) {
        return rows.users.values().stream().filter(broken).map(User::toString);
    }

    private Stream<String> orders(Predicate<Order> broken) {
        return rows.orders.values().stream().filter(broken).map(Order::toString);
    }

    private Stream<String> coupons(Predicate<Coupon> broken) {
        return rows.coupons.values().stream().filter(broken).map(Coupon::toString);
    }

    private Stream<String> userCoupons(Predicate<UserCoupon> broken) {
        return rows.userCoupons.values().stream().filter(broken).map(UserCoupon::toString);
    }

    private long held(Coupon coupon) {
        return rows.userCoupons.values().stream()
                .filter(held -> held.coupon().id().equals(coupon.id()))
                .count();
    }

    private Order order(long number) {
        return requireNonNull(rows.orders.get(new OrderId(number)));
    }

    private static boolean isPaidWith(Order order, UserCoupon coupon) {
        Times times = order.progress().times();
        return coupon.id().equals(order.progress().discount().coupon())
                && times.paidAt() != null
                && (times.closedAt() == null || !coupon.isReturnable(times.closedAt()));
    }

    private boolean hasUsedItsCoupon(Order order) {
        UserCouponId id = order.progress().discount().coupon();
        UserCoupon.@Nullable Use use =
                id == null ? null : requireNonNull(rows.userCoupons.get(id)).use();
        return id == null || (use != null && use.order() == order.id().value());
    }

    private Money expectedDiscount(Order order) {
        UserCouponId id = order.progress().discount().coupon();
        return id == null
                ? Money.zero(order.total().getCurrencyUnit())
                : requireNonNull(rows.userCoupons.get(id))
                        .coupon()
                        .terms()
                        .discount()
                        .on(order.total());
    }

    private long brought(StockLevel level) {
        return rows.stockChanges.stream()
                .filter(change -> change.option().equals(level.option()))
                .mapToLong(change -> change.after() - change.before())
                .sum();
    }

    private long sold(StockLevel level) {
        return quantities(level.option(), InMemoryAudit::wasPaid);
    }

    private long held(StockLevel level) {
        return quantities(level.option(), order -> order.status() == OrderStatus.PENDING);
    }

    private long quantities(OptionId option, Predicate<Order> which) {
        return rows.orders.values().stream()
                .filter(which)
                .flatMap(order -> order.lines().stream())
                .filter(line -> line.item().option().equals(option))
                .mapToLong(line -> line.quantity())
                .sum();
    }

    private Money sum(User user) {
        return changes(user)
                .map(change -> change.movement().amount())
                .reduce(Money.zero(user.balance().getCurrencyUnit()), Money::plus);
    }

    private boolean isChain(User user) {
        OpeningBalance opening = opening(user);
        List<BalanceChange> changes = changes(user).toList();
        return changes.size() == user.changes() - opening.number()
                && IntStream.range(0, changes.size()).allMatch(i -> {
                    BalanceChange change = changes.get(i);
                    Money ended =
                            i == 0 ? opening.balance() : changes.get(i - 1).after();
                    return change.before().equals(ended) && change.number() == opening.number() + i + 1;
                });
    }

    private OpeningBalance opening(User user) {
        return requireNonNull(rows.openings.get(user.id()));
    }

    private Stream<BalanceChange> changes(User user) {
        return rows.balanceChanges.stream()
                .filter(change -> change.user().equals(user.id()))
                .sorted(Comparator.comparing(BalanceChange::number));
    }

    private Stream<String> changes(Predicate<BalanceChange> broken) {
        return rows.balanceChanges.stream().filter(broken).map(BalanceChange::toString);
    }

    /** Whether it is no payment or refund, or the only one that this order was to have. */
    private boolean fitsOrder(BalanceChange change) {
        BalanceCode code = change.movement().code();
        if (code != BalanceCode.PAYMENT && code != BalanceCode.REFUND) {
            return true;
        }
        Money amount = change.movement().amount();
        long same = rows.balanceChanges.stream()
                .map(BalanceChange::movement)
                .filter(other -> other.code() == code
                        && other.reference().equals(change.movement().reference()))
                .count();
        return same == 1
                && rows.orders.values().stream()
                        .filter(order -> order.user().equals(change.user()) && wasPaid(order))
                        .filter(order ->
                                order.id().toString().equals(change.movement().reference()))
                        .filter(order -> code == BalanceCode.PAYMENT || order.status() == OrderStatus.CANCELLED)
                        .anyMatch(order -> order.finalAmount().equals(amount.abs()));
    }

    private Money paidByHistory(User user) {
        return opening(user).paid().minus(moved(user, BalanceCode.PAYMENT));
    }

    private Money refundedByHistory(User user) {
        return opening(user).refunded().plus(moved(user, BalanceCode.REFUND));
    }

    private Money moved(User user, BalanceCode code) {
        return changes(user)
                .filter(change -> change.movement().code() == code)
                .map(change -> change.movement().amount())
                .reduce(Money.zero(user.balance().getCurrencyUnit()), Money::plus);
    }

    private Money paidByOrders(User user, Predicate<Order> which) {
        return rows.orders.values().stream()
                .filter(order -> order.user().equals(user.id()) && wasPaid(order))
                .filter(which)
                .map(Order::finalAmount)
                .reduce(Money.zero(user.balance().getCurrencyUnit()), Money::plus);
    }

    private List<OrderEvent> happened(Order order) {
        return rows.events().stream()
                .filter(event -> event.order().equals(order.id()))
                .toList();
    }

    private static boolean isEarlier(Delivery one, Delivery other) {
        return one.event().order().equals(other.event().order())
                && one.event().number() < other.event().number();
    }

    private static boolean isOnItsWay(Delivery delivery) {
        return delivery.status() == Status.WAITING || delivery.status() == Status.SET_ASIDE;
    }

    private List<OrderEvent> expected(Order order) {
        Stream.Builder<OrderEvent> events = Stream.builder();
        int number = 1;
        if (order.progress().times().paidAt() != null) {
            events.add(new OrderEvent(
                    order.id(),
                    number++,
                    OrderEvent.Type.PAID,
                    order.user(),
                    order.progress().times().paidAt()));
        }
        if (order.progress().times().closedAt() != null) {
            OrderEvent.Type type = OrderEvent.Type.valueOf(order.status().name());
            events.add(new OrderEvent(
                    order.id(),
                    number,
                    type,
                    order.user(),
                    order.progress().times().closedAt()));
        }
        return events.build()
                .skip(rows.eventsPurged.getOrDefault(order.id(), 0))
                .toList();
    }

    private static boolean wasPaid(Order order) {
        return order.progress().times().paidAt() != null;
    }
}
