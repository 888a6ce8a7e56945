package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponTerms;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.examples.storefront.Won;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalLong;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Coupons as answers show them. A discount is either a rate, in percent, or an amount; the other one is null. */
public final class CouponViews {
    private CouponViews() {}

    /**
     * A coupon that can be issued.
     *
     * @param totalQuantity null if there is no limit
     * @param remainingQuantity likewise
     */
    public record Offered(
            long couponId,
            String couponName,
            @Nullable BigDecimal discountRate,
            @Nullable Long discountAmount,
            @Nullable Long maximumDiscount,
            @Nullable Long minimumTotal,
            @Nullable String validFrom,
            String expiresAt,
            @Nullable Long totalQuantity,
            @Nullable Long remainingQuantity) {
        /** How customers and the back office see it. */
        public static Offered of(Coupon coupon) {
            CouponTerms terms = coupon.terms();
            Instant from = terms.validity().from();
            return new Offered(
                    coupon.id().value(),
                    terms.name(),
                    rate(coupon),
                    won(terms.discount().fixed()),
                    won(terms.discount().maximum()),
                    won(terms.minimumTotal()),
                    from == null ? null : from.toString(),
                    terms.validity().expiresAt().toString(),
                    coupon.limit() == null ? null : coupon.limit().total(),
                    remaining(coupon));
        }
    }

    record Issued(
            long userCouponId,
            String couponName,
            @Nullable BigDecimal discountRate,
            @Nullable Long discountAmount,
            String expiresAt,
            @Nullable Long remainingQuantity) {
        static Issued of(UserCoupon issued) {
            return new Issued(
                    issued.id().value(),
                    issued.coupon().terms().name(),
                    rate(issued.coupon()),
                    won(issued.coupon().terms().discount().fixed()),
                    issued.coupon().terms().validity().expiresAt().toString(),
                    remaining(issued.coupon()));
        }
    }

    record Held(
            long userCouponId,
            long couponId,
            String couponName,
            @Nullable BigDecimal discountRate,
            @Nullable Long discountAmount,
            String status,
            String expiresAt,
            String issuedAt,
            @Nullable String usedAt) {
        static Held of(UserCoupon held, Instant now) {
            UserCoupon.Use use = held.use();
            return new Held(
                    held.id().value(),
                    held.coupon().id().value(),
                    held.coupon().terms().name(),
                    rate(held.coupon()),
                    won(held.coupon().terms().discount().fixed()),
                    held.status(now).name(),
                    held.coupon().terms().validity().expiresAt().toString(),
                    held.issuedAt().toString(),
                    use == null ? null : use.at().toString());
        }
    }

    /** 10.00 percent is written as 10. */
    private static @Nullable BigDecimal rate(Coupon coupon) {
        BigDecimal percent = coupon.terms().discount().percent();
        if (percent == null) {
            return null;
        }
        BigDecimal shortest = percent.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static @Nullable Long won(@Nullable Money amount) {
        return amount == null ? null : Long.valueOf(Won.in(amount));
    }

    private static @Nullable Long remaining(Coupon coupon) {
        OptionalLong remaining = coupon.remaining();
        return remaining.isPresent() ? Long.valueOf(remaining.getAsLong()) : null;
    }
}
