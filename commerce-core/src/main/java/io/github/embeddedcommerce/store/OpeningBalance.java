package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.UserId;
import java.util.Comparator;
import java.util.List;
import org.joda.money.Money;

/**
 * The sum of the purged start of a user's balance history: the changes up to {@code number} are folded into it, and the
 * remaining changes continue from it. Immutable.
 *
 * @param user the user
 * @param number of the last folded change; 0 if there is none
 * @param balance after that change
 * @param paid what folded changes paid for orders, 0 or more
 * @param refunded what folded changes refunded for orders, 0 or more
 */
public record OpeningBalance(UserId user, long number, Money balance, Money paid, Money refunded) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public OpeningBalance {
        if (number < 0 || balance.isNegative() || paid.isNegative() || refunded.isNegative()) {
            throw new IllegalArgumentException("the history of user " + user + " cannot begin after change " + number
                    + " with " + balance + ", of " + paid + " paid " + refunded + " refunded");
        }
    }

    /**
     * This with those of the changes folded in that follow without a gap. Stops at a gap, and at a change that does not
     * start with the balance of the one before, so that damage is kept for the audit.
     *
     * @param changes of this user, in any order
     */
    public OpeningBalance fold(List<BalanceChange> changes) {
        OpeningBalance folded = this;
        for (BalanceChange change : changes.stream()
                .sorted(Comparator.comparing(BalanceChange::number))
                .toList()) {
            if (change.number() == folded.number + 1 && change.before().equals(folded.balance)) {
                folded = folded.after(change);
            }
        }
        return folded;
    }

    private OpeningBalance after(BalanceChange change) {
        Money amount = change.movement().amount();
        return switch (change.movement().code()) {
            case PAYMENT -> new OpeningBalance(user, change.number(), change.after(), paid.minus(amount), refunded);
            case REFUND -> new OpeningBalance(user, change.number(), change.after(), paid, refunded.plus(amount));
            case SYSTEM_CHARGE, ADJUST -> new OpeningBalance(user, change.number(), change.after(), paid, refunded);
        };
    }
}
