package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.Validation.amount;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a coupon promises. It never changes, so every issued coupon is worth what it was when it was issued. Immutable.
 *
 * @param name 1 to 100 characters
 * @param discount how much it takes off
 * @param validity when it can be used
 * @param minimumTotal the smallest order total it can be used for, 0 or more; null for any
 */
public record CouponTerms(
        String name,
        DiscountRule discount,
        Validity validity,
        @Nullable Money minimumTotal) {
    /** Refuses a value out of its bounds (VALIDATION_ERROR). */
    public CouponTerms {
        text(name, "name", 1, 100);
        required(discount, "discount");
        required(validity, "validity");
        if (minimumTotal != null) {
            amount(minimumTotal, "minimumTotal", 0);
        }
    }

    /** Whether the total of the order is too small. */
    boolean asksForMoreThan(Money total) {
        return minimumTotal != null && total.isLessThan(minimumTotal);
    }
}
