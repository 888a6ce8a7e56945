package io.github.embeddedcommerce.jdbc.model;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The users of the reference, and their money. */
final class ReferenceUsers {
    private final ReferenceShop shop;
    private final TreeMap<String, Purse> purses = new TreeMap<>();

    ReferenceUsers(ReferenceShop shop) {
        this.shop = shop;
    }

    /** A user's money. */
    static final class Purse {
        final Instant since;
        final List<Change> kept = new ArrayList<>();
        long balance;
        long changes;

        Purse(Instant since) {
            this.since = since;
        }
    }

    /** A line of a user's history. */
    record Change(String user, long number, long before, long amount, String why, String note, Instant at) {
        String code() {
            return why.substring(0, why.indexOf('|'));
        }

        String reference() {
            return why.substring(why.indexOf('|') + 1);
        }

        @Override
        public String toString() {
            return Told.of(user, number, before, amount, before + amount, why, note, at);
        }
    }

    boolean knows(String user) {
        return purses.containsKey(user);
    }

    Purse known(String user) {
        Purse purse = Refused.unless(purses.get(user), USER_NOT_FOUND);
        return purse;
    }

    /** What a user has; 0 if unknown. */
    long balance(String user) {
        Purse purse = purses.get(user);
        return purse == null ? 0 : purse.balance;
    }

    String register(String user) {
        purses.computeIfAbsent(user, unknown -> new Purse(shop.now));
        return get(user);
    }

    String get(String user) {
        Purse purse = known(user);
        return Told.of(user, purse.balance, purse.changes, purse.since);
    }

    /** Everybody, the highest balance first, of equal ones the last id. */
    List<String> richestFirst() {
        return purses.descendingMap().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparing((Purse purse) -> -purse.balance)))
                .map(entry -> get(entry.getKey()))
                .toList();
    }

    String topUp(String user, long amount, String note) {
        Refused.when(amount < 1 || amount > ReferenceShop.MOST_MONEY, VALIDATION_ERROR);
        return change(user, amount, "SYSTEM_CHARGE|", note);
    }

    String adjust(String user, long amount, String note) {
        Refused.when(amount == 0 || Math.abs(amount) > ReferenceShop.MOST_MONEY, VALIDATION_ERROR);
        Refused.when(note.isBlank(), VALIDATION_ERROR);
        return change(user, amount, "ADJUST|", note);
    }

    private String change(String user, long amount, String why, String note) {
        Purse purse = known(user);
        refuseBeyond(purse, amount);
        return move(user, amount, why, note);
    }

    void refuseBeyond(Purse purse, long amount) {
        Refused.when(purse.balance + amount < 0, INSUFFICIENT_BALANCE);
        Refused.when(amount > 0 && purse.balance + amount > ReferenceShop.MOST_MONEY, VALIDATION_ERROR);
    }

    /** Moves a balance, once it is sure that it can be moved so. */
    String move(String user, long amount, String why, String note) {
        Purse purse = known(user);
        purse.changes++;
        Change change = new Change(user, purse.changes, purse.balance, amount, why, note, shop.now);
        purse.balance += amount;
        purse.kept.add(change);
        return change.toString();
    }

    /** Newest first; from the one instant on and before the other. */
    List<String> history(
            String user,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String code,
            @Nullable String reference) {
        Refused.when(from != null && to != null && from.isAfter(to), VALIDATION_ERROR);
        List<String> found = new ArrayList<>();
        for (Change change : known(user).kept) {
            if ((from == null || !change.at().isBefore(from))
                    && (to == null || change.at().isBefore(to))
                    && (code == null || code.equals(change.code()))
                    && (reference == null || reference.equals(change.reference()))) {
                found.add(0, change.toString());
            }
        }
        return found;
    }

    String remove(String user) {
        Refused.when(known(user).balance != 0, VALIDATION_ERROR);
        Refused.when(shop.orders.payableBy(user), INVALID_ORDER_STATUS);
        shop.coupons.forget(user);
        shop.carts.forget(user);
        shop.keys.forget(user);
        purses.remove(user);
        return "removed";
    }

    /** How many changes from before this instant are folded away. */
    long purge(Instant before) {
        long purged = 0;
        for (Purse purse : purses.values()) {
            while (!purse.kept.isEmpty() && purse.kept.get(0).at().isBefore(before)) {
                purse.kept.remove(0);
                purged++;
            }
        }
        return purged;
    }

    void write(Map<String, Collection<String>> books) {
        List<String> users = new ArrayList<>();
        List<Change> kept = new ArrayList<>();
        purses.forEach((user, purse) -> {
            users.add(Told.of(user, purse.balance, purse.changes, purse.since));
            kept.addAll(purse.kept);
        });
        books.put("select id, balance, changes, registered_at from <commerce>users order by id", users);
        books.put("""
                select user_id, number, balance_before, amount, balance_after, code, reference, note, changed_at
                from <commerce>balance_changes order by user_id, number
                """, kept.stream().map(Change::toString).toList());
    }
}
