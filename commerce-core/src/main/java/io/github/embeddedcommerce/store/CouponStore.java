package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponCounts;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps coupons and who was issued them. Bound to one transaction; not thread-safe. A user's coupons are issued, used
 * and returned only under the lock of the user's row.
 */
public interface CouponStore {
    /** Adds a coupon of which none is issued. */
    CouponId insert(NewCoupon coupon, Instant createdAt);

    /** The coupons as of now, read without a lock: their terms never change, their counts are for display. */
    Map<CouponId, Coupon> find(Set<CouponId> ids);

    /**
     * Coupons with an id below this one and how many of each were issued and used, the latest created first. Takes time
     * in proportion to the coupons issued.
     */
    List<CouponCounts> counts(long below, int limit);

    /**
     * What can be decided on when coupons are to be issued. Immutable.
     *
     * @param users those who are registered; their rows are locked
     * @param issued those of the requests, and of others perhaps, that were issued before
     * @param coupons the coupons; the rows of those that have a limit are locked
     */
    record LockedForIssue(Set<UserId> users, Map<CouponForUser, UserCouponId> issued, Map<CouponId, Coupon> coupons) {
        /** Copies the collections. */
        public LockedForIssue {
            users = Set.copyOf(users);
            issued = Map.copyOf(issued);
            coupons = Map.copyOf(coupons);
        }
    }

    /**
     * Locks the rows of users who want to be issued coupons, then the rows of those of these coupons that have a limit,
     * each in the order of their ids, and reads the rest. A coupon without a limit is not locked, or all who want it
     * would wait for each other. An unknown id is left out.
     *
     * @param requests who wants which coupon
     */
    LockedForIssue lockForIssue(Set<CouponForUser> requests);

    /**
     * Locks the rows of those of these coupons that have a limit, in the order of their ids; an id no coupon has, and a
     * coupon without a limit, is left out.
     */
    Map<CouponId, Coupon> lockLimited(Collection<CouponId> ids);

    /** Writes the limits of these coupons; their rows are locked. */
    void write(List<Coupon> coupons);

    /**
     * Issues these coupons to these users, whose rows are locked and who have none of them yet.
     *
     * @param times when each is issued
     */
    Map<CouponForUser, UserCouponId> issue(Map<CouponForUser, Instant> times);

    /** The issued coupons with these ids; an unknown id is left out. Final while their owner's row is locked. */
    Map<UserCouponId, UserCoupon> issued(Collection<UserCouponId> ids);

    /** This user's coupons that no order was paid with. Final while the user's row is locked. */
    List<UserCoupon> neverUsed(UserId user);

    /** Takes these coupons from their owners, whose rows are locked; no order was paid with them. */
    void remove(List<UserCoupon> neverUsed);

    /** Writes the use of these coupons; their owners' rows are locked. */
    void use(List<UserCoupon> used);

    /** Makes these coupons usable again; all are used, and their owners' rows are locked. */
    void giveBack(Set<UserCouponId> ids);

    /**
     * A user's coupons that have one of these statuses now, the latest issued first.
     *
     * @param below only those whose number is below this
     */
    List<UserCoupon> list(UserId user, Set<CouponStatus> statuses, Instant now, long below, int limit);
}
