package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.transaction.Stores;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** The use cases of users and their balances. Each is one transaction. Thread-safe. */
public final class Users {
    private final Context context;

    Users(Context context) {
        this.context = context;
    }

    /** Registers a user with nothing to spend; if there is one with this id already, nothing changes. */
    public User register(UserId id) {
        required(id, "user");
        return context.transactions().run("users.register", stores -> {
            stores.users().insert(id, context.now());
            return stores.users().find(id).orElseThrow();
        });
    }

    /** The user with this id; empty if there is none. */
    public Optional<User> find(UserId id) {
        required(id, "user");
        return context.transactions().run("users.find", stores -> stores.users().find(id));
    }

    /**
     * The user with this id, with the balance as of now.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public User get(UserId id) {
        return find(id).orElseThrow(id::notFound);
    }

    /**
     * Puts money into a user's balance.
     *
     * @param amount more than 0
     * @return the change, with the balance before and after it
     * @throws CommerceException VALIDATION_ERROR if the amount is not positive, too large or in another currency,
     *     USER_NOT_FOUND
     */
    public BalanceChange charge(UserId id, Money amount) {
        required(id, "user");
        Money positive = context.settings().amount(amount, "amount to charge", 1);
        BalanceMovement movement = new BalanceMovement(positive, BalanceCode.SYSTEM_CHARGE, "", "");
        return context.transactions().run("users.charge", stores -> change(id, movement, stores));
    }

    /**
     * A user's own balance changes, newest first.
     *
     * @param limit at most so many, 1 to 1,000
     * @throws CommerceException USER_NOT_FOUND
     */
    public List<BalanceChange> history(UserId id, int limit) {
        required(id, "user");
        Validation.range(limit, "limit", 1, 1_000);
        return context.transactions().run("users.history", stores -> {
            if (stores.users().find(id).isEmpty()) {
                throw id.notFound();
            }
            return stores.users().history(id, limit);
        });
    }

    private BalanceChange change(UserId id, BalanceMovement movement, Stores stores) {
        User user = stores.users().lock(Set.of(id)).get(id);
        if (user == null) {
            throw id.notFound();
        }
        BalanceChange change = user.change(movement, context.now());
        stores.users().write(List.of(change));
        return change;
    }
}
