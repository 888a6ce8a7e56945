package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps users, their balances and their balance history, in the transaction it was handed out in. */
public interface UserStore {
    /**
     * Adds a user with nothing to spend, unless there is one with this id. Orders that an earlier user of this id has
     * left behind are taken as settled: what they were paid and refunded is in the new user's opening figure.
     */
    void insert(UserId id, Instant registeredAt);

    /** The user as of now, unlocked: for showing, not for deciding. */
    Optional<User> find(UserId id);

    /** Locks these users' rows, in the order of their ids; an id nobody has is left out. */
    Map<UserId, User> lock(Collection<UserId> ids);

    /** Appends the changes and moves the balances with them. At most one change a user; their rows are locked. */
    void write(List<BalanceChange> changes);

    /** Removes a user and the balance history; the row is locked. Orders stay. */
    void remove(UserId id);

    /** The user's changes that fit and are numbered below {@code before}, newest first. */
    List<BalanceChange> history(UserId id, BalanceQuery query, long before, int limit);

    /** How many of the user's changes fit. */
    long count(UserId id, BalanceQuery query);

    /**
     * Changes of all users made before this instant, oldest first, unlocked. They are final, and so is their order.
     *
     * @param after only changes that come after this one in that order; null to begin with the first
     */
    List<BalanceChange> oldest(Instant before, @Nullable BalanceChange after, int limit);

    /** Locks those of these users that nobody else has locked, and says what is folded already. */
    Map<UserId, OpeningBalance> lockOpeningFigures(Collection<UserId> ids);

    /** Writes these figures and removes the changes that are folded into them. The users' rows are locked. */
    void fold(List<OpeningBalance> figures);
}
