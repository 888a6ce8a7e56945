package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.won;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.UseCases;
import io.github.embeddedcommerce.audit.Checkpoint;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.order.CancelOrder;
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
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.payment.RefundState;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Popularity;
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
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A shop with two users who each have an order to pay, a cart item and a coupon; and for each type of argument a value
 * that is fine, so that the one bad value among them is the reason of a refusal.
 */
final class GoodInput {
    public static final long BALANCE = 10_000;
    public static final long STOCK = 10;
    public static final Reference TAKEN = Reference.unique("taken");

    public final UserId ann;
    public final UserId bob;
    public final Product mug;
    public final OptionId option;
    public final OptionId hidden;
    public final CouponId coupon;
    public final OrderId paid;
    public final ReturnId returned;
    public final Holdings anns;
    public final Holdings bobs;
    public final Payment outside;
    public final RefundId refund;
    private final Map<Class<?>, Object> byType = new HashMap<>();

    /** What a user has. */
    record Holdings(OrderId order, CartItemId item, UserCouponId coupon) {}

    public GoodInput(CommerceFacade shop, Instant now) {
        ann = user(shop, "ann");
        bob = user(shop, "bob");
        mug = shop.products()
                .register(NewProduct.of("Mug", "kitchen", won(1_000)).withOption("MUG", STOCK + 6));
        option = mug.options().get(0).id();
        hidden = shop.products()
                .register(NewProduct.of("Old", "cellar", won(1)).notOnSale().withOption("OLD", 5))
                .options()
                .get(0)
                .id();
        coupon = shop.coupons()
                .create(NewCoupon.of("Ten", DiscountRule.percent(10), now.plusSeconds(600))
                        .limitedTo(5))
                .id();
        anns = holdings(shop, ann);
        bobs = holdings(shop, bob);
        paid = shop.orders().place(PlaceOrder.by(ann).line(option, 3)).id();
        shop.orders().pay(PayOrder.by(ann, paid));
        returned = shop.orders().giveBack(ReturnItems.of(paid).line(1, 1)).id();
        OrderId underWay =
                shop.orders().place(PlaceOrder.by(ann).line(option, 1)).id();
        outside = shop.payments().begin(BeginPayment.by(ann, underWay, "card").withAmount(won(400)));
        Payment late = shop.payments()
                .begin(BeginPayment.by(
                        bob,
                        shop.orders().place(PlaceOrder.by(bob).line(option, 1)).id(),
                        "card"));
        shop.orders().cancel(CancelOrder.by(bob, late.order()));
        shop.payments().settle(SettlePayment.of(late.id(), "late", late.amount()));
        refund = shop.payments().refund(late.id()).id();
        shop.orders()
                .pay(PayOrder.by(
                        ann,
                        shop.orders().place(PlaceOrder.by(ann).line(option, 2)).id()));
        shop.backOffice().changeReference(bobs.order(), TAKEN);
        shop.backOffice().changeReference(hidden, TAKEN);
        Product old = shop.products().findBySku("OLD").orElseThrow();
        shop.backOffice().changeReference(old.id(), TAKEN);
        values(now);
    }

    private static UserId user(CommerceFacade shop, String id) {
        UserId user = shop.users().register(new UserId(id)).id();
        shop.users().topUp(TopUp.of(user, won(BALANCE)));
        return user;
    }

    private Holdings holdings(CommerceFacade shop, UserId user) {
        return new Holdings(
                shop.orders().place(PlaceOrder.by(user).line(option, 1)).id(),
                shop.carts().add(AddToCart.of(user, option, 1)).id(),
                shop.coupons().issue(user, coupon).id());
    }

    private void values(Instant now) {
        put(UserId.class, ann);
        put(ProductId.class, mug.id());
        put(OptionId.class, option);
        put(OrderId.class, anns.order());
        put(CartItemId.class, anns.item());
        put(CouponId.class, coupon);
        put(NewProduct.class, NewProduct.of("Cup", "kitchen", won(5)).withOption("CUP", 1));
        put(NewOption.class, new NewOption("MUG-2", Map.of(), 1));
        put(ProductChange.class, ProductChange.none().withPrice(won(2)));
        put(ProductQuery.class, ProductQuery.all());
        put(NewCoupon.class, NewCoupon.of("Five", DiscountRule.percent(5), now.plusSeconds(600)));
        put(PlaceOrder.class, PlaceOrder.by(ann).line(option, 1));
        put(CancelOrder.class, CancelOrder.by(ann, anns.order()));
        put(ReturnItems.class, ReturnItems.of(paid).line(1, 1));
        put(ReturnId.class, returned);
        put(TopUp.class, TopUp.of(ann, won(5)));
        put(AdjustBalance.class, AdjustBalance.of(ann, won(5), "gift"));
        put(AddToCart.class, AddToCart.of(ann, option, 1));
        put(ReceiveStock.class, ReceiveStock.of(option, 1));
        put(AdjustStock.class, AdjustStock.of(option, 1, "found"));
        put(PayOrder.class, PayOrder.by(ann, anns.order()));
        put(BeginPayment.class, BeginPayment.by(ann, anns.order(), "card").withAmount(won(1)));
        put(SettlePayment.class, SettlePayment.of(outside.id(), "settled", outside.amount()));
        put(FailPayment.class, FailPayment.of(outside.id()));
        put(PaymentId.class, outside.id());
        put(RefundId.class, refund);
        put(RefundState.class, RefundState.DUE);
        put(PaymentQuery.class, PaymentQuery.all());
        put(PageRequest.class, PageRequest.first());
        put(OrderStatus.class, OrderStatus.PAID);
        put(CouponStatus.class, CouponStatus.USED);
        put(PopularProducts.class, PopularProducts.of(List.of(), Popularity.defaults(), now));
        put(OrderQuery.class, OrderQuery.all());
        put(UserQuery.class, UserQuery.all());
        put(StockQuery.class, StockQuery.all());
        put(TimeRange.class, TimeRange.always());
        put(Reference.class, Reference.unique("free"));
        put(String.class, "note");
        put(long.class, 1L);
        put(int.class, 1);
        put(BalanceQuery.class, BalanceQuery.all());
        put(EventSink.class, (EventSink) event -> {});
        put(Duration.class, Duration.ofMinutes(1));
        put(DeliveryRetry.class, DeliveryRetry.defaults());
        put(Function.class, (Function<UseCases, String>) together -> "done");
        put(List.class, List.of());
        put(BulkMode.class, BulkMode.ROW_BY_ROW);
        put(Consumer.class, (Consumer<Object>) row -> {});
        put(ZoneId.class, ZoneId.of("Asia/Seoul"));
        put(LocalDate.class, LocalDate.of(2026, 3, 1));
        put(Instant.class, now);
        put(LongConsumer.class, (LongConsumer) progress -> {});
        put(Checkpoint.class, Checkpoint.NONE);
    }

    public <T> void put(Class<T> type, Object value) {
        byType.put(type, value);
    }

    /** A value that is fine for an argument of this type. */
    public Object of(Class<?> type) {
        Object value = byType.get(type);
        if (value == null) {
            throw new AssertionError("say in GoodInput which " + type + " is fine, and in BadInput which is not");
        }
        return value;
    }
}
