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
 * @param supply how many there are; null for a coupon without a limit, of which nobody keeps count
 * @param createdAt when it was created
 */
public record Coupon(
        CouponId id, CouponTerms terms, @Nullable IssueLimit supply, Instant createdAt) {
    /** How many can still be issued; empty for a coupon without a limit. */
    public OptionalLong remaining() {
        return supply == null ? OptionalLong.empty() : OptionalLong.of(supply.remaining());
    }

    /** Refuses a coupon whose time is over (EXPIRED_COUPON). Returns this coupon. */
    public Coupon unexpired(Instant now) {
        if (terms.validity().isOver(now)) {
            throw new CommerceException(
                    EXPIRED_COUPON,
                    "coupon " + id + " (" + terms.name() + ") expired at "
                            + terms.validity().expiresAt(),
                    Map.of("coupon", id.value()));
        }
        return this;
    }

    /** Whether every one of a limited coupon has been issued. */
    public boolean isSoldOut() {
        return supply != null && supply.remaining() == 0;
    }

    /** The refusal of issuing one more than there are. */
    public CommerceException soldOut() {
        return new CommerceException(
                COUPON_SOLD_OUT,
                "every one of coupon " + id + " (" + terms.name() + ") has been issued",
                Map.of("coupon", id.value(), "total", supply == null ? 0 : supply.total(), "available", 0));
    }

    /** This coupon, one more issued. */
    public Coupon issuedOnceMore() {
        return supply == null ? this : with(new IssueLimit(supply.total(), supply.issued() + 1));
    }

    /** This coupon, one fewer issued: its user is removed and never used it, so it can be issued to somebody else. */
    public Coupon issuedOnceLess() {
        return supply == null ? this : with(new IssueLimit(supply.total(), supply.issued() - 1));
    }

    /**
     * This coupon with another total. Refuses a total below what is issued, one above {@link NewCoupon#MAX_TOTAL}, and
     * a coupon without a limit (VALIDATION_ERROR).
     */
    public Coupon withTotal(long total) {
        if (supply == null) {
            throw Validation.refusal(
                    "coupon " + id + " has no limit and keeps none: create another coupon with a limit",
                    Map.of("coupon", id.value()));
        }
        Validation.range(total, "total quantity of coupon " + id, supply.issued(), NewCoupon.MAX_TOTAL);
        return with(new IssueLimit(total, supply.issued()));
    }

    /** The refusal of an id that no coupon has. */
    public static CommerceException notFound(CouponId id) {
        return new CommerceException(
                COUPON_INFO_NOT_FOUND,
                "there is no coupon " + id + ": use an id that create returned",
                Map.of("coupon", id.value()));
    }

    private Coupon with(IssueLimit newSupply) {
        return new Coupon(id, terms, newSupply, createdAt);
    }
}
