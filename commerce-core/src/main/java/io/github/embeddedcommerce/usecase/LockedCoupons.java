package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toSet;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.IssueLimit;
import io.github.embeddedcommerce.store.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Coupons as this transaction may decide on them: those that have a limit are locked, and counted in memory; the others
 * are read, because all who want one would wait for each other. Not thread-safe.
 */
final class LockedCoupons {
    private final Map<CouponId, Coupon> coupons;
    private final Map<CouponId, Coupon> changed = new TreeMap<>();

    LockedCoupons(Map<CouponId, Coupon> coupons) {
        this.coupons = new HashMap<>(coupons);
    }

    static LockedCoupons lock(Set<CouponId> ids, Stores stores) {
        Map<CouponId, Coupon> coupons =
                new HashMap<>(ids.isEmpty() ? Map.of() : stores.coupons().lockLimited(ids));
        Set<CouponId> others =
                ids.stream().filter(id -> !coupons.containsKey(id)).collect(toSet());
        if (!others.isEmpty()) {
            coupons.putAll(stores.coupons().find(others));
        }
        return new LockedCoupons(coupons);
    }

    /** The coupon as the requests before this one left it (COUPON_INFO_NOT_FOUND). */
    Coupon require(CouponId id) {
        Coupon coupon = coupons.get(id);
        if (coupon == null) {
            throw Coupon.notFound(id);
        }
        return coupon;
    }

    /**
     * Counts coupons as issued, or, below 0, as issued no longer; of a coupon without a limit nobody keeps count.
     *
     * @return the coupon as it is then
     */
    Coupon count(CouponId id, long issued) {
        Coupon coupon = require(id);
        IssueLimit limit = coupon.limit();
        return limit == null ? coupon : put(coupon, new IssueLimit(limit.total(), limit.issued() + issued));
    }

    /** Changes how many can be issued. Refuses what the coupon refuses. */
    Coupon changeTotal(CouponId id, long total) {
        Coupon coupon = require(id);
        return put(coupon, new IssueLimit(total, coupon.requireTotal(total).issued()));
    }

    private Coupon put(Coupon coupon, IssueLimit limit) {
        Coupon after = new Coupon(coupon.id(), coupon.terms(), limit, coupon.createdAt());
        coupons.put(after.id(), after);
        changed.put(after.id(), after);
        return after;
    }

    void write(Stores stores) {
        stores.coupons().write(List.copyOf(changed.values()));
    }
}
