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
 * @param percent over 0 and up to 100, with two decimals; null where a fixed amount is taken off
 * @param fixed more than 0; null where a rate is taken off
 * @param maximum the most that is taken off, more than 0; null for no maximum but the total
 */
public record DiscountRule(
        @Nullable BigDecimal percent,
        @Nullable Money fixed,
        @Nullable Money maximum) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Refuses a value out of its bounds, and anything but one of rate and fixed amount (VALIDATION_ERROR). */
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

    /** So many percent of the total, over 0 and up to 100, with at most two decimals. */
    public static DiscountRule percent(BigDecimal percent) {
        return new DiscountRule(required(percent, "percent"), null, null);
    }

    /** So many percent of the total, 1 to 100. */
    public static DiscountRule percent(long percent) {
        return percent(BigDecimal.valueOf(percent));
    }

    /** This amount, or the total where that is less. */
    public static DiscountRule amount(Money fixed) {
        return new DiscountRule(null, required(fixed, "fixed"), null);
    }

    /** The same, but never more than this. */
    public DiscountRule atMost(Money newMaximum) {
        return new DiscountRule(percent, fixed, required(newMaximum, "maximum"));
    }

    /** What is taken off this total: rounded down to the minor unit, at most the maximum and at most the total. */
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
