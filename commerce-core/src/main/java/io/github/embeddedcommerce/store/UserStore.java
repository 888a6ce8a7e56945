package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps users, their balances and their balance history. Bound to one transaction; not thread-safe. */
public interface UserStore {
    /**
     * Adds a user with a balance of 0, unless there is one with this id. What an earlier user of this id paid for
     * orders and was refunded goes into the opening balance.
     */
    void insert(UserId id, Instant registeredAt);

    /** The user as of now, read without a lock: for display, not for decisions. */
    Optional<User> find(UserId id);

    /** Users whose ids come after this one, in the order in which the database compares ids. Empty comes first. */
    List<User> after(String id, int limit);

    /** Balance changes of all users behind this one, by user as in {@link #after} and then by number. */
    List<BalanceChange> changesAfter(String user, long number, int limit);

    /** Locks these users' rows, in the order of their ids; an unknown id is left out. */
    Map<UserId, User> lock(Collection<UserId> ids);

    /** Appends the changes and moves the balances with them. At most one change a user; their rows are locked. */
    void write(List<BalanceChange> changes);

    /** Removes a user and the balance history; the row is locked. Orders stay. */
    void remove(UserId id);

    /** The user's changes that fit and are numbered below {@code before}, newest first. */
    List<BalanceChange> history(UserId id, BalanceQuery query, long before, int limit);

    /** The balance changes that are kept of this order, the earliest first. */
    List<BalanceChange> changesFor(OrderId order);

    /**
     * The users that the query asks for, in its order.
     *
     * @param after only those that come after this place; null to begin with the first
     */
    List<User> list(UserQuery query, @Nullable UserPlace after, int limit);

    /** How many of the user's changes fit. */
    long count(UserId id, BalanceQuery query);

    /**
     * Changes of all users made before this instant, oldest first, unlocked. They are final, and so is their order.
     *
     * @param after only changes that come after this one in that order; null to begin with the first
     */
    List<BalanceChange> oldest(Instant before, @Nullable BalanceChange after, int limit);

    /** Locks these users, skipping locked ones, and returns their opening balances. */
    Map<UserId, OpeningBalance> lockOpeningBalances(Collection<UserId> ids);

    /** Writes these figures and removes the changes that are folded into them. The users' rows are locked. */
    void fold(List<OpeningBalance> figures);
}
