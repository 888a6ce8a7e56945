package io.github.embeddedcommerce.memory;

import static io.github.embeddedcommerce.transaction.LockOrder.USER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.store.UserStore;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

record InMemoryUsers(Rows rows, Journal journal, CurrencyUnit currency) implements UserStore {
    private static final Comparator<BalanceChange> OLDEST_FIRST = Comparator.comparing(BalanceChange::at)
            .thenComparing(BalanceChange::user)
            .thenComparing(BalanceChange::number);

    @Override
    public void insert(UserId id, Instant registeredAt) {
        if (rows.users.putIfAbsent(id, new User(id, Money.zero(currency), 0, registeredAt)) == null) {
            rows.openings.put(id, new OpeningBalance(id, 0, Money.zero(currency), paid(id, false), paid(id, true)));
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
    public void remove(UserId id) {
        rows.users.remove(id);
        rows.openings.remove(id);
        rows.carts.remove(id);
        rows.cartItems.values().removeIf(row -> row.user().equals(id));
        rows.balanceChanges.removeIf(change -> change.user().equals(id));
        journal.writesLocked(USER, id, "user " + id);
    }

    @Override
    public List<BalanceChange> history(UserId id, BalanceQuery query, long before, int limit) {
        return fitting(id, query)
                .filter(change -> change.number() < before)
                .sorted(Comparator.comparing(BalanceChange::number).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public long count(UserId id, BalanceQuery query) {
        return fitting(id, query).count();
    }

    @Override
    public List<BalanceChange> oldest(Instant before, @Nullable BalanceChange after, int limit) {
        return rows.balanceChanges.stream()
                .filter(change -> change.at().isBefore(before))
                .filter(change -> after == null || OLDEST_FIRST.compare(change, after) > 0)
                .sorted(OLDEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public Map<UserId, OpeningBalance> lockOpeningFigures(Collection<UserId> ids) {
        journal.locks(USER, ids);
        Map<UserId, OpeningBalance> figures = new TreeMap<>(rows.openings);
        figures.keySet().retainAll(ids);
        return figures;
    }

    @Override
    public void fold(List<OpeningBalance> figures) {
        for (OpeningBalance figure : figures) {
            rows.openings.put(figure.user(), figure);
            rows.balanceChanges.removeIf(
                    change -> change.user().equals(figure.user()) && change.number() <= figure.number());
            journal.writesLocked(USER, figure.user(), "opening figure of " + figure.user());
        }
    }

    private Stream<BalanceChange> fitting(UserId id, BalanceQuery query) {
        return rows.balanceChanges.stream()
                .filter(change -> change.user().equals(id))
                .filter(change -> query.from() == null || !change.at().isBefore(query.from()))
                .filter(change -> query.to() == null || change.at().isBefore(query.to()))
                .filter(change -> query.code() == null || change.movement().code() == query.code())
                .filter(change -> query.reference() == null
                        || change.movement().reference().equals(query.reference()));
    }

    private Money paid(UserId id, boolean refunded) {
        return rows.orders.values().stream()
                .filter(order -> order.user().equals(id))
                .filter(order -> order.progress().times().paidAt() != null)
                .filter(order -> !refunded || order.progress().times().closedAt() != null)
                .map(Order::finalAmount)
                .reduce(Money.zero(currency), Money::plus);
    }
}
