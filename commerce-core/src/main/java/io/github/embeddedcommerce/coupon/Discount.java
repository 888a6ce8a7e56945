package io.github.embeddedcommerce.coupon;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a payment was reduced by. Immutable.
 *
 * @param amount 0 or more, at most the total of the order
 * @param coupon the issued coupon it came from; null where none was used
 */
public record Discount(Money amount, @Nullable UserCouponId coupon) {
    /** Refuses to be below 0: it would mean a bug or a damaged database. */
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
