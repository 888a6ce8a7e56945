package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_ISSUED;
import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_USED;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_COUPON;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A coupon in the hands of a user, as it was when it was read. Immutable.
 *
 * <p>Its life: issued once, it pays for at most one order at a time. If that order is cancelled before the coupon
 * expires, its user has it back and can use it again; after that it stays used.
 *
 * @param id the shop's number of it
 * @param user its owner, the only one who can use it
 * @param coupon what it is one of
 * @param issuedAt when the user got it
 * @param use what it was used for; null while it was not
 */
public record UserCoupon(
        UserCouponId id,
        UserId user,
        Coupon coupon,
        Instant issuedAt,
        @Nullable Use use) {
    /**
     * What an issued coupon was used for.
     *
     * @param order the number of the order that was paid with it
     * @param at when
     */
    public record Use(long order, Instant at) {
        /** Refuses a number that no order has: it would mean a bug or a damaged database. */
        public Use {
            if (order < 1) {
                throw new IllegalArgumentException("a coupon cannot have been used for order " + order);
            }
        }
    }

    /** Whether it is of use at this instant. */
    public CouponStatus status(Instant now) {
        if (use != null) {
            return CouponStatus.USED;
        }
        return coupon.terms().validity().isOver(now) ? CouponStatus.EXPIRED : CouponStatus.AVAILABLE;
    }

    /**
     * What this coupon takes off an order of this total. Refuses, in this order, anybody but its owner
     * (INVALID_COUPON), a second use (ALREADY_USED), a coupon whose time is over (EXPIRED_COUPON) or has not come
     * (INVALID_COUPON), a total below its minimum (INVALID_COUPON), and one it takes nothing off, for which it would be
     * used up in vain (INVALID_COUPON).
     */
    public Discount discountOn(Money total, UserId payer, Instant now) {
        if (!payer.equals(user)) {
            throw refusal(INVALID_COUPON, "belongs to another user than " + payer);
        }
        if (use != null) {
            throw refusal(ALREADY_USED, "was used for order " + use.order() + ": pay with another one or without");
        }
        coupon.requireUnexpired(now);
        CouponTerms terms = coupon.terms();
        if (terms.validity().isAhead(now)) {
            throw refusal(INVALID_COUPON, "is valid from " + terms.validity().from() + " on: pay later or without it");
        }
        if (terms.asksForMoreThan(total)) {
            throw refusal(
                    INVALID_COUPON, "is for orders from " + terms.minimumTotal() + " on, this one is of " + total);
        }
        Money amount = terms.discount().on(total);
        if (amount.isZero()) {
            throw refusal(INVALID_COUPON, "takes nothing off an order of " + total + ": pay without it");
        }
        return new Discount(amount, id);
    }

    /** Whether its user has it back when the order it paid for is cancelled now: only if it has not expired. */
    public boolean isReturnable(Instant now) {
        return !coupon.terms().validity().isOver(now);
    }

    /** The refusal of an id that no issued coupon has. */
    public static CommerceException notFound(UserCouponId id) {
        return new CommerceException(
                COUPON_NOT_FOUND,
                "there is no issued coupon " + id + ": use an id that issue or list returned",
                Map.of("userCoupon", id.value()));
    }

    /** The refusal of a second one for the same user. */
    public static CommerceException alreadyIssued(UserId user, CouponId coupon) {
        return new CommerceException(
                ALREADY_ISSUED,
                "user " + user + " has coupon " + coupon + " already, each user gets one: list shows it",
                Map.of("user", user.value(), "coupon", coupon.value()));
    }

    private CommerceException refusal(ErrorCode code, String reason) {
        return new CommerceException(
                code, "coupon " + id + " (" + coupon.terms().name() + ") " + reason, Map.of("userCoupon", id.value()));
    }
}
