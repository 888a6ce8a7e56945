package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.api.Announcements;
import io.github.embeddedcommerce.examples.storefront.api.CouponViews;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Coupons, as those who run the shop create them. */
public final class CouponAdminRoutes {
    private final CommerceFacade shop;
    private final Announcements announcements;

    /** @param announcements where new coupons are advertised */
    public CouponAdminRoutes(CommerceFacade shop, Announcements announcements) {
        this.shop = shop;
        this.announcements = announcements;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.create("/admin/coupons", this::create),
                Route.get("/admin/coupons/{couponId}", this::get),
                Route.patch("/admin/coupons/{couponId}", this::changeTotal));
    }

    private CouponViews.Offered create(Call call) {
        Body body = call.body(
                "couponName",
                "discountRate",
                "discountAmount",
                "maximumDiscount",
                "minimumTotal",
                "validFrom",
                "expiresAt",
                "totalQuantity");
        String name = body.text("couponName");
        DiscountRule discount = discount(body);
        NewCoupon coupon = NewCoupon.of(name, discount, body.time("expiresAt"));
        coupon = body.optionalTime("validFrom").map(coupon::validFrom).orElse(coupon);
        OptionalLong minimum = body.optionalWholeNumber("minimumTotal");
        if (minimum.isPresent()) {
            coupon = coupon.forOrdersFrom(Won.of(minimum.getAsLong()));
        }
        OptionalLong total = body.optionalWholeNumber("totalQuantity");
        if (total.isPresent()) {
            coupon = coupon.limitedTo(total.getAsLong());
        }
        return CouponViews.Offered.of(announcements.announce(shop.coupons().create(coupon)));
    }

    private static DiscountRule discount(Body body) {
        Optional<BigDecimal> rate = body.optionalNumber("discountRate");
        OptionalLong amount = body.optionalWholeNumber("discountAmount");
        if (rate.isPresent() == amount.isPresent()) {
            throw Refusals.of("discountRate", "or discountAmount must be given, and not both");
        }
        DiscountRule rule =
                rate.map(DiscountRule::percent).orElseGet(() -> DiscountRule.amount(Won.of(amount.orElse(0))));
        OptionalLong maximum = body.optionalWholeNumber("maximumDiscount");
        return maximum.isPresent() ? rule.atMost(Won.of(maximum.getAsLong())) : rule;
    }

    private CouponViews.Offered get(Call call) {
        call.query();
        return CouponViews.Offered.of(shop.coupons().get(coupon(call)));
    }

    private CouponViews.Offered changeTotal(Call call) {
        long total = call.body("totalQuantity").wholeNumber("totalQuantity");
        return CouponViews.Offered.of(shop.coupons().changeTotal(coupon(call), total));
    }

    private static CouponId coupon(Call call) {
        return new CouponId(call.id("couponId"));
    }
}
