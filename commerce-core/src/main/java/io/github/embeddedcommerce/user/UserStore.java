package io.github.embeddedcommerce.user;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps users, their balances and their balance history, in the transaction it was handed out in. */
public interface UserStore {
    /** Adds a user with nothing to spend, unless there is one with this id. */
    void insert(UserId id, Instant registeredAt);

    /** The user as of now, unlocked: for showing, not for deciding. */
    Optional<User> find(UserId id);

    /** Locks these users' rows, in the order of their ids; an id nobody has is left out. */
    Map<UserId, User> lock(Collection<UserId> ids);

    /** Appends the changes and moves the balances with them. At most one change a user; their rows are locked. */
    void write(List<BalanceChange> changes);

    /** The user's latest changes, newest first. */
    List<BalanceChange> history(UserId id, int limit);
}
