package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.Validation.amount;
import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The discount of a coupon and its conditions, which never change. Immutable.
 *
 * @param name 1 to 100 characters
 * @param discount what it takes off
 * @param validity when it can be used
 * @param minimumTotal the smallest order total it can be used for, 0 or more; null for any
 */
public record CouponTerms(
        String name,
        DiscountRule discount,
        Validity validity,
        @Nullable Money minimumTotal) {
    /** Refuses a value that is null or out of range (VALIDATION_ERROR). */
    public CouponTerms {
        text(name, "name", 1, 100);
        required(discount, "discount");
        required(validity, "validity");
        if (minimumTotal != null) {
            amount(minimumTotal, "minimumTotal", 0);
        }
    }

    /** Whether this total is below the minimum. */
    boolean asksForMoreThan(Money total) {
        return minimumTotal != null && total.isLessThan(minimumTotal);
    }
}
