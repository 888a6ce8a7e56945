package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.jdbc.crashes.Books.Account;
import io.github.embeddedcommerce.jdbc.crashes.Books.Deal;
import io.github.embeddedcommerce.jdbc.crashes.Call.Kind;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the rows of a shop with the books of its buyers, without the library. What was answered must be there, once;
 * what was not answered may be there or not; and nothing else may. Not thread-safe.
 */
final class Inspection {
    private final String url;
    private final String tables;
    private final Books books;
    private final List<String> violations;
    private final Map<Long, String> states = new HashMap<>();

    private Inspection(String url, String tables, Books books) {
        this.url = url;
        this.tables = tables;
        this.books = books;
        this.violations = new ArrayList<>(books.violations);
    }

    /** Everything that is wrong. */
    static List<String> violations(String url, String tables, Books books) throws SQLException {
        Inspection inspection = new Inspection(url, tables, books);
        inspection.orders();
        inspection.balances();
        inspection.balanceChanges();
        inspection.refunds();
        inspection.coupons();
        inspection.keys();
        return inspection.violations;
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String query, Row row) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.replace("<commerce>", tables))) {
            while (rows.next()) {
                row.read(rows);
            }
        }
    }

    private long open(Kind... kinds) {
        return books.open.stream()
                .filter(call -> Set.of(kinds).contains(call.kind()))
                .count();
    }

    private void check(boolean right, String wrong) {
        if (!right) {
            violations.add(wrong);
        }
    }

    /** Each order that was answered is there as its owner knows it, and there are no others. */
    private void orders() throws SQLException {
        List<Long> unknown = new ArrayList<>();
        each("select id, user_id, status, total, discount, user_coupon_id from <commerce>orders", row -> {
            long id = row.getLong(1);
            String state = row.getString(3);
            states.put(id, state);
            Deal deal = books.deals.get(id);
            if (deal == null) {
                unknown.add(id);
                return;
            }
            check(deal.user.value().equals(row.getString(2)), "the owner of order " + id);
            check(deal.total == row.getLong(4), "the total of order " + id);
            check(deal.states().contains(state), "order " + id + " is " + state + ", not " + deal.states());
            check(
                    deal.paid == null || deal.paid == deal.total - row.getLong(5),
                    "order " + id + " was paid with " + deal.paid + ", less " + row.getLong(5));
            check(deal.payOpen || deal.coupon == row.getLong(6), "the coupon of order " + id);
        });
        Set<Long> lost = new HashSet<>(books.deals.keySet());
        lost.removeAll(states.keySet());
        check(lost.isEmpty(), "orders lost: " + lost);
        check(unknown.size() <= open(Kind.PLACE, Kind.PLACE_CART), "orders that nobody was answered: " + unknown);
    }

    private void balances() throws SQLException {
        each("select id, balance, changes from <commerce>users", row -> {
            Account account = books.account(new UserId(row.getString(1)));
            if (!account.open) {
                check(
                        account.balance == row.getLong(2) && account.count == row.getLong(3),
                        row.getString(1) + " has " + row.getLong(2) + " after " + row.getLong(3) + " changes, not "
                                + account.balance + " after " + account.count);
            }
        });
    }

    /** Of what the job has not purged yet. */
    private void balanceChanges() throws SQLException {
        Map<String, Set<Long>> kept = new HashMap<>();
        each("select user_id, number, amount, code, order_id from <commerce>balance_changes", row -> {
            UserId user = new UserId(row.getString(1));
            long number = row.getLong(2);
            long amount = row.getLong(3);
            String line = user + " " + number + " " + row.getString(4) + " " + amount;
            Account account = books.account(user);
            if (row.getString(4).equals("PAYMENT") || row.getString(4).equals("REFUND")) {
                Deal deal = books.deals.get(row.getLong(5));
                boolean known = deal != null && deal.mayHaveMoved(amount);
                check(known, "balance change of no known order: " + line);
            } else {
                Long answered = account.changes.get(number);
                check(answered == null ? account.open : answered == amount, "balance change nobody asked for: " + line);
            }
            kept.computeIfAbsent(user.value(), id -> new HashSet<>()).add(number);
        });
        each("select id, opening_number from <commerce>users", row -> {
            Set<Long> lost = new HashSet<>(
                    books.account(new UserId(row.getString(1))).changes.keySet());
            long opening = row.getLong(2);
            lost.removeIf(number -> number <= opening);
            lost.removeAll(kept.getOrDefault(row.getString(1), Set.of()));
            check(lost.isEmpty(), "balance changes of " + row.getString(1) + " lost: " + lost);
        });
    }

    /** What was paid by card and given back is refunded to the card, once. */
    private void refunds() throws SQLException {
        Set<Long> refunded = new HashSet<>();
        each("select order_id, sum(amount) from <commerce>refunds group by order_id", row -> {
            Deal deal = books.deals.get(row.getLong(1));
            refunded.add(row.getLong(1));
            check(
                    deal != null && deal.byCard && deal.mayHaveRefunded(row.getLong(2)),
                    "refunds of order " + row.getLong(1) + " come to " + row.getLong(2));
        });
        books.deals.forEach((id, deal) ->
                check(!deal.byCard || deal.refunded() == 0 || refunded.contains(id), "no refund of order " + id));
    }

    private void coupons() throws SQLException {
        Set<String> issued = new HashSet<>();
        each("select coupon_id, user_id from <commerce>user_coupons", row -> {
            check(issued.add(row.getLong(1) + " " + row.getString(2)), "issued twice: coupon " + row.getLong(1));
        });
        Set<String> lost = new HashSet<>(books.coupons);
        lost.removeAll(issued);
        check(lost.isEmpty(), "coupons lost: " + lost);
        issued.removeAll(books.coupons);
        check(issued.size() <= open(Kind.ISSUE), "coupons that nobody was answered: " + issued);
    }

    /** As many keys as were answered. */
    private void keys() throws SQLException {
        Map<String, Long> used = new HashMap<>();
        each(
                "select use_case, count(*) from <commerce>idempotency_keys group by use_case",
                row -> used.put(row.getString(1), row.getLong(2)));
        keys(used, "orders.place", Kind.PLACE, Kind.PLACE_CART);
        keys(used, "orders.pay", Kind.PAY);
        keys(used, "payments.begin", Kind.CARD);
        keys(used, "orders.cancel", Kind.CANCEL);
        keys(used, "orders.giveBack", Kind.RETURN);
        keys(used, "users.topUp", Kind.CHARGE);
        keys(used, "users.adjust", Kind.ADJUST);
    }

    private void keys(Map<String, Long> used, String useCase, Kind... kinds) {
        long surplus = used.getOrDefault(useCase, 0L);
        for (Kind kind : kinds) {
            surplus -= books.answers.getOrDefault(kind, 0L);
        }
        check(surplus >= 0 && surplus <= open(kinds), surplus + " more keys than answers of " + useCase);
    }
}
