package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Orders: placed, paid from the balance, cancelled, read. */
public final class OrderRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public OrderRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.create("/api/orders", this::place),
                Route.post("/api/orders/{orderId}/payment", this::pay),
                Route.post("/api/orders/{orderId}/cancellation", this::cancel),
                Route.get("/api/orders/{orderId}", this::get),
                Route.get("/api/users/{userId}/orders", this::list),
                Route.get("/api/orders/users/{userId}", this::list));
    }

    private OrderViews.Placed place(Call call) {
        Body body = call.body("userId", "items");
        UserId user = Call.user(body.id("userId"));
        List<Body> items = body.objects("items", "productOptionId", "quantity");
        PlaceOrder request = PlaceOrder.by(user);
        if (items.size() > PlaceOrder.MAX_LINES) {
            throw Refusals.of("items", "must have at most " + PlaceOrder.MAX_LINES + " entries");
        }
        for (Body item : items) {
            request = request.line(new OptionId(item.id("productOptionId")), item.wholeNumber("quantity"));
        }
        Order order = shop.orders().place(call.key().map(request::withKey).orElse(request));
        return OrderViews.Placed.of(order);
    }

    private OrderViews.Paid pay(Call call) {
        Body body = call.body("userId", "userCouponId", "couponId");
        UserId user = Call.user(body.id("userId"));
        OptionalLong userCoupon = body.optionalId("userCouponId");
        OptionalLong coupon = body.optionalId("couponId");
        if (userCoupon.isPresent() && coupon.isPresent()) {
            throw Refusals.of("couponId", "must not be given together with userCouponId");
        }
        PayOrder request = PayOrder.by(user, order(call));
        if (userCoupon.isPresent()) {
            request = request.withCoupon(new UserCouponId(userCoupon.getAsLong()));
        } else if (coupon.isPresent()) {
            request = request.withCoupon(copyOf(new CouponId(coupon.getAsLong()), user));
        }
        Receipt receipt = shop.orders().pay(call.key().map(request::withKey).orElse(request));
        return OrderViews.Paid.of(receipt);
    }

    /** The user's copy of this coupon; each user has at most one. */
    private UserCouponId copyOf(CouponId coupon, UserId user) {
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        Page<UserCoupon> page = shop.coupons().list(user, request);
        while (true) {
            Optional<UserCoupon> copy = page.items().stream()
                    .filter(held -> held.coupon().id().equals(coupon))
                    .findFirst();
            if (copy.isPresent()) {
                return copy.get().id();
            }
            if (page.next() == null) {
                throw new CommerceException(
                        ErrorCode.COUPON_NOT_FOUND,
                        "user " + user + " has no coupon " + coupon + ": have it issued first",
                        Map.of("coupon", coupon.value(), "user", user.value()));
            }
            page = shop.coupons().list(user, request.after(page.next()));
        }
    }

    private OrderViews.Cancelled cancel(Call call) {
        Body body = call.body("userId");
        CancelOrder request = CancelOrder.by(Call.user(body.id("userId")), order(call));
        Cancellation cancellation =
                shop.orders().cancel(call.key().map(request::withKey).orElse(request));
        return OrderViews.Cancelled.of(cancellation);
    }

    /** A call that names nobody is taken to come from the owner. */
    private OrderViews.Detail get(Call call) {
        OptionalLong asking = call.query("userId").id("userId");
        OrderId order = order(call);
        return OrderViews.Detail.of(
                asking.isPresent()
                        ? shop.orders().get(Call.user(asking.getAsLong()), order)
                        : shop.backOffice().getOrder(order).order());
    }

    private OrderViews.Listed list(Call call) {
        Query query = call.query("status", "cursor", "size");
        UserId user = call.user();
        shop.users().get(user);
        Optional<OrderStatus> status = query.constant("status", OrderStatus.class);
        Page<Order> page = status.map(wanted -> shop.orders().list(user, wanted, query.page()))
                .orElseGet(() -> shop.orders().list(user, query.page()));
        return new OrderViews.Listed(page.map(OrderViews.Detail::of).items(), Cursors.text(page.next()));
    }

    private static OrderId order(Call call) {
        return new OrderId(call.id("orderId"));
    }
}
