package io.github.embeddedcommerce.user;

import static io.github.embeddedcommerce.error.Validation.required;
import static io.github.embeddedcommerce.error.Validation.text;

import io.github.embeddedcommerce.error.Validation;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Selects users, those that match every condition, and sorts them. Immutable.
 *
 * <pre>{@code
 * UserQuery.all().withIdFrom("acme-")
 * UserQuery.all().withBalanceFrom(Money.of(KRW, 1_000_000)).sortedBy(UserQuery.Sort.BALANCE_DOWN)
 * }</pre>
 *
 * @param prefix how the id begins, up to 64 characters, compared exactly; empty for any id
 * @param minBalance with at least this balance, in the shop's currency; null for any
 * @param maxBalance with at most this balance, in the shop's currency; null for any
 * @param sort the order
 */
public record UserQuery(
        String prefix, @Nullable Money minBalance, @Nullable Money maxBalance, Sort sort) {
    /** The orders in which users can be listed. */
    public enum Sort {
        /** By id, in the order of the Unicode characters. */
        ID,
        /** The lowest balance first; ties by id. */
        BALANCE_UP,
        /** The highest balance first; ties by id, the last first. */
        BALANCE_DOWN
    }

    /** Refuses a prefix that is too long, and a range that ends below its beginning (VALIDATION_ERROR). */
    public UserQuery {
        text(prefix, "prefix", 0, 64);
        required(sort, "sort");
        if (minBalance != null && maxBalance != null && minBalance.isGreaterThan(maxBalance)) {
            throw Validation.refusal(
                    "maxBalance",
                    "must not be less than the lowest balance, " + minBalance + ", it is " + maxBalance,
                    Map.of("value", maxBalance.toString(), "min", minBalance.toString()));
        }
    }

    /** Every user, by id. */
    public static UserQuery all() {
        return new UserQuery("", null, null, Sort.ID);
    }

    /** Only users whose id begins so. */
    public UserQuery withIdFrom(String newPrefix) {
        return new UserQuery(newPrefix, minBalance, maxBalance, sort);
    }

    /** Only users with at least this balance. */
    public UserQuery withBalanceFrom(Money min) {
        return new UserQuery(prefix, required(min, "minBalance"), maxBalance, sort);
    }

    /** Only users with at most this balance. */
    public UserQuery withBalanceUpTo(Money max) {
        return new UserQuery(prefix, minBalance, required(max, "maxBalance"), sort);
    }

    /** The same in this order. */
    public UserQuery sortedBy(Sort newSort) {
        return new UserQuery(prefix, minBalance, maxBalance, newSort);
    }

    /** The name of this list in its cursors: lists that are sorted alike share it. */
    public String listName() {
        return "users." + sort;
    }
}
