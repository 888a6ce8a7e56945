package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.Resource.USER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

record InMemoryUsers(Rows rows, Journal journal, CurrencyUnit currency) implements UserStore {
    @Override
    public void insert(UserId id, Instant registeredAt) {
        if (rows.users.putIfAbsent(id, new User(id, Money.zero(currency), 0, registeredAt)) == null) {
            journal.adds(USER, id, "user " + id);
        }
    }

    @Override
    public Optional<User> find(UserId id) {
        return Optional.ofNullable(rows.users.get(id));
    }

    @Override
    public Map<UserId, User> lock(Collection<UserId> ids) {
        journal.locks(USER, ids);
        Map<UserId, User> users = new TreeMap<>(rows.users);
        users.keySet().retainAll(ids);
        return users;
    }

    /** As a database would: refuses a change that does not follow the user's last one. */
    @Override
    public void write(List<BalanceChange> changes) {
        assertThat(changes.stream().map(BalanceChange::user)).doesNotHaveDuplicates();
        for (BalanceChange change : changes) {
            User user = requireNonNull(rows.users.get(change.user()));
            assertThat(change.before()).isEqualTo(user.balance());
            assertThat(change.number()).isEqualTo(user.changes() + 1);
            assertThat(change.after().isNegative()).isFalse();
            rows.users.put(user.id(), user.after(change));
            rows.balanceChanges.add(change);
            journal.writesLocked(USER, user.id(), "balance of " + user.id());
        }
    }

    @Override
    public List<BalanceChange> history(UserId id, int limit) {
        return rows.balanceChanges.stream()
                .filter(change -> change.user().equals(id))
                .sorted(Comparator.comparing(BalanceChange::number).reversed())
                .limit(limit)
                .toList();
    }
}
