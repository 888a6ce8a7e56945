package io.github.embeddedcommerce.coupon;

import static io.github.embeddedcommerce.error.Validation.refusal;
import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.Validation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * How much a coupon takes off: a rate of the order's total or a fixed amount, and never more than a maximum. Immutable.
 *
 * <pre>{@code
 * DiscountRule.percent(new BigDecimal("12.5")).atMost(Money.of(KRW, 5_000))
 * }</pre>
 *
 * @param percent over 0 and up to 100, with two decimals; null for a fixed amount
 * @param fixed more than 0; null for a rate
 * @param maximum the largest discount, more than 0; null for the total of the order
 */
public record DiscountRule(
        @Nullable BigDecimal percent,
        @Nullable Money fixed,
        @Nullable Money maximum) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Refuses a value out of range, and both or none of rate and fixed amount (VALIDATION_ERROR). */
    public DiscountRule {
        if ((percent == null) == (fixed == null)) {
            throw refusal("percent", "or a fixed amount must be given, and not both", Map.of());
        }
        if (percent != null) {
            percent = checked(percent);
        }
        if (fixed != null) {
            Validation.amount(fixed, "fixed", 1);
        }
        if (maximum != null) {
            Validation.amount(maximum, "maximum", 1);
        }
    }

    /** A rate of the total, over 0 and up to 100 percent, with at most two decimals. */
    public static DiscountRule percent(BigDecimal percent) {
        return new DiscountRule(required(percent, "percent"), null, null);
    }

    /** A rate of the total, 1 to 100 percent. */
    public static DiscountRule percent(long percent) {
        return percent(BigDecimal.valueOf(percent));
    }

    /** A fixed amount; at most the total is taken off. */
    public static DiscountRule amount(Money fixed) {
        return new DiscountRule(null, required(fixed, "fixed"), null);
    }

    /** The same, up to this amount. */
    public DiscountRule atMost(Money newMaximum) {
        return new DiscountRule(percent, fixed, required(newMaximum, "maximum"));
    }

    /** The discount on this total: rounded down to the minor unit, at most the maximum and the total. */
    public Money on(Money total) {
        Money uncapped = percent == null
                ? required(fixed, "fixed")
                : total.multipliedBy(percent.movePointLeft(2), RoundingMode.DOWN);
        Money capped = maximum == null ? uncapped : smaller(uncapped, maximum);
        return smaller(capped, total);
    }

    private static Money smaller(Money one, Money other) {
        return one.isLessThan(other) ? one : other;
    }

    private static BigDecimal checked(BigDecimal percent) {
        boolean within = percent.signum() > 0 && percent.compareTo(HUNDRED) <= 0;
        if (!within || percent.stripTrailingZeros().scale() > 2) {
            throw refusal(
                    "percent",
                    "must be over 0 and up to 100, with at most two decimals, it is " + percent,
                    Map.of("value", percent.toString()));
        }
        return percent.setScale(2, RoundingMode.UNNECESSARY);
    }
}
