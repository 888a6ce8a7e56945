package io.github.embeddedcommerce.jdbc.plans;

import io.github.embeddedcommerce.BackOffice;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockQuery;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A shop in which each use case is called, the most of them in several ways. */
abstract class EveryUseCase extends ShopFixture {
    private static final UserId ANN = new UserId("ann");
    private static final int LINES = 20;

    /** What is done. */
    interface Call {
        Object make();
    }

    /** Makes a call that is one transaction, or begins with it. */
    abstract void call(String what, Call call);

    /** Makes a call that begins with so many transactions of this use case. */
    abstract void call(String what, String useCase, int transactions, Call call);

    /** Makes a call that is several transactions, the last of them of its own use case. */
    abstract void callOfSeveral(String what, Call call);

    final void callEveryUseCase() {
        Product product = products();
        users();
        List<OptionId> options =
                product.options().stream().map(option -> option.id()).toList();
        carts(options);
        coupons();
        orders(options);
        payments(options);
        events();
        popularity();
        figuresAndExports();
        purges();
    }

    private Product products() {
        NewProduct product = NewProduct.of("Mug", "kitchen", won(10));
        for (int n = 0; n < LINES; n++) {
            product = product.withOption("MUG-" + n, Map.of("size", "" + n), 1_000);
        }
        NewProduct mugs = product;
        call(
                "register a product with any number of options",
                () -> shop.products().register(mugs));
        Product registered = shop.products()
                .list(ProductQuery.all(), PageRequest.first())
                .items()
                .get(0);
        OptionId option = registered.options().get(0).id();
        call("find a product", () -> shop.products().find(registered.id()));
        call("find a product by a sku", () -> shop.products().findBySku("MUG-0"));
        call("find a stock", () -> shop.products().findStock(option));
        call("list products", () -> shop.products().list(ProductQuery.all(), PageRequest.first()));
        call(
                "list products, most popular first",
                () -> shop.products()
                        .list(ProductQuery.all().sortedBy(ProductQuery.Sort.MOST_POPULAR), PageRequest.first()));
        call(
                "change a product",
                () -> shop.products()
                        .change(registered.id(), ProductChange.none().withPrice(won(5))));
        call(
                "add an option",
                () -> shop.products().addOption(registered.id(), new NewOption("MUG-X", Map.of("size", "x"), 1)));
        List<NewProduct> many = List.of(
                NewProduct.of("Pot", "kitchen", won(5)).withOption("POT", Map.of("size", "s"), 1),
                NewProduct.of("Pan", "kitchen", won(5)).withOption("PAN", Map.of("size", "m"), 1));
        call("register many products", () -> shop.products().registerAll(many, BulkMode.ALL_OR_NOTHING));
        ProductChange cheaper = ProductChange.none().withPrice(won(4));
        call(
                "change many products",
                () -> shop.products()
                        .changeAll(List.of(new ChangeProduct(registered.id(), cheaper)), BulkMode.ALL_OR_NOTHING));
        call(
                "receive stock of many options",
                () -> shop.products().receiveStockAll(List.of(ReceiveStock.of(option, 5)), BulkMode.ALL_OR_NOTHING));
        call(
                "adjust stock of many options",
                () -> shop.products()
                        .adjustStockAll(List.of(AdjustStock.of(option, -1, "broken")), BulkMode.ALL_OR_NOTHING));
        call("receive stock", () -> shop.products().receiveStock(ReceiveStock.of(option, 5)));
        call("adjust stock", () -> shop.products().adjustStock(AdjustStock.of(option, -1, "broken")));
        call("read the history of a stock", () -> shop.products().listStockChanges(option, PageRequest.first()));
        return registered;
    }

    private void users() {
        call("register a user", () -> shop.users().register(ANN));
        call("register a user who is registered", () -> shop.users().register(ANN));
        call("find a user", () -> shop.users().find(ANN));
        call("top up a balance", () -> shop.users().topUp(TopUp.of(ANN, won(1_000_000))));
        call(
                "top up a balance, with an idempotency key",
                () -> shop.users().topUp(TopUp.of(ANN, won(1)).withKey(new IdempotencyKey("charge"))));
        call(
                "top up a balance, again with this key",
                () -> shop.users().topUp(TopUp.of(ANN, won(1)).withKey(new IdempotencyKey("charge"))));
        call("adjust a balance", () -> shop.users().adjust(AdjustBalance.of(ANN, won(-1), "test")));
        call(
                "read a page of a balance history",
                () -> shop.users().listBalanceChanges(ANN, BalanceQuery.all(), PageRequest.first()));
        call("count a balance history", () -> shop.users().countBalanceChanges(ANN, BalanceQuery.all()));
        UserId bob = user("bob", 0);
        shop.coupons().issue(bob, coupon(true));
        call("remove a user who has limited coupons", () -> removed(bob));
        UserId cem = user("cem", 0);
        call("remove a user who has none", () -> removed(cem));
    }

    private Object removed(UserId user) {
        shop.users().remove(user);
        return user;
    }

    private void carts(List<OptionId> options) {
        call("add the first item to a cart", () -> shop.carts().add(AddToCart.of(ANN, options.get(0), 1)));
        call("add a further item", () -> shop.carts().add(AddToCart.of(ANN, options.get(1), 1)));
        call("add to an item that is there", () -> shop.carts().add(AddToCart.of(ANN, options.get(1), 1)));
        CartItemId item = shop.carts().get(ANN).lines().get(0).item().id();
        call("change a quantity", () -> shop.carts().changeQuantity(ANN, item, 2));
        call("read a cart", () -> shop.carts().get(ANN));
        call("remove an item", () -> {
            shop.carts().remove(ANN, item);
            return item;
        });
        call("clear a cart", () -> {
            shop.carts().clear(ANN);
            return ANN;
        });
    }

    private void coupons() {
        call("create a coupon", () -> coupon(true));
        CouponId limited = coupon(true);
        CouponId unlimited = coupon(false);
        call("find a coupon", () -> shop.coupons().find(limited));
        call("change a total", () -> shop.coupons().changeTotal(limited, 10));
        call("issue a coupon that has a limit", () -> shop.coupons().issue(ANN, limited));
        call("issue a coupon that has none", () -> shop.coupons().issue(ANN, unlimited));
        call("list a user's coupons", () -> shop.coupons().list(ANN, PageRequest.first()));
    }

    private CouponId coupon(boolean isLimited) {
        NewCoupon coupon =
                NewCoupon.of("Coupon", DiscountRule.percent(10), clock.instant().plus(Duration.ofDays(1)));
        return shop.coupons().create(isLimited ? coupon.limitedTo(100) : coupon).id();
    }

    private void orders(List<OptionId> options) {
        call("place an order of any number of lines", () -> order(options));
        call(
                "place an order, with an idempotency key",
                () -> shop.orders()
                        .place(PlaceOrder.by(ANN).line(options.get(0), 1).withKey(new IdempotencyKey("place"))));
        options.forEach(option -> shop.carts().add(AddToCart.of(ANN, option, 1)));
        call("place an order from the cart", () -> shop.orders().place(PlaceOrder.fromCart(ANN)));
        call(
                "place an order with a unique reference",
                () -> shop.orders()
                        .place(PlaceOrder.by(ANN).line(options.get(0), 1).withReference(Reference.unique("ERP-1"))));
        Order plain = order(options);
        call("pay", () -> shop.orders().pay(PayOrder.by(ANN, plain.id())));
        Order reduced = order(options);
        UserCouponId coupon = shop.coupons().issue(ANN, coupon(true)).id();
        call(
                "pay with a coupon",
                () -> shop.orders().pay(PayOrder.by(ANN, reduced.id()).withCoupon(coupon)));
        Order pending = order(options);
        call("cancel a pending order", () -> shop.orders().cancel(CancelOrder.by(ANN, pending.id())));
        call("cancel a paid order", () -> shop.orders().cancel(CancelOrder.by(ANN, plain.id())));
        call(
                "cancel an order that was paid with a coupon",
                () -> shop.orders().cancel(CancelOrder.by(ANN, reduced.id())));
        returns(options);
        call("find an order", () -> shop.orders().find(ANN, plain.id()));
        call("list orders", () -> shop.orders().list(ANN, PageRequest.first()));
        backOffice(plain.id(), options.get(0));
        call("list orders that have a status", () -> shop.orders().list(ANN, OrderStatus.PAID, PageRequest.first()));
        OptionId scarce = options.get(0);
        callOfSeveral(
                "be refused an order for lack of stock, after looking for overdue orders that hold it",
                () -> refusedFor(scarce));
        shop.orders().pay(PayOrder.by(ANN, order(options).id()));
        clock.advance(Duration.ofMinutes(10));
        call(
                "expire a chunk of any size",
                () -> shop.jobs().expireOverdueOrders().call());
        call(
                "expire, where there is nothing to do",
                () -> shop.jobs().expireOverdueOrders().call());
    }

    private void returns(List<OptionId> options) {
        Order order = order(options);
        UserCouponId coupon = shop.coupons().issue(ANN, coupon(true)).id();
        shop.orders().pay(PayOrder.by(ANN, order.id()).withCoupon(coupon));
        ReturnItems first = ReturnItems.of(order.id()).line(1, 1);
        ReturnItems rest = ReturnItems.of(order.id()).restocked();
        for (int line = 2; line <= options.size(); line++) {
            rest = rest.line(line, 1);
        }
        ReturnItems others = rest;
        call("give units of a paid order back", () -> shop.orders().giveBack(first));
        call("give the rest back, into stock", () -> shop.orders().giveBack(others));
        ReturnId last = shop.orders()
                .listReturns(order.id(), PageRequest.first(1))
                .items()
                .get(0)
                .id();
        call("find a return", () -> shop.orders().findReturn(last));
        call("list the returns of an order", () -> shop.orders().listReturns(order.id(), PageRequest.first()));
    }

    private void payments(List<OptionId> options) {
        Order order = order(options);
        call(
                "begin a payment from outside",
                () -> shop.payments()
                        .begin(BeginPayment.by(ANN, order.id(), "card").withAmount(won(10))));
        UserCouponId coupon = shop.coupons().issue(ANN, coupon(true)).id();
        Order reduced = order(options);
        BeginPayment whole =
                BeginPayment.by(ANN, reduced.id(), "card").withBalance(won(20)).withCoupon(coupon);
        call(
                "begin one with a part from the balance, a coupon and an idempotency key",
                () -> shop.payments().begin(whole.withKey(new IdempotencyKey("begin"))));
        call("begin one, again with this key", () -> shop.payments().begin(whole.withKey(new IdempotencyKey("begin"))));
        Payment part = latestOf(order);
        call("settle a part", () -> settle(part));
        Payment last = latestOf(reduced);
        call("settle the last part", () -> settle(last));
        call("settle it again", () -> settle(last));
        Payment failing = shop.payments().begin(BeginPayment.by(ANN, order.id(), "card"));
        call("let a payment fail", () -> shop.payments().fail(FailPayment.of(failing.id())));
        call("cancel an order that was paid from both", () -> shop.orders().cancel(CancelOrder.by(ANN, reduced.id())));
        call("cancel an order that was paid in part", () -> shop.orders().cancel(CancelOrder.by(ANN, order.id())));
        call("settle money that comes too late", () -> settle(failing));
        call("refund it", () -> shop.payments().refund(failing.id()));
        List<Refund> refunds = shop.payments()
                .listRefunds(RefundState.DUE, PageRequest.first())
                .items();
        call(
                "let a refund fail",
                () -> shop.payments().failRefund(refunds.get(0).id(), "later"));
        call(
                "settle the refund of late money",
                () -> shop.payments().settleRefund(refunds.get(0).id(), "re-1"));
        call(
                "settle another refund",
                () -> shop.payments().settleRefund(refunds.get(1).id(), "re-2"));
        Order closing = order(options);
        Payment late = shop.payments().begin(BeginPayment.by(ANN, closing.id(), "card"));
        shop.orders().cancel(CancelOrder.by(ANN, closing.id()));
        settle(late);
        call("close late money by hand", () -> shop.payments().close(late.id(), "sent back"));
        call("find a payment", () -> shop.payments().get(late.id()));
        call("find a payment by the provider's reference", () -> shop.payments().find("card", "ref-" + late.id()));
        call("read how an order was paid", () -> shop.payments().getParts(reduced.id()));
        call("list payments", () -> shop.payments().list(PaymentQuery.all(), PageRequest.first()));
        call("find a refund", () -> shop.payments().getRefund(refunds.get(0).id()));
        call("list refunds", () -> shop.payments().listRefunds(RefundState.DUE, PageRequest.first()));
        Order expiring = order(options);
        settle(shop.payments()
                .begin(BeginPayment.by(ANN, expiring.id(), "card")
                        .withAmount(won(10))
                        .withBalance(won(10))));
        clock.advance(Duration.ofHours(1));
        call(
                "expire a chunk with orders that were paid in part",
                () -> shop.jobs().expireOverdueOrders().call());
    }

    private Payment latestOf(Order order) {
        return shop.payments()
                .list(PaymentQuery.all().ofOrder(order.id()), PageRequest.first(1))
                .items()
                .get(0);
    }

    private Payment settle(Payment payment) {
        return shop.payments().settle(SettlePayment.of(payment.id(), "ref-" + payment.id(), payment.amount()));
    }

    private void backOffice(OrderId order, OptionId option) {
        BackOffice office = shop.backOffice();
        ProductId product = shop.products().findBySku("MUG-0").orElseThrow().id();
        call("find any order", () -> office.findOrder(order));
        call("list everybody's orders", () -> office.listOrders(OrderQuery.all(), PageRequest.first()));
        call(
                "list the orders of a product",
                () -> office.listOrders(OrderQuery.all().ofProduct(product), PageRequest.first()));
        call("read the history of an order", () -> office.getHistory(order));
        call("list users", () -> office.listUsers(UserQuery.all(), PageRequest.first()));
        call("list coupons", () -> office.listCoupons(PageRequest.first()));
        call("list stock", () -> office.listStock(StockQuery.all(), PageRequest.first()));
        call("put a reference on an order", () -> office.changeReference(order, Reference.unique("ERP-2")));
        call("put a note on an order", () -> office.changeNote(order, "gift"));
        call("put a reference on a product", () -> office.changeReference(product, Reference.of("spring")));
        call("put a reference on an option", () -> office.changeReference(option, Reference.of("spring")));
        call("list products with a reference", () -> office.listProducts("spring", PageRequest.first()));
        call("read the sales of a product", () -> office.getSales(product, TimeRange.always()));
    }

    private Object refusedFor(OptionId option) {
        PlaceOrder tooMuch = PlaceOrder.by(ANN).line(option, 100_000);
        refused(ErrorCode.INSUFFICIENT_STOCK, () -> shop.orders().place(tooMuch));
        return option;
    }

    private Order order(List<OptionId> options) {
        PlaceOrder request = PlaceOrder.by(ANN);
        for (OptionId option : options) {
            request = request.line(option, 1);
        }
        return shop.orders().place(request);
    }

    private void events() {
        String useCase = "jobs.deliverEvents";
        EventSink broken = event -> {
            throw new IllegalStateException("no");
        };
        DeliveryRetry once = new DeliveryRetry(1, Duration.ofMillis(1), Duration.ofMillis(1));
        call(
                "deliver a chunk of one event",
                useCase,
                2,
                () -> shop.jobs()
                        .deliverEvents(broken)
                        .inChunksOf(1)
                        .retrying(once)
                        .call());
        shop.deadLetters().retryAll();
        call(
                "deliver a chunk of two events, and two more for each further one",
                useCase,
                3,
                () -> shop.jobs()
                        .deliverEvents(broken)
                        .inChunksOf(2)
                        .retrying(once)
                        .call());
        call(
                "deliver, where there is nothing to do",
                () -> shop.jobs().deliverEvents(broken).call());
        call("list dead letters", () -> shop.deadLetters().list(PageRequest.first()));
        List<OrderId> orders = shop.deadLetters().list(PageRequest.first()).items().stream()
                .map(delivery -> delivery.event().order())
                .toList();
        call("retry a dead letter", () -> shop.deadLetters().retry(orders.get(0)));
        call("discard a dead letter", () -> shop.deadLetters().discard(orders.get(1)));
        call("retry a chunk of all of them", () -> shop.deadLetters().retryAll());
        shop.jobs().deliverEvents(event -> {}).call();
    }

    private void popularity() {
        call(
                "make a snapshot of popular products",
                () -> shop.jobs().snapshotPopularProducts().call());
        call(
                "make one that is there",
                () -> shop.jobs().snapshotPopularProducts().call());
        call("read the latest snapshot", () -> shop.products().findPopular());
        call("list snapshots", () -> shop.products().listPopular(PageRequest.first()));
        PopularProducts snapshot = shop.products().findPopular().orElseThrow();
        call("recount a snapshot", () -> shop.products().recountPopular(snapshot));
        clock.advance(Duration.ofDays(2));
        shop.jobs().snapshotPopularProducts().call();
        call("begin an audit", () -> shop.jobs().audit().call());
    }

    private void figuresAndExports() {
        LocalDate today = LocalDate.of(2026, 3, 1);
        call("add up what was sold, a month", () -> shop.figures().getByDay(ZoneOffset.UTC, today, today.plusDays(31)));
        call(
                "add up what was sold, a page of products",
                () -> shop.figures().listByProduct(Instant.EPOCH, clock.instant(), PageRequest.first()));
        call("export a page of orders", () -> shop.exports().orders(row -> {}).call());
        call("export a page of lines", () -> shop.exports().lines(row -> {}).call());
        call("export a page of users", () -> shop.exports().users(row -> {}).call());
        call(
                "export a page of the ledger",
                () -> shop.exports().ledger(row -> {}).call());
        call("export a page of stock", () -> shop.exports().stock(row -> {}).call());
        call(
                "export a page of products",
                () -> shop.exports().products(row -> {}).call());
    }

    private void purges() {
        Duration day = Duration.ofDays(1);
        Retention all = new Retention(null, null, null, null, null);
        purge("balance changes", all.withBalanceHistory(day));
        purge("delivered events", all.withEvents(day));
        purge("snapshots", all.withSnapshots(day));
        purge("carts", all.withCarts(day));
        purge("idempotency keys", all.withIdempotencyKeys(day));
    }

    private void purge(String what, Retention retention) {
        CommerceFacade forgetful = open(CommerceSettings.defaults().withRetention(retention));
        call("purge a chunk of " + what, () -> forgetful.jobs().purgeHistory().call());
    }
}
