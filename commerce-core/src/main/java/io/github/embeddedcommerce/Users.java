package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.ChangeBalances;
import io.github.embeddedcommerce.usecase.RemoveUsers;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** The use cases of users and their balances. Each is one transaction. Thread-safe. */
public final class Users {
    private static final String HISTORY = "balance";

    private final UseCaseContext context;
    private final ChangeBalances topUp;
    private final ChangeBalances adjust;
    private final RemoveUsers remove;

    Users(UseCaseContext context) {
        this.context = context;
        this.topUp = ChangeBalances.topUp(context);
        this.adjust = ChangeBalances.adjust(context);
        this.remove = new RemoveUsers(context);
    }

    /** Registers a user with nothing to spend; if there is one with this id already, nothing changes. */
    public User register(UserId user) {
        required(user, "user");
        return context.transactions().run("users.register", stores -> {
            Optional<User> known = stores.users().find(user);
            if (known.isPresent()) {
                return known.get();
            }
            stores.users().insert(user, context.now());
            return stores.users().find(user).orElseThrow();
        });
    }

    /** The user with this id; empty if there is none. */
    public Optional<User> find(UserId user) {
        required(user, "user");
        return context.transactions().run("users.find", stores -> stores.users().find(user));
    }

    /**
     * The user with this id, with the balance as of now.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public User get(UserId user) {
        return find(user).orElseThrow(user::notFound);
    }

    /**
     * What this user has to spend, as of now.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public Money getBalance(UserId user) {
        return get(user).balance();
    }

    /**
     * Puts money into a user's balance.
     *
     * @return the change, with the balance before and after it
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the amount is in another currency, the balance would become too
     *     large, or the key was used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public BalanceChange topUp(TopUp request) {
        context.settings().inCurrency(required(request, "request").amount(), "amount");
        return context.perform(topUp, ChangeBalances.Request.of(request));
    }

    /**
     * Corrects a user's balance, up or down, never below zero.
     *
     * @return the change, with the balance before and after it
     * @throws CommerceException INSUFFICIENT_BALANCE if more is to be taken out than there is
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the amount is 0 or in another currency, the balance would become
     *     too large, or the key was used for another request
     * @throws io.github.embeddedcommerce.error.StorageException if the database could not do it
     */
    public BalanceChange adjust(AdjustBalance request) {
        context.settings().inCurrency(required(request, "request").amount(), "amount");
        return context.perform(adjust, ChangeBalances.Request.of(request));
    }

    /**
     * A user's own balance changes, newest first. Changes that a purge has folded into the opening figure are gone.
     *
     * @param query which of them
     * @param page which page, {@link PageRequest#first()} for the newest {@value PageRequest#DEFAULT_SIZE}; its cursor
     *     is one of the same user's history
     * @throws CommerceException USER_NOT_FOUND, VALIDATION_ERROR if the cursor is not one of a balance history
     */
    public Page<BalanceChange> listBalanceChanges(UserId user, BalanceQuery query, PageRequest page) {
        required(user, "user");
        required(query, "query");
        long before = required(page, "page").below(HISTORY);
        return context.transactions().run("users.listBalanceChanges", stores -> {
            refuseUnknown(user, stores);
            List<BalanceChange> found = stores.users().history(user, query, before, page.size() + 1);
            return Page.of(found, page.size(), change -> Cursor.behind(HISTORY, List.of(change.number())));
        });
    }

    /**
     * How many balance changes of this user fit, on all pages together. Costs as much as there are.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public long countBalanceChanges(UserId user, BalanceQuery query) {
        required(user, "user");
        required(query, "query");
        return context.transactions().run("users.countBalanceChanges", stores -> {
            refuseUnknown(user, stores);
            return stores.users().count(user, query);
        });
    }

    /**
     * Removes a user for good, with the balance history, the idempotency keys, the cart, and the coupons that no order
     * was paid with; those of a limited coupon can be issued to others. Orders stay, under the id they were placed
     * with: if the id is registered again, the new user sees them.
     *
     * <p>A user who still has money is refused, so that none is lost: pay it out and {@link #adjust} the balance to
     * zero first. So is one with an order that can still be paid: cancel it, or let it expire.
     *
     * @throws CommerceException USER_NOT_FOUND, VALIDATION_ERROR if the balance is not zero, INVALID_ORDER_STATUS if an
     *     order is pending
     */
    public void remove(UserId user) {
        required(user, "user");
        remove.remove(user);
    }

    private static void refuseUnknown(UserId user, Stores stores) {
        if (stores.users().find(user).isEmpty()) {
            throw user.notFound();
        }
    }
}
