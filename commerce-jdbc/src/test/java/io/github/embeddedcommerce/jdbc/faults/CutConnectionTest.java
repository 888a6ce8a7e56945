package io.github.embeddedcommerce.jdbc.faults;

import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.CartItemId;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductQuery;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The connection breaks at the n-th round trip of a use case, before it reaches the database or after, for every n: all
 * of the use case has happened or none, the failure says which if it can be known, and the call can be made again.
 */
@Tag("E3")
@Tag("T3")
class CutConnectionTest extends CutCallsTest {
    private final AtomicInteger names = new AtomicInteger();

    @Test
    void registering_a_product() {
        everywhere(() -> {
            String sku = "SKU-" + names.incrementAndGet();
            return shop -> shop.products()
                    .register(NewProduct.of(sku, "test", won(5))
                            .withOption(sku, 7)
                            .withOption(sku + "-2", 0));
        });
    }

    @Test
    void charging() {
        everywhere(() -> shop -> shop.users().topUp(TopUp.of(ann, won(10))));
    }

    @Test
    void placing() {
        everywhere(() -> shop -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1)));
    }

    @Test
    void paying() {
        everywhere(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            return shop -> shop.orders().pay(PayOrder.by(ann, order.id()));
        });
    }

    @Test
    void cancelling() {
        everywhere(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            return shop -> shop.orders().cancel(CancelOrder.by(ann, order.id()));
        });
    }

    @Test
    @Tag("M6")
    void giving_a_part_back_and_then_the_rest() {
        everywhere(() -> {
            Order order = paidWithCoupon(2);
            return shop ->
                    shop.orders().giveBack(ReturnItems.of(order.id()).line(1, 1).restocked());
        });
        everywhere(() -> {
            Order order = paidWithCoupon(2);
            shop.orders().giveBack(ReturnItems.of(order.id()).line(1, 1));
            return shop ->
                    shop.orders().giveBack(ReturnItems.of(order.id()).line(1, 1).restocked());
        });
    }

    private Order paidWithCoupon(long quantity) {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, quantity));
        UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
        return shop.orders()
                .pay(PayOrder.by(ann, order.id()).withCoupon(coupon))
                .order();
    }

    @Test
    void changing_a_product() {
        ProductId mugs = shop.products()
                .list(ProductQuery.all(), PageRequest.first(1))
                .items()
                .get(0)
                .id();
        everywhere(() -> {
            ProductChange change = ProductChange.none().withPrice(won(names.incrementAndGet()));
            return shop -> shop.products().change(mugs, change);
        });
    }

    @Test
    void adding_an_option() {
        ProductId cup = product("CUP", 1, 1).id();
        everywhere(() -> {
            NewOption option = new NewOption("CUP-" + names.incrementAndGet(), Map.of("color", "red"), 7);
            return shop -> shop.products().addOption(cup, option);
        });
    }

    @Test
    void adjusting_stock() {
        everywhere(() -> shop -> shop.products().adjustStock(AdjustStock.of(mug, -1, "broken")));
    }

    @Test
    void issuing_a_coupon() {
        CouponId coupon = tenth();
        everywhere(() -> {
            UserId user = user("user-" + names.incrementAndGet(), 0);
            return shop -> shop.coupons().issue(user, coupon);
        });
    }

    @Test
    void paying_with_a_coupon() {
        everywhere(() -> {
            Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
            UserCouponId coupon = shop.coupons().issue(ann, tenth()).id();
            return shop -> shop.orders().pay(PayOrder.by(ann, order.id()).withCoupon(coupon));
        });
    }

    @Test
    void cancelling_what_was_paid_with_a_coupon() {
        everywhere(() -> {
            Order order = paidWithCoupon(1);
            return shop -> shop.orders().cancel(CancelOrder.by(ann, order.id()));
        });
    }

    @Test
    void filling_a_cart() {
        everywhere(() -> shop -> shop.carts().add(AddToCart.of(ann, mug, 1)));
    }

    @Test
    void placing_from_a_cart() {
        everywhere(() -> {
            shop.carts().add(AddToCart.of(ann, mug, 1));
            return shop -> shop.orders().place(PlaceOrder.fromCart(ann));
        });
    }

    @Test
    void registering_and_removing_a_user() {
        everywhere(() -> {
            UserId user = new UserId("new-" + names.incrementAndGet());
            return shop -> shop.users().register(user);
        });
        everywhere(() -> {
            UserId user = user("old-" + names.incrementAndGet(), 0);
            shop.carts().add(AddToCart.of(user, mug, 1));
            shop.coupons().issue(user, tenth());
            return shop -> shop.users().remove(user);
        });
    }

    @Test
    void adjusting_a_balance() {
        everywhere(() -> shop -> shop.users().adjust(AdjustBalance.of(ann, won(-1), "lost")));
    }

    @Test
    void receiving_stock() {
        everywhere(() ->
                shop -> shop.products().receiveStock(ReceiveStock.of(mug, 1).withNote("bought")));
    }

    @Test
    void changing_and_emptying_a_cart() {
        everywhere(() -> {
            shop.carts().clear(ann);
            CartItemId item = shop.carts().add(AddToCart.of(ann, mug, 1)).id();
            return shop -> shop.carts().changeQuantity(ann, item, 2);
        });
        everywhere(() -> {
            CartItemId item = shop.carts().add(AddToCart.of(ann, mug, 1)).id();
            return shop -> shop.carts().remove(ann, item);
        });
        everywhere(() -> {
            shop.carts().add(AddToCart.of(ann, mug, 1));
            return shop -> shop.carts().clear(ann);
        });
    }

    @Test
    void creating_a_coupon_and_changing_its_total() {
        everywhere(() -> {
            NewCoupon coupon = NewCoupon.of(
                    "Fifth", DiscountRule.percent(20), clock.instant().plusSeconds(60));
            return shop -> shop.coupons().create(coupon);
        });
        CouponId coupon = tenth();
        everywhere(() -> {
            long total = 1_000L + names.incrementAndGet();
            return shop -> shop.coupons().changeTotal(coupon, total);
        });
    }

    @Test
    @Tag("R4")
    void registering_changing_and_receiving_many() {
        everywhere(() -> {
            int number = names.incrementAndGet();
            List<NewProduct> products = List.of(
                    NewProduct.of("One", "test", won(5)).withOption("ONE-" + number, Map.of("color", "red"), 7),
                    NewProduct.of("Two", "test", won(6)).withOption("TWO-" + number, 1));
            return shop -> shop.products().registerAll(products, BulkMode.ALL_OR_NOTHING);
        });
        ProductId mugs = shop.products().findBySku("MUG").orElseThrow().id();
        everywhere(() -> {
            ProductChange change = ProductChange.none().withPrice(won(names.incrementAndGet()));
            return shop -> shop.products().changeAll(List.of(new ChangeProduct(mugs, change)), BulkMode.ALL_OR_NOTHING);
        });
        everywhere(() -> {
            List<ReceiveStock> receipts = List.of(
                    ReceiveStock.of(mug, 1).withKey(IdempotencyKey.random()),
                    ReceiveStock.of(mug, 2).withKey(IdempotencyKey.random()));
            return shop -> shop.products().receiveStockAll(receipts, BulkMode.ALL_OR_NOTHING);
        });
    }
}
