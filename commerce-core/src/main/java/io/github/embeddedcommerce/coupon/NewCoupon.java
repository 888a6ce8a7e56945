package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.Validation.part;
import static io.github.embeddedcommerce.error.Validation.range;
import static io.github.embeddedcommerce.error.Validation.required;

import java.time.Instant;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A coupon to be created. Immutable.
 *
 * <pre>{@code
 * NewCoupon.of("Spring", DiscountRule.percent(10), endOfMay).limitedTo(100).forOrdersFrom(Money.of(KRW, 20_000))
 * }</pre>
 *
 * @param terms its discount and conditions
 * @param total how many can be issued, 0 to {@value #MAX_TOTAL}; null for no limit
 */
public record NewCoupon(CouponTerms terms, @Nullable Long total) {
    /** The largest limit. */
    public static final long MAX_TOTAL = 1_000_000_000_000L;

    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public NewCoupon {
        required(terms, "terms");
        if (total != null) {
            range(total, "total", 0, MAX_TOTAL);
        }
    }

    /** An unlimited coupon, valid at once, for any order. */
    public static NewCoupon of(String name, DiscountRule discount, Instant expiresAt) {
        CouponTerms terms = part(
                "terms",
                () -> new CouponTerms(name, discount, part("validity", () -> new Validity(null, expiresAt)), null));
        return new NewCoupon(terms, null);
    }

    /** The same, with at most this many issued. */
    public NewCoupon limitedTo(long newTotal) {
        return new NewCoupon(terms, newTotal);
    }

    /** The same, valid from this instant on; it can be issued before. */
    public NewCoupon validFrom(Instant from) {
        Validity validity = part(
                "terms.validity",
                () -> new Validity(required(from, "from"), terms.validity().expiresAt()));
        return new NewCoupon(new CouponTerms(terms.name(), terms.discount(), validity, terms.minimumTotal()), total);
    }

    /** The same, for orders with at least this total. */
    public NewCoupon forOrdersFrom(Money minimumTotal) {
        CouponTerms changed = part(
                "terms",
                () -> new CouponTerms(
                        terms.name(), terms.discount(), terms.validity(), required(minimumTotal, "minimumTotal")));
        return new NewCoupon(changed, total);
    }
}
