package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Coupons: hunted and held. */
public final class CouponRoutes {
    private static final int ADVERTISED = 20;

    private final CommerceFacade shop;
    private final Clock clock;

    /** @param clock by which coupons expire */
    public CouponRoutes(CommerceFacade shop, Clock clock) {
        this.shop = shop;
        this.clock = clock;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/coupons", this::announced),
                Route.create("/api/coupons/{couponId}/issue", this::issue),
                Route.get("/api/users/{userId}/coupons", this::held));
    }

    record Announced(List<CouponViews.Offered> coupons) {}

    record Coupons(List<CouponViews.Held> coupons) {}

    private Announced announced(Call call) {
        call.query();
        Instant now = clock.instant();
        return new Announced(shop.backOffice().listCoupons(PageRequest.first(ADVERTISED)).items().stream()
                .map(CouponCounts::coupon)
                .filter(coupon -> coupon.terms().validity().expiresAt().isAfter(now))
                .map(CouponViews.Offered::of)
                .toList());
    }

    private CouponViews.Issued issue(Call call) {
        Body body = call.body("userId");
        UserId user = Call.user(body.id("userId"));
        return CouponViews.Issued.of(shop.coupons().issue(user, new CouponId(call.id("couponId"))));
    }

    private Coupons held(Call call) {
        Query query = call.query("status");
        Optional<CouponStatus> status = query.constant("status", CouponStatus.class);
        UserId user = call.user();
        shop.users().get(user);
        List<UserCoupon> held = new ArrayList<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        Page<UserCoupon> page = page(user, status, request);
        held.addAll(page.items());
        while (page.next() != null) {
            page = page(user, status, request.after(page.next()));
            held.addAll(page.items());
        }
        Instant now = clock.instant();
        return new Coupons(
                held.stream().map(coupon -> CouponViews.Held.of(coupon, now)).toList());
    }

    private Page<UserCoupon> page(UserId user, Optional<CouponStatus> status, PageRequest request) {
        return status.map(wanted -> shop.coupons().list(user, wanted, request))
                .orElseGet(() -> shop.coupons().list(user, request));
    }
}
