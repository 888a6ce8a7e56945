package io.github.embeddedcommerce.usecase;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import java.util.Set;

/** Changes how many of a limited coupon can be issued. Thread-safe. */
public record ChangeCouponTotals(UseCaseContext context) {
    /** Changes the total, never below the number issued. Returns the coupon with its new total. */
    public Coupon change(CouponId id, long total) {
        return context.transactions().run("coupons.changeTotal", stores -> {
            LockedCoupons coupons = LockedCoupons.lock(Set.of(id), stores);
            Coupon changed = coupons.changeTotal(id, total);
            coupons.write(stores);
            return changed;
        });
    }
}
