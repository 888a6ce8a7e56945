package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.StorageException;
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

/**
 * Users and their balances. Each use case is one transaction; a refusal has written nothing. Thread-safe.
 *
 * <p>Every change of a balance locks the row of the user and adds one line to the user's history; nothing updates or
 * deletes a line. {@link #topUp} and {@link #adjust} can carry an idempotency key, as {@link Orders} describes it.
 */
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

    /**
     * Registers a user with a balance of 0. Idempotent: a user who is registered already is returned unchanged.
     *
     * @throws CommerceException VALIDATION_ERROR if the user is null
     * @throws StorageException if the database could not do it
     */
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

    /**
     * Finds a user, with the current balance; empty if the user is not registered.
     *
     * @throws CommerceException VALIDATION_ERROR if the user is null
     * @throws StorageException if the database could not do it
     */
    public Optional<User> find(UserId user) {
        required(user, "user");
        return context.transactions().run("users.find", stores -> stores.users().find(user));
    }

    /**
     * Returns a user, with the current balance.
     *
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the user is null
     * @throws StorageException if the database could not do it
     */
    public User get(UserId user) {
        return find(user).orElseThrow(user::notFound);
    }

    /**
     * Returns the current balance of a user.
     *
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the user is null
     * @throws StorageException if the database could not do it
     */
    public Money getBalance(UserId user) {
        return get(user).balance();
    }

    /**
     * Puts money into a user's balance.
     *
     * @return the change, with the balance before and after
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the request is null, the amount is in another currency, the balance
     *     would exceed {@link io.github.embeddedcommerce.error.Validation#MAX_AMOUNT_MINOR}, or the key was used for
     *     another request
     * @throws StorageException if the database could not do it
     */
    public BalanceChange topUp(TopUp request) {
        context.settings().inCurrency(required(request, "request").amount(), "amount");
        return context.perform(topUp, ChangeBalances.Request.of(request));
    }

    /**
     * Corrects a user's balance, up or down, never below 0.
     *
     * @return the change, with the balance before and after
     * @throws CommerceException INSUFFICIENT_BALANCE if more is to be taken out than there is
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the request is null, the amount is 0 or in another currency, the
     *     balance would exceed {@link io.github.embeddedcommerce.error.Validation#MAX_AMOUNT_MINOR}, or the key was
     *     used for another request
     * @throws StorageException if the database could not do it
     */
    public BalanceChange adjust(AdjustBalance request) {
        context.settings().inCurrency(required(request, "request").amount(), "amount");
        return context.perform(adjust, ChangeBalances.Request.of(request));
    }

    /**
     * Lists the changes of a user's balance, newest first. Purged changes are not listed.
     *
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if an argument is null, or the cursor belongs to another list
     * @throws StorageException if the database could not do it
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
     * Counts the changes of a user's balance that the query selects, on all pages. Takes the same time however many
     * they are, unless a code or a reference is asked for: then time in proportion to the count.
     *
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if an argument is null
     * @throws StorageException if the database could not do it
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
     * Removes a user for good, with the balance history, idempotency keys, cart and unused coupons. An unused coupon of
     * a limited kind can be issued to another user. Orders stay, with the coupons they were paid with: if the id is
     * registered again, the new user owns them. An order that is being placed at the very same moment may be there
     * afterwards: nobody can pay it, and it expires like any other.
     *
     * @throws CommerceException USER_NOT_FOUND if the user is not registered
     * @throws CommerceException VALIDATION_ERROR if the user is null or has a balance: pay it out and {@link #adjust}
     *     the balance to 0 first
     * @throws CommerceException INVALID_ORDER_STATUS if an order of the user's can still be paid
     * @throws StorageException if the database could not do it
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
