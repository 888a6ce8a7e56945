package io.github.embeddedcommerce.user;

import io.github.embeddedcommerce.error.Validation;
import java.time.Instant;
import java.util.Map;
import org.joda.money.Money;

/**
 * Somebody who buys, with a balance to pay from. Immutable.
 *
 * <p>The balance moves only by a {@link BalanceChange}; the changes of one user are numbered 1, 2, 3 … without a gap,
 * each starting where the one before ended.
 *
 * @param id the host's id of the user
 * @param balance what there is to spend, never below zero
 * @param changes how many balance changes there have been
 * @param registeredAt when the user was registered
 */
public record User(UserId id, Money balance, long changes, Instant registeredAt) {
    /** Refuses a balance that cannot be: it would mean a bug or a damaged database. */
    public User {
        if (balance.isNegative() || changes < 0) {
            throw new IllegalArgumentException(
                    "user " + id + " cannot have a balance of " + balance + " after " + changes + " changes");
        }
    }

    /** Refuses a user with money left, which would be lost with the user (VALIDATION_ERROR). */
    public void requireNoMoneyLeft() {
        if (!balance.isZero()) {
            throw Validation.refusal(
                    "user",
                    id + " still has " + balance + ": pay it out and adjust the balance to zero first",
                    Map.of("user", id.value(), "balance", balance.toString()));
        }
    }
}
