package io.github.embeddedcommerce.jdbc.locks;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_ISSUED;
import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_USED;
import static io.github.embeddedcommerce.error.ErrorCode.CART_ITEM_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_SOLD_OUT;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_UNDER_WAY;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.cart.CartLine;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.jdbc.locks.Storm.Call;
import io.github.embeddedcommerce.jdbc.locks.Storm.Work;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Every use case that writes, and reads of all there is, on the same few rows: orders of the same options in every
 * order of their lines, and whatever else wants those options, users, orders and coupons. Thread-safe; the random
 * numbers are each thread's own.
 */
final class StormCalls {
    private static final int LATEST = 20;
    private static final ErrorCode[] UNPAYABLE = {
        ALREADY_PAID,
        ORDER_EXPIRED,
        INVALID_ORDER_STATUS,
        INSUFFICIENT_BALANCE,
        USER_NOT_FOUND,
        ALREADY_USED,
        INVALID_COUPON,
        PAYMENT_UNDER_WAY,
        COUPON_NOT_FOUND
    };

    private static final ErrorCode[] RETURNED_BEFORE = {INVALID_ORDER_STATUS, INVALID_QUANTITY, USER_NOT_FOUND};

    private final CommerceFacade shop;
    private final TestClock clock;
    private final StormStage stage;
    private final List<Order> orders = new CopyOnWriteArrayList<>();

    public StormCalls(CommerceFacade shop, TestClock clock, StormStage stage) {
        this.shop = shop;
        this.clock = clock;
        this.stage = stage;
    }

    /** Those that are about orders come more often than others, and jobs seldom: as in any shop. */
    public List<Call> all() {
        return List.of(
                call(9, "place", this::place, INSUFFICIENT_STOCK, USER_NOT_FOUND),
                call(3, "place from a cart", this::placeFromCart, INSUFFICIENT_STOCK, USER_NOT_FOUND, VALIDATION_ERROR),
                call(5, "pay", this::pay, UNPAYABLE),
                call(3, "pay with a coupon", this::payWithCoupon, UNPAYABLE),
                call(2, "cancel", this::cancel, ORDER_EXPIRED, INVALID_ORDER_STATUS, USER_NOT_FOUND),
                call(2, "cancel a paid order", this::cancelPaid, UNPAYABLE),
                call(2, "give back", this::giveBack, RETURNED_BEFORE),
                call(4, "add to a cart", this::addToCart, INSUFFICIENT_STOCK, USER_NOT_FOUND),
                call(2, "change a cart", this::changeCart, INSUFFICIENT_STOCK, USER_NOT_FOUND, CART_ITEM_NOT_FOUND),
                call(3, "issue", this::issue, ALREADY_ISSUED, COUPON_SOLD_OUT, USER_NOT_FOUND),
                call(
                        1,
                        "change a coupon",
                        random -> shop.coupons().changeTotal(stage.coupons().get(0), 1_000)),
                call(2, "charge", random -> shop.users().topUp(TopUp.of(one(stage.payers(), random), won(500)))),
                call(1, "adjust a balance", this::adjustBalance, INSUFFICIENT_BALANCE),
                call(2, "register a user", random -> shop.users().register(one(stage.guests(), random))),
                call(2, "remove a user", this::removeUser, USER_NOT_FOUND, INVALID_ORDER_STATUS),
                call(
                        2,
                        "receive stock",
                        random -> shop.products().receiveStock(ReceiveStock.of(one(stage.options(), random), 20))),
                call(2, "adjust stock", this::adjustStock, INVALID_STOCK_QUANTITY),
                call(2, "change a product", this::changeProduct),
                call(1, "add an option", this::addOption, VALIDATION_ERROR),
                call(2, "register a product", this::registerProduct, VALIDATION_ERROR),
                call(1, "register many products", this::registerMany),
                call(1, "receive stock of many options", this::receiveMany),
                call(2, "expire", this::expire),
                call(1, "snapshot", this::snapshot),
                call(1, "deliver", this::deliver),
                call(1, "retry events", random -> shop.deadLetters().retryAll()),
                call(1, "discard an event", this::discard, INVALID_ORDER_STATUS),
                call(1, "purge", this::purge),
                call(1, "figures", this::figures),
                call(1, "audit", this::audit));
    }

    private static Call call(int weight, String name, Work work, ErrorCode... refusals) {
        return new Call(name, weight, work, Set.of(refusals));
    }

    private void place(Random random) {
        List<OptionId> lines = new ArrayList<>(stage.options());
        Collections.shuffle(lines, random);
        PlaceOrder request = PlaceOrder.by(stage.anybody(random));
        for (OptionId option : lines.subList(0, 2 + random.nextInt(lines.size() - 1))) {
            request = request.line(option, 1 + random.nextInt(2));
        }
        orders.add(shop.orders().place(request));
    }

    private void placeFromCart(Random random) {
        orders.add(shop.orders().place(PlaceOrder.fromCart(stage.anybody(random))));
    }

    private void pay(Random random) {
        latest(random).forEach(order -> shop.orders().pay(PayOrder.by(order.user(), order.id())));
    }

    private void payWithCoupon(Random random) {
        for (Order order : latest(random)) {
            PayOrder payment = PayOrder.by(order.user(), order.id());
            List<UserCoupon> held = shop.coupons()
                    .list(order.user(), CouponStatus.AVAILABLE, PageRequest.first())
                    .items();
            shop.orders()
                    .pay(
                            held.isEmpty()
                                    ? payment
                                    : payment.withCoupon(one(held, random).id()));
        }
    }

    private void cancel(Random random) {
        latest(random).forEach(order -> shop.orders().cancel(CancelOrder.by(order.user(), order.id())));
    }

    /** At once, so that the coupon goes back while others want to issue and to use some. */
    private void cancelPaid(Random random) {
        payWithCoupon(random);
        cancel(random);
    }

    /** One unit of a line or two: of an order that somebody else gives back, too, or cancels. */
    private void giveBack(Random random) {
        for (Order order : latest(random)) {
            ReturnItems items = ReturnItems.of(order.id());
            for (int line = 1; line <= 1 + random.nextInt(order.lines().size()); line++) {
                items = items.line(line, 1);
            }
            shop.orders().giveBack(random.nextBoolean() ? items : items.restocked());
        }
    }

    private void addToCart(Random random) {
        shop.carts().add(AddToCart.of(stage.anybody(random), one(stage.options(), random), 1));
    }

    private void changeCart(Random random) {
        UserId user = stage.anybody(random);
        Cart cart = shop.carts().get(user);
        if (cart.lines().isEmpty()) {
            return;
        }
        CartLine line = one(cart.lines(), random);
        switch (random.nextInt(3)) {
            case 0 -> shop.carts().remove(user, line.item().id());
            case 1 -> shop.carts().clear(user);
            default -> shop.carts().changeQuantity(user, line.item().id(), 2);
        }
    }

    private void issue(Random random) {
        shop.coupons().issue(stage.anybody(random), one(stage.coupons(), random));
    }

    private void addOption(Random random) {
        shop.products().addOption(stage.product().id(), new NewOption("N" + random.nextInt(100), Map.of(), 1));
    }

    /** The same skus in any order: the first gets them, the others are refused. */
    private void registerProduct(Random random) {
        int first = 10 * random.nextInt(20);
        List<String> skus = new ArrayList<>(List.of("S" + first, "S" + (first + 1), "S" + (first + 2)));
        Collections.shuffle(skus, random);
        NewProduct product = NewProduct.of("Storm", "test", won(1));
        for (String sku : skus) {
            product = product.withOption(sku, Map.of("sku", sku), 1);
        }
        shop.products().register(product);
    }

    /** The skus of others, some of them twice, in any order. */
    private void registerMany(Random random) {
        List<NewProduct> products = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            String sku = "S" + random.nextInt(200);
            products.add(NewProduct.of("Storm", "test", won(1)).withOption(sku, Map.of("sku", sku), 1));
        }
        written(shop.products().registerAll(products, BulkMode.ROW_BY_ROW));
    }

    private void receiveMany(Random random) {
        List<OptionId> options = new ArrayList<>(stage.options());
        Collections.shuffle(options, random);
        List<ReceiveStock> receipts =
                options.stream().map(option -> ReceiveStock.of(option, 5)).toList();
        written(shop.products().receiveStockAll(receipts, BulkMode.ROW_BY_ROW));
    }

    /** Rows may be refused, and never fail. */
    private static void written(BulkReport<?> report) {
        for (BulkReport.Row<?> row : report.rows()) {
            if (row instanceof BulkReport.Row.Failed<?> failed) {
                throw failed.failure();
            }
        }
    }

    private void expire(Random random) {
        clock.advance(Duration.ofMinutes(2));
        shop.jobs().expireOverdueOrders().inChunksOf(1 + random.nextInt(10)).call();
    }

    private void snapshot(Random random) {
        if (random.nextInt(8) == 0) {
            clock.advance(Duration.ofDays(1));
        }
        shop.jobs().snapshotPopularProducts().call();
    }

    private void deliver(Random random) {
        shop.jobs()
                .deliverEvents(event -> {
                    if (random.nextInt(4) == 0) {
                        throw new IllegalStateException("the sink is wet");
                    }
                })
                .inChunksOf(1 + random.nextInt(20))
                .retrying(new DeliveryRetry(2, Duration.ofMillis(1), Duration.ofMillis(1)))
                .call();
    }

    /** Somebody else may have had it retried meanwhile. */
    private void discard(Random random) {
        List<Delivery> deadLetters =
                shop.deadLetters().list(PageRequest.first()).items();
        if (!deadLetters.isEmpty()) {
            shop.deadLetters().discard(one(deadLetters, random).event().order());
        }
    }

    private void adjustBalance(Random random) {
        shop.users().adjust(AdjustBalance.of(one(stage.payers(), random), won(-1), "storm"));
    }

    private void removeUser(Random random) {
        shop.users().remove(one(stage.guests(), random));
    }

    private void adjustStock(Random random) {
        shop.products().adjustStock(AdjustStock.of(one(stage.options(), random), -1, "storm"));
    }

    private void changeProduct(Random random) {
        ProductChange price = ProductChange.none().withPrice(won(10 + random.nextInt(9)));
        shop.products().change(stage.product().id(), price);
    }

    private void purge(Random random) {
        shop.jobs().purgeHistory().inChunksOf(1 + random.nextInt(20)).call();
    }

    private void figures(Random random) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        shop.figures().getByDay(ZoneOffset.UTC, today.minusDays(7), today.plusDays(1));
        shop.figures().listByProduct(Instant.EPOCH, clock.instant(), PageRequest.first());
    }

    /** What is being written while it reads is no violation. */
    private void audit(Random random) {
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
    }

    /** One of the latest orders, in a list; none before the first. */
    List<Order> latest(Random random) {
        int size = orders.size();
        return size == 0 ? List.of() : List.of(orders.get(size - 1 - random.nextInt(Math.min(size, LATEST))));
    }

    private static <T> T one(List<T> among, Random random) {
        return among.get(random.nextInt(among.size()));
    }
}
