package io.github.embeddedcommerce.jdbc.crashes;

import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.crashes.Call.Kind;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all the buyers together know of the shop, by their journals. */
final class Books implements Journal.Reader {
    final Map<Long, Deal> deals = new HashMap<>();
    final Map<UserId, Account> accounts = new HashMap<>();
    /** {@code coupon user} of all that were issued, or must have been. */
    final Set<String> coupons = new HashSet<>();

    final Map<Kind, Long> answers = new EnumMap<>(Kind.class);
    final List<Call> open = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    long operations;

    /** What is known of an order. */
    static final class Deal {
        final UserId user;
        final long total;

        @Nullable
        Long paid;

        long coupon;
        boolean byCard;
        boolean cancelled;
        long returned;
        boolean payOpen;
        boolean cancelOpen;
        boolean returnOpen;

        Deal(UserId user, long total) {
            this.user = user;
            this.total = total;
        }

        /** The states it can be in. */
        Set<String> states() {
            Set<String> states = new HashSet<>();
            if (cancelled || cancelOpen || returnOpen) {
                states.add("CANCELLED");
            }
            if (!cancelled && (paid != null || payOpen)) {
                states.add("PAID");
            }
            if (!cancelled && paid == null) {
                states.addAll(Set.of("PENDING", "EXPIRED"));
            }
            return states;
        }

        /** What was answered to be refunded. */
        long refunded() {
            return paid == null ? 0 : cancelled ? paid : returned;
        }

        /** Whether all its refunds may have come to this much. */
        boolean mayHaveRefunded(long sum) {
            boolean more = paid != null && (cancelOpen || returnOpen) && sum <= paid;
            return sum == refunded() || (more && sum > refunded());
        }

        /** Whether one change of its owner's balance may have been this much. */
        boolean mayHaveMoved(long amount) {
            if (byCard || paid == null) {
                return amount < 0 && payOpen;
            }
            boolean byReturn = returnOpen ? amount <= paid : amount == returned;
            boolean byCancel = (cancelled || cancelOpen) && amount == paid - returned;
            return amount == -paid || (amount > 0 && (byReturn || byCancel));
        }
    }

    /** What is known of a user's balance. */
    static final class Account {
        /** Charges and adjustments by their numbers. */
        final Map<Long, Long> changes = new TreeMap<>();

        long balance;
        long count;
        boolean open;

        void add(long amount) {
            if (amount != 0) {
                balance += amount;
                count++;
            }
        }
    }

    /** Reads every journal below this folder. */
    static Books of(Path folder) throws IOException {
        Books books = new Books();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                books.open.addAll(Journal.read(file, books));
            }
        }
        books.open.forEach(books::note);
        books.addUpDeals();
        return books;
    }

    /** A call without an answer may have been done or not. */
    private void note(Call call) {
        account(call.user()).open = true;
        if (call.kind() == Kind.PAY || call.kind() == Kind.CARD) {
            deal(call).payOpen = true;
        } else if (call.kind() == Kind.CANCEL) {
            deal(call).cancelOpen = true;
        } else if (call.kind() == Kind.RETURN) {
            deal(call).returnOpen = true;
        }
    }

    private void addUpDeals() {
        for (Deal deal : deals.values()) {
            if (deal.paid != null && !deal.byCard) {
                account(deal.user).add(-deal.paid);
                account(deal.user).add(deal.returned);
                account(deal.user).add(deal.refunded() - deal.returned);
            }
        }
    }

    @Override
    public void answered(Call call, String answer) {
        operations++;
        answers.merge(call.kind(), 1L, Long::sum);
        long id = Call.part(answer, 0);
        long figure = Call.part(answer, 1);
        switch (call.kind()) {
            case PLACE, PLACE_CART -> check(deals.put(id, new Deal(call.user(), figure)) == null, call, answer);
            case PAY -> {
                Deal deal = deal(call);
                check(deal.paid == null && !deal.cancelled, call, answer);
                deal.paid = figure;
                deal.coupon = Call.part(call.details(), 1);
            }
            case CARD -> {
                Deal deal = deal(call);
                boolean settled = Call.part(answer, 2) == 1;
                check(deal.paid == null && !deal.cancelled && figure == deal.total, call, answer);
                deal.paid = settled ? figure : null;
                deal.byCard = settled;
            }
            case CANCEL -> {
                Deal deal = deal(call);
                check(!deal.cancelled && figure == (deal.paid == null ? 0 : deal.paid - deal.returned), call, answer);
                deal.cancelled = true;
            }
            case RETURN -> {
                Deal deal = deal(call);
                long paid = deal.paid == null ? 0 : deal.paid;
                check(!deal.cancelled && deal.returned == 0 && figure > 0 && figure <= paid, call, answer);
                deal.returned = figure;
                deal.cancelled = figure == paid;
            }
            case CHARGE, ADJUST -> {
                Account account = account(call.user());
                check(figure == Call.part(call.details(), 0), call, answer);
                check(account.changes.put(id, figure) == null, call, answer);
                account.add(figure);
            }
            case ISSUE -> coupons.add(call.details() + " " + call.user());
        }
    }

    @Override
    public void refused(Call call, ErrorCode code) {
        operations++;
        if (code == ErrorCode.ALREADY_ISSUED) {
            coupons.add(call.details() + " " + call.user());
        }
        check(call.kind() != Kind.CANCEL || deal(call).paid == null, call, code.toString());
    }

    private void check(boolean right, Call call, String answer) {
        if (!right) {
            violations.add(call + " came to " + answer);
        }
    }

    /** A buyer placed it before, and wrote that in the same journal. */
    private Deal deal(Call call) {
        Deal deal = deals.get(Call.part(call.details(), 0));
        if (deal == null) {
            throw new IllegalStateException("nobody placed the order of " + call);
        }
        return deal;
    }

    Account account(UserId user) {
        return accounts.computeIfAbsent(user, id -> new Account());
    }
}
