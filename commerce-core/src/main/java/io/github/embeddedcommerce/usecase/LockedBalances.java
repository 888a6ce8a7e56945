package io.github.embeddedcommerce.usecase;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.Money;

/**
 * The users that a transaction has locked: their balances in memory, and the changes to be written. Not thread-safe.
 */
final class LockedBalances {
    private final Map<UserId, User> users;
    private final List<BalanceChange> changes = new ArrayList<>();

    private LockedBalances(Map<UserId, User> users) {
        this.users = new HashMap<>(users);
    }

    static LockedBalances lock(Set<UserId> ids, Stores stores) {
        return new LockedBalances(ids.isEmpty() ? Map.of() : stores.users().lock(ids));
    }

    /** The user as the requests before this one left it (USER_NOT_FOUND). */
    User require(UserId id) {
        User user = users.get(id);
        if (user == null) {
            throw id.notFound();
        }
        return user;
    }

    /**
     * Makes the next change of this user's balance: numbered without a gap, starting with the current balance, and no
     * earlier than the change before. Refuses to go below zero (INSUFFICIENT_BALANCE), and to raise it above
     * {@link Validation#MAX_AMOUNT_MINOR} (VALIDATION_ERROR).
     */
    BalanceChange change(UserId id, BalanceMovement movement, Instant now) {
        User user = require(id);
        Money after = user.balance().plus(movement.amount());
        if (after.isNegative()) {
            throw tooLittle(user, movement.amount().negated(), after.negated());
        }
        if (movement.amount().isPositive()
                && after.getAmountMinor().compareTo(BigDecimal.valueOf(Validation.MAX_AMOUNT_MINOR)) > 0) {
            throw tooMuch(user, movement, after);
        }
        return next(user, movement, after, now);
    }

    /**
     * The same for money that was held for an order which is not paid: it was in this balance before, so it returns
     * even if the balance has come too close to its limit in the meantime. Were it refused, an overdue order would hold
     * its stock for ever.
     */
    void giveBack(UserId id, BalanceMovement movement, Instant now) {
        User user = require(id);
        next(user, movement, user.balance().plus(movement.amount()), now);
    }

    private BalanceChange next(User user, BalanceMovement movement, Money after, Instant now) {
        Instant at = TimeOrder.notBefore(user.changedAt(), now);
        BalanceChange change = new BalanceChange(user.id(), user.changes() + 1, user.balance(), movement, at);
        users.put(user.id(), new User(user.id(), after, change.number(), user.registeredAt(), at));
        changes.add(change);
        return change;
    }

    void write(Stores stores) {
        stores.users().write(changes);
    }

    private static CommerceException tooLittle(User user, Money asked, Money missing) {
        return new CommerceException(
                INSUFFICIENT_BALANCE,
                "the balance of user " + user.id() + " is " + user.balance() + ", " + asked + " are needed: top up "
                        + missing + " first",
                Map.of(
                        "user",
                        user.id().value(),
                        "asked",
                        asked.toString(),
                        "available",
                        user.balance().toString()));
    }

    private static CommerceException tooMuch(User user, BalanceMovement movement, Money after) {
        return Validation.refusal(
                movement.orderNumber() == null ? "amount" : "order",
                "would take the balance of user " + user.id() + " to " + after + ", above the limit of "
                        + Validation.MAX_AMOUNT_MINOR + " minor units",
                Map.of(
                        "user",
                        user.id().value(),
                        "balance",
                        user.balance().toString(),
                        "max",
                        Validation.MAX_AMOUNT_MINOR));
    }
}
