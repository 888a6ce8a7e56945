package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.BackOffice;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.api.Cursors;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Everybody's orders: found, labelled, cancelled, given back in part. */
public final class OrderDeskRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public OrderDeskRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/admin/orders", this::list),
                Route.get("/admin/orders/{orderId}", this::get),
                Route.patch("/admin/orders/{orderId}", this::label),
                Route.post("/admin/orders/{orderId}/cancellation", this::cancel),
                Route.create("/admin/orders/{orderId}/returns", this::giveBack));
    }

    private OrderDeskViews.Listed list(Call call) {
        Query query = call.query(
                "userId",
                "productId",
                "reference",
                "status",
                "placedFrom",
                "placedTo",
                "paidFrom",
                "paidTo",
                "cursor",
                "size");
        Page<OrderRecord> page = shop.backOffice().listOrders(wanted(query), query.page());
        return new OrderDeskViews.Listed(page.map(OrderDeskViews.Row::of).items(), Cursors.text(page.next()));
    }

    private static OrderQuery wanted(Query query) {
        OrderQuery wanted = OrderQuery.all();
        wanted = query.text("userId").map(UserId::new).map(wanted::ofUser).orElse(wanted);
        OptionalLong product = query.id("productId");
        wanted = product.isPresent() ? wanted.ofProduct(new ProductId(product.getAsLong())) : wanted;
        wanted = query.text("reference").map(wanted::withReference).orElse(wanted);
        wanted = query.constant("status", OrderStatus.class)
                .map(wanted::withStatus)
                .orElse(wanted);
        TimeRange placed = range(query, "placedFrom", "placedTo");
        TimeRange paid = range(query, "paidFrom", "paidTo");
        if (!placed.isUnbounded() && !paid.isUnbounded()) {
            throw Refusals.of("paidFrom", "or paidTo must not be given together with placedFrom or placedTo");
        }
        wanted = placed.isUnbounded() ? wanted : wanted.placedIn(placed);
        return paid.isUnbounded() ? wanted : wanted.paidIn(paid);
    }

    private static TimeRange range(Query query, String from, String to) {
        return new TimeRange(query.time(from).orElse(null), query.time(to).orElse(null));
    }

    private OrderDeskViews.Detail get(Call call) {
        call.query();
        return detail(order(call));
    }

    /** Read in one transaction. */
    private OrderDeskViews.Detail detail(OrderId order) {
        PageRequest all = PageRequest.first(PageRequest.MAX_SIZE);
        return shop.inTransaction(inOne -> new OrderDeskViews.Detail(
                OrderDeskViews.Row.of(inOne.backOffice().getOrder(order)),
                inOne.backOffice().getHistory(order).entries().stream()
                        .map(OrderDeskViews.Entry::of)
                        .toList(),
                inOne.payments()
                        .list(PaymentQuery.all().ofOrder(order), all)
                        .map(PaymentDeskRoutes.Payments.Row::of)
                        .items(),
                inOne.payments()
                        .listRefunds(order, all)
                        .map(PaymentDeskRoutes.Refunds.Row::of)
                        .items()));
    }

    /** An empty text takes a label away. */
    private OrderDeskViews.Detail label(Call call) {
        Body body = call.body("reference", "note");
        Optional<String> reference = body.optionalText("reference");
        Optional<String> note = body.optionalText("note");
        OrderId order = order(call);
        shop.inTransaction(inOne -> {
            BackOffice office = inOne.backOffice();
            reference.ifPresent(
                    text -> office.changeReference(order, text.isEmpty() ? Reference.none() : Reference.of(text)));
            note.ifPresent(text -> office.changeNote(order, text));
            return order;
        });
        return detail(order);
    }

    record Cancelled(long orderId, String status, long refundedAmount) {}

    /** In the owner's name. */
    private Cancelled cancel(Call call) {
        call.body();
        OrderId order = order(call);
        UserId owner = shop.backOffice().getOrder(order).order().user();
        CancelOrder request = CancelOrder.by(owner, order);
        var cancellation = shop.orders().cancel(call.key().map(request::withKey).orElse(request));
        return new Cancelled(order.value(), cancellation.order().status().name(), Won.in(cancellation.refunded()));
    }

    private OrderDeskViews.GivenBack giveBack(Call call) {
        Body body = call.body("items", "restocked", "note");
        ReturnItems request =
                ReturnItems.of(order(call)).withNote(body.optionalText("note").orElse(""));
        for (Body line : body.objects("items", "line", "quantity")) {
            request = request.line(line.smallNumber("line"), line.wholeNumber("quantity"));
        }
        if (body.optionalFlag("restocked").orElse(false)) {
            request = request.restocked();
        }
        return OrderDeskViews.GivenBack.of(
                shop.orders().giveBack(call.key().map(request::withKey).orElse(request)));
    }

    private static OrderId order(Call call) {
        return new OrderId(call.id("orderId"));
    }
}
