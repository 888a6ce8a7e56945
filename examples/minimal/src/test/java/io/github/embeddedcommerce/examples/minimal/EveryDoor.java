package io.github.embeddedcommerce.examples.minimal;

import io.github.embeddedcommerce.BackOffice;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Goes through every door of a shop once, so that each statement's reflection on our types is tried. Run by
 * {@link SellMugsTest} as part of the example's module.
 */
@SuppressWarnings("SystemOut")
final class EveryDoor {
    private static final UserId ANN = new UserId("ann");

    private EveryDoor() {}

    public static void main(String[] args) {
        try (CommerceFacade shop = JdbcCommerce.open("jdbc:h2:mem:doors").build()) {
            OptionId mug = goods(shop);
            money(shop);
            Order order = order(shop, mug);
            events(shop, order);
            backOffice(shop, order);
            many(shop);
            shop.jobs().expireOverdueOrders().call();
            shop.jobs().purgeHistory().call();
            System.out.println("clean: " + shop.jobs().audit().call().isClean());
        }
    }

    private static OptionId goods(CommerceFacade shop) {
        Product mug = shop.products()
                .register(NewProduct.of("Mug", "kitchen", won(100)).withOption("MUG", Map.of("color", "blue"), 10));
        OptionId option = mug.option("MUG").id();
        shop.products().change(mug.id(), ProductChange.none().withPrice(won(90)));
        shop.products().receiveStock(ReceiveStock.of(option, 5));
        shop.products().adjustStock(AdjustStock.of(option, -1, "broken"));
        shop.products().listStockChanges(option, PageRequest.first());
        shop.products().list(ProductQuery.all(), PageRequest.first());
        return option;
    }

    private static void money(CommerceFacade shop) {
        shop.users().register(ANN);
        shop.inTransaction(joined -> joined.users().topUp(TopUp.of(ANN, won(1_000))));
        shop.users().adjust(AdjustBalance.of(ANN, won(-1), "counted anew").withKey(IdempotencyKey.random()));
        shop.users().listBalanceChanges(ANN, BalanceQuery.all(), PageRequest.first());
    }

    private static Order order(CommerceFacade shop, OptionId mug) {
        CouponId tenth = shop.coupons()
                .create(NewCoupon.of("Tenth", DiscountRule.percent(10), Instant.parse("2100-01-01T00:00:00Z"))
                        .limitedTo(1))
                .id();
        shop.carts().add(AddToCart.of(ANN, mug, 2));
        Order order = shop.orders().place(PlaceOrder.fromCart(ANN).withKey(IdempotencyKey.random()));
        shop.orders()
                .pay(PayOrder.by(ANN, order.id())
                        .withCoupon(shop.coupons().issue(ANN, tenth).id()));
        shop.orders()
                .cancel(CancelOrder.by(
                        ANN,
                        shop.orders().place(PlaceOrder.by(ANN).line(mug, 1)).id()));
        shop.orders().list(ANN, PageRequest.first());
        return order;
    }

    private static void events(CommerceFacade shop, Order order) {
        shop.jobs()
                .deliverEvents(event ->
                        System.out.println(event.type() + " " + event.order().equals(order.id())))
                .call();
        shop.deadLetters().list(PageRequest.first());
        System.out.println(
                "popular: " + shop.jobs().snapshotPopularProducts().call().made());
    }

    private static void backOffice(CommerceFacade shop, Order order) {
        BackOffice office = shop.backOffice();
        office.changeReference(order.id(), Reference.unique("ERP-1"));
        office.listOrders(OrderQuery.all().withReference("ERP-1"), PageRequest.first());
        office.getHistory(order.id());
        office.listUsers(UserQuery.all(), PageRequest.first());
        office.listCoupons(PageRequest.first());
        office.listStock(StockQuery.all(), PageRequest.first());
        office.listProducts("spring", PageRequest.first());
        office.getSales(order.lines().get(0).item().product(), TimeRange.always());
    }

    private static void many(CommerceFacade shop) {
        List<NewProduct> goods = List.of(
                NewProduct.of("Cup", "kitchen", won(80)).withOption("CUP", Map.of("color", "red"), 10),
                NewProduct.of("Pot", "kitchen", won(70)).withOption("POT", 10));
        List<Product> made =
                shop.products().registerAll(goods, BulkMode.ALL_OR_NOTHING).values();
        ProductChange cheaper = ProductChange.none().withPrice(won(60));
        shop.products().changeAll(List.of(new ChangeProduct(made.get(0).id(), cheaper)), BulkMode.ROW_BY_ROW);
        OptionId pot = made.get(1).option("POT").id();
        shop.products().receiveStockAll(List.of(ReceiveStock.of(pot, 1)), BulkMode.ALL_OR_NOTHING);
        shop.products().adjustStockAll(List.of(AdjustStock.of(pot, -1, "broken")), BulkMode.ROW_BY_ROW);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        shop.figures().getByDay(ZoneOffset.UTC, today, today.plusDays(1));
        shop.figures().listByProduct(Instant.EPOCH, Instant.now(), PageRequest.first());
        shop.exports().orders(order -> {}).call();
        shop.exports().lines(line -> {}).call();
        shop.exports().users(user -> {}).call();
        shop.exports().ledger(change -> {}).call();
        shop.exports().stock(level -> {}).call();
        shop.exports().products(product -> {}).call();
    }

    private static Money won(long amount) {
        return Money.ofMinor(CurrencyUnit.of("KRW"), amount);
    }
}
