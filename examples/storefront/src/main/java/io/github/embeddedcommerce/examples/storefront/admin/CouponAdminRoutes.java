package io.github.embeddedcommerce.examples.storefront.admin;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.api.CouponViews;
import io.github.embeddedcommerce.examples.storefront.api.Cursors;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Refusals;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.page.Page;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Coupons, as those who run the shop create them. */
public final class CouponAdminRoutes {
    private final CommerceFacade shop;

    /** The routes of this shop. */
    public CouponAdminRoutes(CommerceFacade shop) {
        this.shop = shop;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.create("/admin/coupons", this::create),
                Route.get("/admin/coupons", this::list),
                Route.get("/admin/coupons/{couponId}", this::get),
                Route.patch("/admin/coupons/{couponId}", this::changeTotal));
    }

    record Listed(List<Row> coupons, @Nullable String nextCursor) {}

    record Row(CouponViews.Offered coupon, long issued, long used) {
        static Row of(CouponCounts counts) {
            return new Row(CouponViews.Offered.of(counts.coupon()), counts.issued(), counts.used());
        }
    }

    /** The latest first. */
    private Listed list(Call call) {
        Page<CouponCounts> page =
                shop.backOffice().listCoupons(call.query("cursor", "size").page());
        return new Listed(page.map(Row::of).items(), Cursors.text(page.next()));
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
        return CouponViews.Offered.of(shop.coupons().create(coupon));
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
