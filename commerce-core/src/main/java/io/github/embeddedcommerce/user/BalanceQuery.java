package io.github.embeddedcommerce.user;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.page.TimeRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects changes of a balance: those that match every condition. Immutable.
 *
 * <pre>{@code
 * BalanceQuery.all().between(monthBegins, nextMonthBegins).withCode(BalanceCode.PAYMENT)
 * }</pre>
 *
 * @param from made at this instant or later; null for no such bound
 * @param to made before this instant; null for no such bound
 * @param code with this code; null for any
 * @param reference with this reference, such as an order id, 1 to 64 characters, compared exactly; null for any
 */
public record BalanceQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable BalanceCode code,
        @Nullable String reference) {
    /**
     * Refuses a range that ends before it begins, and a reference that is empty or too long (VALIDATION_ERROR). Rounds
     * the bounds up to whole microseconds and clamps them to the years 1970 to 9999, which selects the same changes.
     */
    public BalanceQuery {
        TimeRange range = new TimeRange(from, to);
        if (reference != null) {
            Validation.text(reference, "reference", 1, 64);
        }
        from = range.from();
        to = range.to();
    }

    /** Every change. */
    public static BalanceQuery all() {
        return new BalanceQuery(null, null, null, null);
    }

    /** Only those made at {@code begin} or later and before {@code end}; null for no bound. */
    public BalanceQuery between(@Nullable Instant begin, @Nullable Instant end) {
        return new BalanceQuery(begin, end, code, reference);
    }

    /** Only those with this code. */
    public BalanceQuery withCode(BalanceCode wanted) {
        return new BalanceQuery(from, to, Validation.required(wanted, "code"), reference);
    }

    /** Only those with this reference, such as an order id. */
    public BalanceQuery withReference(String wanted) {
        return new BalanceQuery(from, to, code, Validation.required(wanted, "reference"));
    }
}
