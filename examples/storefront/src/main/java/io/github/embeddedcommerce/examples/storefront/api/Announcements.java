package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The coupons that this process has created and advertises, the latest first. Thread-safe. */
public final class Announcements {
    private static final int SHOWN = 20;

    private final CopyOnWriteArrayList<CouponId> coupons = new CopyOnWriteArrayList<>();

    /** Advertises a coupon. */
    public Coupon announce(Coupon coupon) {
        coupons.add(0, coupon.id());
        return coupon;
    }

    List<CouponId> latest() {
        return coupons.stream().limit(SHOWN).toList();
    }
}
