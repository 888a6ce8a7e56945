package io.github.embeddedcommerce.user;

import io.github.embeddedcommerce.error.Validation;
import java.time.Instant;
import java.util.Map;
import org.joda.money.Money;

/**
 * A user with a balance. Immutable.
 *
 * <p>Each change of the balance is a {@link BalanceChange}. The changes of a user are numbered 1, 2, 3 … without a gap,
 * and each starts with the balance after the one before.
 *
 * @param id the host's id of the user
 * @param balance the balance, 0 or more; what was taken for an order that is not paid is given back even if that takes
 *     it above {@link io.github.embeddedcommerce.error.Validation#MAX_AMOUNT_MINOR}
 * @param changes how many balance changes there have been
 * @param registeredAt when the user was registered
 * @param changedAt when the balance last changed; when the user was registered, if it never has
 */
public record User(UserId id, Money balance, long changes, Instant registeredAt, Instant changedAt) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public User {
        if (balance.isNegative() || changes < 0) {
            throw new IllegalArgumentException(
                    "user " + id + " cannot have a balance of " + balance + " after " + changes + " changes");
        }
    }

    /** Refuses a user whose balance is not 0 (VALIDATION_ERROR). */
    public void requireNoMoneyLeft() {
        if (!balance.isZero()) {
            throw Validation.refusal(
                    "user",
                    id + " still has " + balance + ": pay it out and adjust the balance to zero first",
                    Map.of("user", id.value(), "balance", balance.toString()));
        }
    }
}
