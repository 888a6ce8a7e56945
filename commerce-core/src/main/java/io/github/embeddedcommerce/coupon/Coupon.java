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
 * <p>It is issued first come, first served, at most once to each user, until it is sold out or expires. Its terms never
 * change; the total of a limited coupon can. It is never deleted, because orders refer to it.
 *
 * @param id assigned by the shop
 * @param terms its discount and conditions
 * @param limit how many can be issued and have been; null for an unlimited coupon, whose issues are not counted
 * @param createdAt when it was created
 */
public record Coupon(
        CouponId id, CouponTerms terms, @Nullable IssueLimit limit, Instant createdAt) {
    /** How many can still be issued; empty for an unlimited coupon. */
    public OptionalLong remaining() {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit.remaining());
    }

    /** Refuses an expired coupon (EXPIRED_COUPON). */
    public void requireUnexpired(Instant now) {
        if (terms.validity().isOver(now)) {
            throw new CommerceException(
                    EXPIRED_COUPON,
                    "coupon " + id + " (" + terms.name() + ") expired at "
                            + terms.validity().expiresAt(),
                    Map.of("coupon", id.value()));
        }
    }

    /** Whether it is limited and the total has been issued. */
    public boolean isSoldOut() {
        return limit != null && limit.remaining() == 0;
    }

    /** The refusal of an issue beyond the total. */
    public CommerceException soldOut() {
        return new CommerceException(
                COUPON_SOLD_OUT,
                "coupon " + id + " (" + terms.name() + ") is sold out",
                Map.of("coupon", id.value(), "total", limit == null ? 0 : limit.total(), "available", 0));
    }

    /**
     * Refuses a total below what is issued, one above {@link NewCoupon#MAX_TOTAL}, and an unlimited coupon
     * (VALIDATION_ERROR).
     *
     * @return the current limit
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

    /** The refusal of an unknown coupon id. */
    public static CommerceException notFound(CouponId id) {
        return new CommerceException(
                COUPON_INFO_NOT_FOUND,
                "there is no coupon " + id + ": use an id that create returned",
                Map.of("coupon", id.value()));
    }
}
