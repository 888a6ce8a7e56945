package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.Validation.required;

import io.github.embeddedcommerce.coupon.Coupon;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.store.IdempotentCall;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.Money;

/** The use cases of users and their balances. Each is one transaction. Thread-safe. */
public final class Users {
    private static final String HISTORY = "balance";

    private final UseCaseContext context;

    Users(UseCaseContext context) {
        this.context = context;
    }

    /** Registers a user with nothing to spend; if there is one with this id already, nothing changes. */
    public User register(UserId id) {
        required(id, "user");
        return context.transactions().run("users.register", stores -> {
            Optional<User> known = stores.users().find(id);
            if (known.isPresent()) {
                return known.get();
            }
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
     * What this user has to spend, as of now.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public Money balance(UserId id) {
        return get(id).balance();
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
        return charge(id, amount, "");
    }

    /**
     * Puts money into a user's balance.
     *
     * @param amount more than 0
     * @param note where it came from, in a person's words, up to 255 characters, may be empty
     * @return the change, with the balance before and after it
     * @throws CommerceException VALIDATION_ERROR if the amount is not positive, too large or in another currency, or
     *     the note too long, USER_NOT_FOUND
     */
    public BalanceChange charge(UserId id, Money amount, String note) {
        required(id, "user");
        BalanceMovement movement = charged(amount, note);
        return context.transactions().run("users.charge", stores -> change(id, movement, stores));
    }

    /**
     * Puts money into a user's balance as {@link #charge(UserId, Money, String)} does, once: if the call is made again
     * with its key, it returns the change of the first time. So a call whose answer was lost can simply be made again.
     * If it is being made already, it waits for that answer. A refusal leaves the key unused.
     *
     * @throws CommerceException as for {@link #charge(UserId, Money, String)}; VALIDATION_ERROR if the key was used for
     *     another request
     * @throws io.github.embeddedcommerce.error.StorageException LOCK_TIMEOUT, naming the key, if the same call is still
     *     in progress when the patience of the settings ends
     */
    public BalanceChange charge(UserId id, Money amount, String note, IdempotencyKey key) {
        required(id, "user");
        return once(id, charged(amount, note), key);
    }

    private BalanceMovement charged(Money amount, String note) {
        Money positive = context.settings().amount(amount, "amount to charge", 1);
        return new BalanceMovement(positive, BalanceCode.SYSTEM_CHARGE, note, "");
    }

    /**
     * Corrects a user's balance, up or down, never below zero.
     *
     * @param amount what to put in (positive) or take out (negative), not 0
     * @param note why, in a person's words, 1 to 255 characters: a correction that nobody explained explains nothing
     * @return the change, with the balance before and after it
     * @throws CommerceException INSUFFICIENT_BALANCE if more is to be taken out than there is, VALIDATION_ERROR if the
     *     amount is 0, too large or in another currency, or the note is blank or too long, USER_NOT_FOUND
     */
    public BalanceChange adjust(UserId id, Money amount, String note) {
        required(id, "user");
        BalanceMovement movement = adjusted(amount, note);
        return context.transactions().run("users.adjust", stores -> change(id, movement, stores));
    }

    /**
     * Corrects a user's balance as {@link #adjust(UserId, Money, String)} does, once, as {@link #charge(UserId, Money,
     * String, IdempotencyKey)} says.
     *
     * @throws CommerceException as for {@link #adjust(UserId, Money, String)}; VALIDATION_ERROR if the key was used for
     *     another request
     */
    public BalanceChange adjust(UserId id, Money amount, String note, IdempotencyKey key) {
        required(id, "user");
        return once(id, adjusted(amount, note), key);
    }

    private BalanceMovement adjusted(Money amount, String note) {
        Money signed = context.settings().inCurrency(amount, "amount to adjust by");
        return new BalanceMovement(signed, BalanceCode.ADJUST, Validation.text(note, "note", 1, 255), "");
    }

    private BalanceChange once(UserId id, BalanceMovement movement, IdempotencyKey key) {
        return IdempotentCalls.changed(id, movement)
                .run(context, IdempotentCall.toChange(id, movement, key), stores -> change(id, movement, stores));
    }

    /**
     * A user's own balance changes, newest first. Changes that a purge has folded into the opening figure are gone.
     *
     * @param query which of them
     * @param page which page, {@link PageRequest#first()} for the newest {@value PageRequest#DEFAULT_SIZE}; its cursor
     *     is one of the same user's history
     * @throws CommerceException USER_NOT_FOUND, VALIDATION_ERROR if the cursor is not one of a balance history
     */
    public Page<BalanceChange> history(UserId id, BalanceQuery query, PageRequest page) {
        required(id, "user");
        required(query, "query");
        long before = required(page, "page").below(HISTORY);
        return context.transactions().run("users.history", stores -> {
            refuseUnknown(id, stores);
            List<BalanceChange> found = stores.users().history(id, query, before, page.size() + 1);
            return Page.of(found, page.size(), change -> Cursor.behind(HISTORY, List.of(change.number())));
        });
    }

    /**
     * How many balance changes of this user fit, on all pages together. Costs as much as there are.
     *
     * @throws CommerceException USER_NOT_FOUND
     */
    public long count(UserId id, BalanceQuery query) {
        required(id, "user");
        required(query, "query");
        return context.transactions().run("users.count", stores -> {
            refuseUnknown(id, stores);
            return stores.users().count(id, query);
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
    public void remove(UserId id) {
        required(id, "user");
        context.transactions().run("users.remove", stores -> {
            List<IdempotencyKey> keys = stores.idempotency().lockAll(id);
            User user = lock(id, stores);
            user.refuseMoneyLeft();
            if (stores.orders().hasPayable(id, context.now())) {
                throw id.hasPendingOrders();
            }
            stores.idempotency().remove(id, keys);
            removeCoupons(id, stores);
            stores.users().remove(id);
            return user;
        });
    }

    private static void removeCoupons(UserId id, Stores stores) {
        List<UserCoupon> neverUsed = stores.coupons().neverUsed(id);
        if (neverUsed.isEmpty()) {
            return;
        }
        SortedSet<CouponId> coupons = new TreeSet<>();
        neverUsed.stream()
                .map(UserCoupon::coupon)
                .filter(coupon -> coupon.supply() != null)
                .forEach(coupon -> coupons.add(coupon.id()));
        List<Coupon> counted = coupons.isEmpty()
                ? List.of()
                : stores.coupons().lockLimited(coupons).values().stream()
                        .map(Coupon::issuedOnceLess)
                        .toList();
        stores.coupons().remove(neverUsed);
        if (!counted.isEmpty()) {
            stores.coupons().write(counted);
        }
    }

    private static void refuseUnknown(UserId id, Stores stores) {
        if (stores.users().find(id).isEmpty()) {
            throw id.notFound();
        }
    }

    private static User lock(UserId id, Stores stores) {
        User user = stores.users().lock(Set.of(id)).get(id);
        if (user == null) {
            throw id.notFound();
        }
        return user;
    }

    private BalanceChange change(UserId id, BalanceMovement movement, Stores stores) {
        BalanceChange change = lock(id, stores).change(movement, context.now());
        stores.users().write(List.of(change));
        return change;
    }
}
