package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.ErrorCode.COUPON_INFO_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.COUPON_SOLD_OUT;
import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A coupon that users can be issued, as it was when it was read. Immutable.
 *
 * <p>Its life: created once, it is issued first come, first served, to each user at most once, until it is sold out or
 * expired. Its terms never change; of a limited coupon the total can. It is never deleted, because orders speak of it.
 *
 * @param id the shop's number of it
 * @param terms what it promises
 * @param limit how many there are; null for a coupon without a limit, of which nobody keeps count
 * @param createdAt when it was created
 */
public record Coupon(
        CouponId id, CouponTerms terms, @Nullable IssueLimit limit, Instant createdAt) {
    /** How many can still be issued; empty for a coupon without a limit. */
    public OptionalLong remaining() {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit.remaining());
    }

    /** Refuses a coupon whose time is over (EXPIRED_COUPON). */
    public void requireUnexpired(Instant now) {
        if (terms.validity().isOver(now)) {
            throw new CommerceException(
                    EXPIRED_COUPON,
                    "coupon " + id + " (" + terms.name() + ") expired at "
                            + terms.validity().expiresAt(),
                    Map.of("coupon", id.value()));
        }
    }

    /** Whether every one of a limited coupon has been issued. */
    public boolean isSoldOut() {
        return limit != null && limit.remaining() == 0;
    }

    /** The refusal of issuing one more than there are. */
    public CommerceException soldOut() {
        return new CommerceException(
                COUPON_SOLD_OUT,
                "every one of coupon " + id + " (" + terms.name() + ") has been issued",
                Map.of("coupon", id.value(), "total", limit == null ? 0 : limit.total(), "available", 0));
    }

    /**
     * Refuses a total below what is issued, one above {@link NewCoupon#MAX_TOTAL}, and any for a coupon without a limit
     * (VALIDATION_ERROR).
     *
     * @return the limit as it is now
     */
    public IssueLimit requireTotal(long total) {
        if (limit == null) {
            throw Validation.refusal(
                    "total",
                    "cannot be set for coupon " + id + ", which has no limit: create another coupon with a limit",
                    Map.of("coupon", id.value()));
        }
        Validation.range(total, "total", limit.issued(), NewCoupon.MAX_TOTAL);
        return limit;
    }

    /** The refusal of an id that no coupon has. */
    public static CommerceException notFound(CouponId id) {
        return new CommerceException(
                COUPON_INFO_NOT_FOUND,
                "there is no coupon " + id + ": use an id that create returned",
                Map.of("coupon", id.value()));
    }
}
