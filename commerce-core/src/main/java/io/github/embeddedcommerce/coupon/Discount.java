package io.github.embeddedcommerce.coupon;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The discount on an order. Immutable.
 *
 * @param amount 0 or more, at most the total of the order
 * @param coupon the issued coupon it came from; null if none was used
 */
public record Discount(Money amount, @Nullable UserCouponId coupon) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public Discount {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("a discount cannot be " + amount);
        }
    }

    /** No discount, in the currency of this amount. */
    public static Discount none(Money total) {
        return new Discount(Money.zero(total.getCurrencyUnit()), null);
    }
}
