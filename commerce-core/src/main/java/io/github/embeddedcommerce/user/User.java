package io.github.embeddedcommerce.user;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import java.math.BigDecimal;
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

    /**
     * The next change of this user's balance. Refuses to go below zero (INSUFFICIENT_BALANCE) or above
     * {@link Validation#MAX_AMOUNT_MINOR} (VALIDATION_ERROR).
     */
    public BalanceChange change(BalanceMovement movement, Instant at) {
        Money after = balance.plus(movement.amount());
        if (after.isNegative()) {
            throw new CommerceException(
                    INSUFFICIENT_BALANCE,
                    "the balance of user " + id + " is " + balance + ", "
                            + movement.amount().negated() + " are needed: charge "
                            + after.negated() + " first",
                    Map.of(
                            "user",
                            id.value(),
                            "asked",
                            movement.amount().negated().toString(),
                            "available",
                            balance.toString()));
        }
        if (after.getAmountMinor().compareTo(BigDecimal.valueOf(Validation.MAX_AMOUNT_MINOR)) > 0) {
            throw Validation.refusal(
                    "the balance of user " + id + " may not exceed " + Validation.MAX_AMOUNT_MINOR
                            + " minor units, it would be " + after,
                    Map.of("user", id.value(), "balance", balance.toString(), "max", Validation.MAX_AMOUNT_MINOR));
        }
        return new BalanceChange(id, changes + 1, balance, movement, at);
    }

    /** Refuses a user with money left, which would be lost with the user (VALIDATION_ERROR). */
    public void refuseMoneyLeft() {
        if (!balance.isZero()) {
            throw Validation.refusal(
                    "user " + id + " still has " + balance + ": pay it out and adjust the balance to zero first",
                    Map.of("user", id.value(), "balance", balance.toString()));
        }
    }

    /** This user with the change made. */
    public User after(BalanceChange change) {
        return new User(id, change.after(), change.number(), registeredAt);
    }
}
