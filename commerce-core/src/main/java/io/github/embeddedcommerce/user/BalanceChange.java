package io.github.embeddedcommerce.user;

import java.time.Instant;
import org.joda.money.Money;

/**
 * One line of a user's append-only balance history. Immutable.
 *
 * @param user whose balance
 * @param number 1 for the user's first change, then consecutive
 * @param before the balance before
 * @param movement the amount and the reason
 * @param at when
 */
public record BalanceChange(UserId user, long number, Money before, BalanceMovement movement, Instant at) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public BalanceChange {
        if (number < 1 || before.isNegative() || before.plus(movement.amount()).isNegative()) {
            throw new IllegalArgumentException("change " + number + " of the balance of user " + user + " cannot add "
                    + movement.amount() + " to " + before);
        }
    }

    /** The balance after. */
    public Money after() {
        return before.plus(movement.amount());
    }
}
