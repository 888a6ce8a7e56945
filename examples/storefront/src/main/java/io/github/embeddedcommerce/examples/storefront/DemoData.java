package io.github.embeddedcommerce.examples.storefront;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is in the shop before customers come. */
@FunctionalInterface
interface DemoData {
    /** Nothing. */
    DemoData NONE = (shop, clock) -> {};

    /** Products, coupons and some sales, unless they are there already. */
    DemoData SMALL_SHOP = DemoData::smallShop;

    /** Fills the shop. */
    void fill(CommerceFacade shop, Clock clock);

    private static void smallShop(CommerceFacade shop, Clock clock) {
        if (shop.products().findBySku("MUG-CELADON").isPresent()) {
            return;
        }
        sell(shop, register(shop));
        Instant now = clock.instant();
        shop.coupons().create(NewCoupon.of("Welcome 10%", DiscountRule.percent(10), now.plus(Duration.ofDays(30))));
        shop.coupons()
                .create(NewCoupon.of(
                                "Early birds 30%",
                                DiscountRule.percent(30).atMost(Won.of(20_000)), now.plus(Duration.ofDays(7)))
                        .limitedTo(20));
        shop.coupons()
                .create(NewCoupon.of(
                                "₩5,000 off from ₩50,000",
                                DiscountRule.amount(Won.of(5_000)),
                                now.plus(Duration.ofDays(7)))
                        .forOrdersFrom(Won.of(50_000))
                        .limitedTo(3));
    }

    private static List<Product> register(CommerceFacade shop) {
        List<NewProduct> products = List.of(
                NewProduct.of("Celadon mug", "kitchen", Won.of(18_000))
                        .describedAs("Glazed by hand in Icheon. Holds 320 ml, goes into the dishwasher.")
                        .withOption("MUG-CELADON", color("celadon"), 40)
                        .withOption("MUG-WHITE", color("white"), 25),
                NewProduct.of("Brass kettle", "kitchen", Won.of(64_000))
                        .describedAs("Boils one litre, whistles in a minor third.")
                        .withOption("KETTLE", 12),
                NewProduct.of("Chef's knife", "kitchen", Won.of(89_000))
                        .describedAs("Carbon steel, 21 cm. Wants to be dried after use.")
                        .withOption("KNIFE-21", 7),
                NewProduct.of("Linen shirt", "clothing", Won.of(52_000))
                        .describedAs("Washed linen, cut wide. The longer it is worn, the softer it gets.")
                        .withOption("SHIRT-S", variant("sand", "S"), 8)
                        .withOption("SHIRT-M", variant("sand", "M"), 15)
                        .withOption("SHIRT-L", variant("sand", "L"), 0)
                        .withOption("SHIRT-NAVY-M", variant("navy", "M"), 3),
                NewProduct.of("Wool beanie", "clothing", Won.of(27_000))
                        .describedAs("Merino, one size, warm without itching.")
                        .withOption("BEANIE-RED", color("red"), 30)
                        .withOption("BEANIE-GREY", color("grey"), 30),
                NewProduct.of("Rain jacket", "clothing", Won.of(139_000))
                        .describedAs("Three layers, taped seams, packs into its own pocket.")
                        .withOption("JACKET-M", variant("moss", "M"), 5)
                        .withOption("JACKET-L", variant("moss", "L"), 5),
                NewProduct.of("Hanji notebook", "desk", Won.of(14_000))
                        .describedAs("96 pages of mulberry paper, sewn, lies flat.")
                        .withOption("NOTEBOOK", 100),
                NewProduct.of("Fountain pen", "desk", Won.of(76_000))
                        .describedAs("Piston filler with a fine steel nib.")
                        .withOption("PEN-F", Map.of("size", "F"), 9)
                        .withOption("PEN-M", Map.of("size", "M"), 9),
                NewProduct.of("Desk lamp", "desk", Won.of(112_000))
                        .describedAs("Warm at night, cool at noon, and nobody sees the cable.")
                        .withOption("LAMP", color("black"), 6),
                NewProduct.of("Last concert ticket", "events", Won.of(45_000))
                        .describedAs("The hall is full but for one seat. Open this page twice and race yourself.")
                        .withOption("TICKET", 1));
        return products.stream()
                .map(product -> shop.products().register(product))
                .toList();
    }

    private static Map<String, String> color(String color) {
        return Map.of("color", color);
    }

    private static Map<String, String> variant(String color, String size) {
        return Map.of("color", color, "size", size);
    }

    /** So that there are popular products: what was registered first was sold most. */
    private static void sell(CommerceFacade shop, List<Product> products) {
        List<Product> sold = new ArrayList<>(products.subList(0, 7));
        for (int i = 0; i < sold.size(); i++) {
            UserId user =
                    shop.users().register(new UserId(Integer.toString(i + 1))).id();
            shop.users().topUp(TopUp.of(user, Won.of(1_000_000)).withNote("demo"));
            long quantity = Math.max(1, 5 - i);
            Order order = shop.orders()
                    .place(PlaceOrder.by(user).line(sold.get(i).options().get(0).id(), quantity));
            shop.orders().pay(PayOrder.by(user, order.id()));
        }
    }
}
