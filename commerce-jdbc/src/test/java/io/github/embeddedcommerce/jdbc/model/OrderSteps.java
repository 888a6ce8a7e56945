package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Item;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What customers do with orders. */
final class OrderSteps {
    /** The random number for the owner of the order, whoever that is. */
    private static final int OWNER = -1;

    /** The random number for no coupon. */
    private static final int NONE = -1;

    /** The random number for anybody's coupon, which may be another user's. */
    private static final int ANYBODYS = 2;

    /** The random number for any order, also for one whose life is over. */
    private static final int ANY = 5;

    private OrderSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(16, "place", requests(), OrderSteps::place),
                Step.of(14, "pay", payments(), OrderSteps::pay),
                Step.of(6, "cancel", payments(), OrderSteps::cancel),
                Step.of(1, "look at order", payments(), OrderSteps::get),
                Step.of(2, "list orders", lists(), OrderSteps::list));
    }

    record Line(int option, long quantity) {}

    record Request(int user, List<Line> lines) {}

    record Paying(int user, int order, int coupon) {}

    private record Listing(int user, @Nullable OrderStatus status, int size) {}

    static Arbitrary<Request> requests() {
        Arbitrary<Line> lines =
                Combinators.combine(Step.picks(), Step.quantities()).as(Line::new);
        return Combinators.combine(
                        Step.users(),
                        Step.mostly(
                                lines.list().ofMinSize(1).ofMaxSize(3),
                                lines.list().ofMaxSize(0)))
                .as(Request::new);
    }

    static Arbitrary<Paying> payments() {
        return Combinators.combine(
                        Step.mostly(Arbitraries.just(OWNER), Arbitraries.of(0, 1, World.STRANGER)),
                        Step.picks(),
                        Arbitraries.of(NONE, 0, NONE, 0, 1, 2, World.UNKNOWN))
                .as(Paying::new);
    }

    private static Arbitrary<Listing> lists() {
        return Combinators.combine(
                        Step.users(), Arbitraries.of(OrderStatus.class).injectNull(0.3), Step.pageSizes())
                .as(Listing::new);
    }

    static long id(World world, @Nullable Order order) {
        return order == null ? 0 : World.given(order.id().value(), world.expected.orders.all);
    }

    static UserId user(World world, Paying paying, long order) {
        ReferenceOrders.Placed placed = world.expected.orders.all.get(order);
        if (paying.user() == OWNER) {
            return placed == null ? World.user(0) : new UserId(placed.user);
        }
        return World.user(paying.user());
    }

    /** Mostly one in this state that has not expired. */
    static long open(World world, Paying paying, String... states) {
        return World.pick(
                paying.order(),
                world.expected.orders.all,
                order -> paying.order() == ANY
                        || (List.of(states).contains(order.status) && !order.isOverdue(world.expected.now)));
    }

    /** Mostly one of this user's own, if anybody has any. */
    static @Nullable Long coupon(World world, Paying paying, UserId user) {
        boolean none = paying.coupon() == NONE || world.expected.coupons.issued.isEmpty();
        return none && paying.coupon() != World.UNKNOWN
                ? null
                : World.pick(
                        paying.coupon(),
                        world.expected.coupons.issued,
                        issued -> paying.coupon() == ANYBODYS || issued.user.equals(user.value()));
    }

    static void place(World world, Request request) {
        UserId user = World.user(request.user());
        List<Item> items = request.lines().stream()
                .map(line -> new Item(World.pick(line.option(), world.expected.products.units), line.quantity()))
                .toList();
        world.compare(
                user + " orders " + items,
                () -> {
                    PlaceOrder order = PlaceOrder.by(user);
                    for (Item item : items) {
                        order = order.line(new OptionId(item.unit()), item.quantity());
                    }
                    return world.shop.orders().place(order);
                },
                Answers::of,
                order -> world.expected.orders.place(id(world, order), user.value(), items));
    }

    static void pay(World world, Paying paying) {
        long order = open(world, paying, "PENDING");
        UserId user = user(world, paying, order);
        Long coupon = coupon(world, paying, user);
        PayOrder payment = PayOrder.by(user, new OrderId(order));
        world.compare(
                user + " pays order " + order + " with coupon " + coupon,
                () -> world.shop.orders().pay(coupon == null ? payment : payment.withCoupon(new UserCouponId(coupon))),
                Answers::of,
                () -> world.expected.orders.pay(user.value(), order, coupon));
    }

    static void cancel(World world, Paying paying) {
        long order = open(world, paying, "PENDING", "PAID");
        UserId user = user(world, paying, order);
        world.compare(
                user + " cancels order " + order,
                () -> world.shop.orders().cancel(CancelOrder.by(user, new OrderId(order))),
                Answers::of,
                () -> world.expected.orders.cancel(user.value(), order));
    }

    private static void get(World world, Paying paying) {
        long order = World.pick(paying.order(), world.expected.orders.all);
        UserId user = user(world, paying, order);
        world.compare(
                user + " looks at order " + order,
                () -> world.shop.orders().get(user, new OrderId(order)),
                Answers::of,
                () -> world.expected.orders.get(user.value(), order));
    }

    private static void list(World world, Listing listing) {
        UserId user = World.user(listing.user());
        OrderStatus status = listing.status();
        world.compare(
                "list orders " + listing,
                () -> Answers.pages(
                        listing.size(),
                        page -> status == null
                                ? world.shop.orders().list(user, page)
                                : world.shop.orders().list(user, status, page),
                        Answers::of),
                pages -> pages,
                () -> Told.pages(
                        world.expected.orders.list(user.value(), status == null ? null : status.name()),
                        listing.size()));
    }
}
