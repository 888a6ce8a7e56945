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
 * A coupon that was issued to a user, as it was when it was read. Immutable.
 *
 * <p>It can be used once. If the order is cancelled before the coupon expires, it can be used again; otherwise it stays
 * used.
 *
 * @param id assigned by the shop
 * @param user its owner, the only one who can use it
 * @param coupon the coupon that was issued
 * @param issuedAt when it was issued
 * @param use the order it was used for; null if it is not used
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
        /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
        public Use {
            if (order < 1) {
                throw new IllegalArgumentException("a coupon cannot have been used for order " + order);
            }
        }
    }

    /** Its status at this instant. */
    public CouponStatus status(Instant now) {
        if (use != null) {
            return CouponStatus.USED;
        }
        return coupon.terms().validity().isOver(now) ? CouponStatus.EXPIRED : CouponStatus.AVAILABLE;
    }

    /**
     * The discount of this coupon on an order with this total. Refuses, in this order: a payer who is not its owner
     * (INVALID_COUPON), a used coupon (ALREADY_USED), an expired one (EXPIRED_COUPON), one that is not valid yet, a
     * total below the minimum, and a discount of 0 (INVALID_COUPON).
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

    /** Whether it can be used again if its order is cancelled now. */
    public boolean isReturnable(Instant now) {
        return !coupon.terms().validity().isOver(now);
    }

    /** The refusal of an unknown issued coupon id. */
    public static CommerceException notFound(UserCouponId id) {
        return new CommerceException(
                COUPON_NOT_FOUND,
                "there is no issued coupon " + id + ": use an id that issue or list returned",
                Map.of("userCoupon", id.value()));
    }

    /** The refusal of a second issue to the same user. */
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
