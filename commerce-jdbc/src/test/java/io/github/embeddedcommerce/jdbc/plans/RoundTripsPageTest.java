package io.github.embeddedcommerce.jdbc.plans;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.jdbc.fixture.ShopFixture;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of docs/round-trips.md says of every use case what it sends to the database, on every database alike. */
@Tag("T1")
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"POSTGRESQL", "MARIADB"})
class RoundTripsPageTest extends ShopFixture {
    private static final Path PAGE = Path.of("../docs/round-trips.md");
    private static final Path USE_CASES = Path.of("../commerce-core/src/main/java");
    private static final String HEAD = "| to | use case | round trips | which |\n| --- | --- | --- | --- |\n";
    private static final UserId ANN = new UserId("ann");
    private static final int LINES = 20;

    private final RoundTrips trips = new RoundTrips();
    private final List<String> rows = new ArrayList<>();

    @Override
    public CommerceFacade open(CommerceSettings settings) {
        WatchedDataSource watched = RoundTrips.watched(database, pool);
        CommerceFacade opened = JdbcCommerce.using(watched)
                .settings(settings)
                .clock(clock)
                .listener(trips)
                .build();
        watched.tell(trips);
        return opened;
    }

    @Test
    void the_page_says_what_every_use_case_sends() throws IOException {
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

        String table = HEAD + String.join("\n", rows) + "\n";
        String page = Files.readString(PAGE);
        Matcher old = Pattern.compile("(?s)\\| (?:to|use case) \\|.*\\|\\n").matcher(page);
        String expected = old.replaceFirst(Matcher.quoteReplacement(table));
        Files.writeString(Path.of("target/round-trips.md"), expected);
        assertThat(page)
                .as("the page is out of date: copy target/round-trips.md of this module over it")
                .isEqualTo(expected);
        assertThat(trips.useCases()).as("use cases in the table").containsAll(RoundTrips.useCasesIn(USE_CASES));
    }

    private void row(String what, RoundTrips.Call call) {
        rows.add(trips.row(what, call));
    }

    private void row(String what, String useCase, int transactions, RoundTrips.Call call) {
        rows.add(trips.row(what, useCase, transactions, call));
    }

    private Product products() {
        NewProduct product = NewProduct.of("Mug", "kitchen", won(10));
        for (int n = 0; n < LINES; n++) {
            product = product.withOption("MUG-" + n, Map.of("size", "" + n), 1_000);
        }
        NewProduct mugs = product;
        row(
                "register a product with any number of options",
                () -> shop.products().register(mugs));
        Product registered = shop.products()
                .list(ProductQuery.all(), PageRequest.first())
                .items()
                .get(0);
        OptionId option = registered.options().get(0).id();
        row("find a product", () -> shop.products().find(registered.id()));
        row("find a product by a sku", () -> shop.products().findBySku("MUG-0"));
        row("find a stock", () -> shop.products().findStock(option));
        row("list products", () -> shop.products().list(ProductQuery.all(), PageRequest.first()));
        row(
                "list products, most popular first",
                () -> shop.products()
                        .list(ProductQuery.all().sortedBy(ProductQuery.Sort.MOST_POPULAR), PageRequest.first()));
        row(
                "change a product",
                () -> shop.products()
                        .change(registered.id(), ProductChange.none().withPrice(won(5))));
        row(
                "add an option",
                () -> shop.products().addOption(registered.id(), new NewOption("MUG-X", Map.of("size", "x"), 1)));
        List<NewProduct> many = List.of(
                NewProduct.of("Pot", "kitchen", won(5)).withOption("POT", Map.of("size", "s"), 1),
                NewProduct.of("Pan", "kitchen", won(5)).withOption("PAN", Map.of("size", "m"), 1));
        row("register many products", () -> shop.products().registerAll(many, BulkMode.ALL_OR_NOTHING));
        ProductChange cheaper = ProductChange.none().withPrice(won(4));
        row(
                "change many products",
                () -> shop.products()
                        .changeAll(List.of(new ChangeProduct(registered.id(), cheaper)), BulkMode.ALL_OR_NOTHING));
        row(
                "receive stock of many options",
                () -> shop.products().receiveStockAll(List.of(ReceiveStock.of(option, 5)), BulkMode.ALL_OR_NOTHING));
        row(
                "adjust stock of many options",
                () -> shop.products()
                        .adjustStockAll(List.of(AdjustStock.of(option, -1, "broken")), BulkMode.ALL_OR_NOTHING));
        row("receive stock", () -> shop.products().receiveStock(ReceiveStock.of(option, 5)));
        row("adjust stock", () -> shop.products().adjustStock(AdjustStock.of(option, -1, "broken")));
        row("read the history of a stock", () -> shop.products().listStockChanges(option, PageRequest.first()));
        return registered;
    }

    private void users() {
        row("register a user", () -> shop.users().register(ANN));
        row("register a user who is registered", () -> shop.users().register(ANN));
        row("find a user", () -> shop.users().find(ANN));
        row("top up a balance", () -> shop.users().topUp(TopUp.of(ANN, won(1_000_000))));
        row(
                "top up a balance, with an idempotency key",
                () -> shop.users().topUp(TopUp.of(ANN, won(1)).withKey(new IdempotencyKey("charge"))));
        row(
                "top up a balance, again with this key",
                () -> shop.users().topUp(TopUp.of(ANN, won(1)).withKey(new IdempotencyKey("charge"))));
        row("adjust a balance", () -> shop.users().adjust(AdjustBalance.of(ANN, won(-1), "test")));
        row(
                "read a page of a balance history",
                () -> shop.users().listBalanceChanges(ANN, BalanceQuery.all(), PageRequest.first()));
        row("count a balance history", () -> shop.users().countBalanceChanges(ANN, BalanceQuery.all()));
        UserId bob = user("bob", 0);
        shop.coupons().issue(bob, coupon(true));
        row("remove a user who has limited coupons", () -> removed(bob));
        UserId cem = user("cem", 0);
        row("remove a user who has none", () -> removed(cem));
    }

    private Object removed(UserId user) {
        shop.users().remove(user);
        return user;
    }

    private void carts(List<OptionId> options) {
        row("add the first item to a cart", () -> shop.carts().add(AddToCart.of(ANN, options.get(0), 1)));
        row("add a further item", () -> shop.carts().add(AddToCart.of(ANN, options.get(1), 1)));
        row("add to an item that is there", () -> shop.carts().add(AddToCart.of(ANN, options.get(1), 1)));
        CartItemId item = shop.carts().get(ANN).lines().get(0).item().id();
        row("change a quantity", () -> shop.carts().changeQuantity(ANN, item, 2));
        row("read a cart", () -> shop.carts().get(ANN));
        row("remove an item", () -> {
            shop.carts().remove(ANN, item);
            return item;
        });
        row("clear a cart", () -> {
            shop.carts().clear(ANN);
            return ANN;
        });
    }

    private void coupons() {
        row("create a coupon", () -> coupon(true));
        CouponId limited = coupon(true);
        CouponId unlimited = coupon(false);
        row("find a coupon", () -> shop.coupons().find(limited));
        row("change a total", () -> shop.coupons().changeTotal(limited, 10));
        row("issue a coupon that has a limit", () -> shop.coupons().issue(ANN, limited));
        row("issue a coupon that has none", () -> shop.coupons().issue(ANN, unlimited));
        row("list a user's coupons", () -> shop.coupons().list(ANN, PageRequest.first()));
    }

    private CouponId coupon(boolean isLimited) {
        NewCoupon coupon =
                NewCoupon.of("Coupon", DiscountRule.percent(10), clock.instant().plus(Duration.ofDays(1)));
        return shop.coupons().create(isLimited ? coupon.limitedTo(100) : coupon).id();
    }

    private void orders(List<OptionId> options) {
        row("place an order of any number of lines", () -> order(options));
        row(
                "place an order, with an idempotency key",
                () -> shop.orders()
                        .place(PlaceOrder.by(ANN).line(options.get(0), 1).withKey(new IdempotencyKey("place"))));
        options.forEach(option -> shop.carts().add(AddToCart.of(ANN, option, 1)));
        row("place an order from the cart", () -> shop.orders().place(PlaceOrder.fromCart(ANN)));
        row(
                "place an order with a unique reference",
                () -> shop.orders()
                        .place(PlaceOrder.by(ANN).line(options.get(0), 1).withReference(Reference.unique("ERP-1"))));
        Order plain = order(options);
        row("pay", () -> shop.orders().pay(PayOrder.by(ANN, plain.id())));
        Order reduced = order(options);
        UserCouponId coupon = shop.coupons().issue(ANN, coupon(true)).id();
        row(
                "pay with a coupon",
                () -> shop.orders().pay(PayOrder.by(ANN, reduced.id()).withCoupon(coupon)));
        Order pending = order(options);
        row("cancel a pending order", () -> shop.orders().cancel(CancelOrder.by(ANN, pending.id())));
        row("cancel a paid order", () -> shop.orders().cancel(CancelOrder.by(ANN, plain.id())));
        row(
                "cancel an order that was paid with a coupon",
                () -> shop.orders().cancel(CancelOrder.by(ANN, reduced.id())));
        returns(options);
        row("find an order", () -> shop.orders().find(ANN, plain.id()));
        row("list orders", () -> shop.orders().list(ANN, PageRequest.first()));
        backOffice(plain.id(), options.get(0));
        row("list orders that have a status", () -> shop.orders().list(ANN, OrderStatus.PAID, PageRequest.first()));
        OptionId scarce = options.get(0);
        rows.add(trips.rowOfAll(
                "be refused an order for lack of stock, after looking for overdue orders that hold it",
                () -> refusedFor(scarce)));
        shop.orders().pay(PayOrder.by(ANN, order(options).id()));
        clock.advance(Duration.ofMinutes(10));
        row(
                "expire a chunk of any size",
                () -> shop.jobs().expireOverdueOrders().call());
        row(
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
        row("give units of a paid order back", () -> shop.orders().giveBack(first));
        row("give the rest back, into stock", () -> shop.orders().giveBack(others));
        ReturnId last = shop.orders()
                .listReturns(order.id(), PageRequest.first(1))
                .items()
                .get(0)
                .id();
        row("find a return", () -> shop.orders().findReturn(last));
        row("list the returns of an order", () -> shop.orders().listReturns(order.id(), PageRequest.first()));
    }

    private void payments(List<OptionId> options) {
        Order order = order(options);
        row(
                "begin a payment from outside",
                () -> shop.payments()
                        .begin(BeginPayment.by(ANN, order.id(), "card").withAmount(won(10))));
        UserCouponId coupon = shop.coupons().issue(ANN, coupon(true)).id();
        Order reduced = order(options);
        BeginPayment whole =
                BeginPayment.by(ANN, reduced.id(), "card").withBalance(won(20)).withCoupon(coupon);
        row(
                "begin one with a part from the balance, a coupon and an idempotency key",
                () -> shop.payments().begin(whole.withKey(new IdempotencyKey("begin"))));
        row("begin one, again with this key", () -> shop.payments().begin(whole.withKey(new IdempotencyKey("begin"))));
        Payment part = latestOf(order);
        row("settle a part", () -> settle(part));
        Payment last = latestOf(reduced);
        row("settle the last part", () -> settle(last));
        row("settle it again", () -> settle(last));
        Payment failing = shop.payments().begin(BeginPayment.by(ANN, order.id(), "card"));
        row("let a payment fail", () -> shop.payments().fail(FailPayment.of(failing.id())));
        row("cancel an order that was paid from both", () -> shop.orders().cancel(CancelOrder.by(ANN, reduced.id())));
        row("cancel an order that was paid in part", () -> shop.orders().cancel(CancelOrder.by(ANN, order.id())));
        row("settle money that comes too late", () -> settle(failing));
        row("refund it", () -> shop.payments().refund(failing.id()));
        List<Refund> refunds = shop.payments()
                .listRefunds(RefundState.DUE, PageRequest.first())
                .items();
        row("let a refund fail", () -> shop.payments().failRefund(refunds.get(0).id(), "later"));
        row(
                "settle the refund of late money",
                () -> shop.payments().settleRefund(refunds.get(0).id(), "re-1"));
        row(
                "settle another refund",
                () -> shop.payments().settleRefund(refunds.get(1).id(), "re-2"));
        Order closing = order(options);
        Payment late = shop.payments().begin(BeginPayment.by(ANN, closing.id(), "card"));
        shop.orders().cancel(CancelOrder.by(ANN, closing.id()));
        settle(late);
        row("close late money by hand", () -> shop.payments().close(late.id(), "sent back"));
        row("find a payment", () -> shop.payments().get(late.id()));
        row("find a payment by the provider's reference", () -> shop.payments().find("card", "ref-" + late.id()));
        row("read how an order was paid", () -> shop.payments().getParts(reduced.id()));
        row("list payments", () -> shop.payments().list(PaymentQuery.all(), PageRequest.first()));
        row("find a refund", () -> shop.payments().getRefund(refunds.get(0).id()));
        row("list refunds", () -> shop.payments().listRefunds(RefundState.DUE, PageRequest.first()));
        Order expiring = order(options);
        settle(shop.payments()
                .begin(BeginPayment.by(ANN, expiring.id(), "card")
                        .withAmount(won(10))
                        .withBalance(won(10))));
        clock.advance(Duration.ofHours(1));
        row(
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
        row("find any order", () -> office.findOrder(order));
        row("list everybody's orders", () -> office.listOrders(OrderQuery.all(), PageRequest.first()));
        row(
                "list the orders of a product",
                () -> office.listOrders(OrderQuery.all().ofProduct(product), PageRequest.first()));
        row("read the history of an order", () -> office.getHistory(order));
        row("list users", () -> office.listUsers(UserQuery.all(), PageRequest.first()));
        row("list coupons", () -> office.listCoupons(PageRequest.first()));
        row("list stock", () -> office.listStock(StockQuery.all(), PageRequest.first()));
        row("put a reference on an order", () -> office.changeReference(order, Reference.unique("ERP-2")));
        row("put a note on an order", () -> office.changeNote(order, "gift"));
        row("put a reference on a product", () -> office.changeReference(product, Reference.of("spring")));
        row("put a reference on an option", () -> office.changeReference(option, Reference.of("spring")));
        row("list products with a reference", () -> office.listProducts("spring", PageRequest.first()));
        row("read the sales of a product", () -> office.getSales(product, TimeRange.always()));
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
        row(
                "deliver a chunk of one event",
                useCase,
                2,
                () -> shop.jobs()
                        .deliverEvents(broken)
                        .inChunksOf(1)
                        .retrying(once)
                        .call());
        shop.deadLetters().retryAll();
        row(
                "deliver a chunk of two events, and two more for each further one",
                useCase,
                3,
                () -> shop.jobs()
                        .deliverEvents(broken)
                        .inChunksOf(2)
                        .retrying(once)
                        .call());
        row(
                "deliver, where there is nothing to do",
                () -> shop.jobs().deliverEvents(broken).call());
        row("list dead letters", () -> shop.deadLetters().list(PageRequest.first()));
        List<OrderId> orders = shop.deadLetters().list(PageRequest.first()).items().stream()
                .map(delivery -> delivery.event().order())
                .toList();
        row("retry a dead letter", () -> shop.deadLetters().retry(orders.get(0)));
        row("discard a dead letter", () -> shop.deadLetters().discard(orders.get(1)));
        row("retry a chunk of all of them", () -> shop.deadLetters().retryAll());
        shop.jobs().deliverEvents(event -> {}).call();
    }

    private void popularity() {
        row(
                "make a snapshot of popular products",
                () -> shop.jobs().snapshotPopularProducts().call());
        row(
                "make one that is there",
                () -> shop.jobs().snapshotPopularProducts().call());
        row("read the latest snapshot", () -> shop.products().findPopular());
        row("list snapshots", () -> shop.products().listPopular(PageRequest.first()));
        PopularProducts snapshot = shop.products().findPopular().orElseThrow();
        row("recount a snapshot", () -> shop.products().recountPopular(snapshot));
        clock.advance(Duration.ofDays(2));
        shop.jobs().snapshotPopularProducts().call();
        row("begin an audit", () -> shop.jobs().audit().call());
    }

    private void figuresAndExports() {
        LocalDate today = LocalDate.of(2026, 3, 1);
        row("add up what was sold, a month", () -> shop.figures().getByDay(ZoneOffset.UTC, today, today.plusDays(31)));
        row(
                "add up what was sold, a page of products",
                () -> shop.figures().listByProduct(Instant.EPOCH, clock.instant(), PageRequest.first()));
        row("export a page of orders", () -> shop.exports().orders(row -> {}).call());
        row("export a page of lines", () -> shop.exports().lines(row -> {}).call());
        row("export a page of users", () -> shop.exports().users(row -> {}).call());
        row(
                "export a page of the ledger",
                () -> shop.exports().ledger(row -> {}).call());
        row("export a page of stock", () -> shop.exports().stock(row -> {}).call());
        row(
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
        row("purge a chunk of " + what, () -> forgetful.jobs().purgeHistory().call());
    }
}
