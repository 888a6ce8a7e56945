package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.coupon.Coupon;
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
import java.util.Optional;
import java.util.Set;

/**
 * Keeps coupons and who was issued them, in the transaction it was handed out in. A user's coupons are issued, used and
 * given back only under the lock of the user's row.
 */
public interface CouponStore {
    /** Adds a coupon of which none is issued. */
    CouponId insert(NewCoupon coupon, Instant createdAt);

    /** The coupon as of now, unlocked: its terms never change, its supply is for showing. */
    Optional<Coupon> find(CouponId id);

    /**
     * Somebody who wants to be issued a coupon, whose row is locked. Immutable.
     *
     * @param limited whether that coupon has a limit, which never changes; false if there is no such coupon
     */
    record Applicant(UserId user, boolean limited) {}

    /**
     * Locks the row of a user who wants to be issued this coupon, and looks in the same breath whether it has a limit:
     * the row of one without is not to be locked, or all who want it would wait for each other.
     *
     * @return empty if there is no such user
     */
    Optional<Applicant> lockApplicant(UserId user, CouponId coupon);

    /**
     * Locks the rows of those of these coupons that have a limit, in the order of their ids; an id no coupon has, and a
     * coupon without a limit, is left out.
     */
    Map<CouponId, Coupon> lockLimited(Collection<CouponId> ids);

    /** Writes the supply of these limited coupons; their rows are locked. */
    void write(List<Coupon> coupons);

    /** Whether this user was issued this coupon. */
    boolean isIssued(CouponId coupon, UserId user);

    /**
     * Issues this coupon to this user, whose row is locked.
     *
     * @return the number of the issued coupon; empty if the user has one already, then nothing is written
     */
    Optional<UserCouponId> issue(CouponId coupon, UserId user, Instant now);

    /** The issued coupons with these ids; an id none has is left out. Final while their owner's row is locked. */
    Map<UserCouponId, UserCoupon> issued(Collection<UserCouponId> ids);

    /** This user's coupons that no order was paid with. Final while the user's row is locked. */
    List<UserCoupon> neverUsed(UserId user);

    /** Takes these coupons from their owners, whose rows are locked; no order was paid with them. */
    void remove(List<UserCoupon> neverUsed);

    /** Writes down what these coupons were used for; none is used yet, and their owners' rows are locked. */
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
