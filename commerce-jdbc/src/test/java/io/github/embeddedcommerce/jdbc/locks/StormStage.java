package io.github.embeddedcommerce.jdbc.locks;

import static io.github.embeddedcommerce.jdbc.fixture.ShopFixture.won;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What the storm is about.
 *
 * @param product its options are what everybody orders
 * @param payers users who are charged
 * @param guests users who have nothing to spend, and come and go
 * @param coupons with a limit and without
 */
record StormStage(Product product, List<UserId> payers, List<UserId> guests, List<CouponId> coupons) {
    static StormStage in(CommerceFacade shop, Instant now) {
        NewProduct mugs = NewProduct.of("Mug", "kitchen", won(10));
        for (String color : List.of("BLUE", "RED", "WHITE", "GREEN")) {
            mugs = mugs.withOption("MUG-" + color, 300);
        }
        NewCoupon coupon = NewCoupon.of("Storm", DiscountRule.percent(10), now.plus(Duration.ofDays(1_000)));
        StormStage stage = new StormStage(
                shop.products().register(mugs),
                Stream.of("ann", "bob", "cem", "dan").map(UserId::new).toList(),
                Stream.of("guest-1", "guest-2").map(UserId::new).toList(),
                Stream.of(coupon.limitedTo(5), coupon.limitedTo(1_000), coupon, coupon, coupon)
                        .map(next -> shop.coupons().create(next).id())
                        .toList());
        Stream.concat(stage.payers.stream(), stage.guests.stream()).forEach(shop.users()::register);
        stage.payers.forEach(payer -> shop.users().topUp(TopUp.of(payer, won(5_000))));
        return stage;
    }

    List<OptionId> options() {
        return product.options().stream().map(ProductOption::id).toList();
    }

    UserId anybody(Random random) {
        List<UserId> some = random.nextInt(4) == 0 ? guests : payers;
        return some.get(random.nextInt(some.size()));
    }
}
