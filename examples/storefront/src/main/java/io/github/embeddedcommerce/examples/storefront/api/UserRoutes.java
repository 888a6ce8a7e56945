package io.github.embeddedcommerce.examples.storefront.api;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.UseCases;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.examples.storefront.Won;
import io.github.embeddedcommerce.examples.storefront.http.Body;
import io.github.embeddedcommerce.examples.storefront.http.Call;
import io.github.embeddedcommerce.examples.storefront.http.Query;
import io.github.embeddedcommerce.examples.storefront.http.Route;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.joda.money.Money;

/** Users, their balances and the history of them. */
public final class UserRoutes {
    private static final int LONGEST_REFERENCE = 64;
    private static final long FIRST_NUMBER = 100_000_000_000L;
    private static final long LAST_NUMBER = 999_999_999_999L;
    private static final int LAST_ENTRY = 10_000;

    private final CommerceFacade shop;
    private final Money startingBalance;

    /** @param startingBalance what a new user gets; 0 for nothing */
    public UserRoutes(CommerceFacade shop, Money startingBalance) {
        this.shop = shop;
        this.startingBalance = startingBalance;
    }

    /** What there is to call. */
    public List<Route> routes() {
        return List.of(
                Route.create("/api/users", this::register),
                Route.create("/api/auth/signup", this::register),
                Route.get("/api/users/{userId}/balance", this::balance),
                Route.patch("/api/users/{userId}/balance", this::topUp),
                Route.get("/api/users/{userId}/balance/logs", this::logs));
    }

    record Registered(long userId) {}

    record Balance(long userId, long balance) {}

    record Logs(List<Log> logs, int page, int size, long total) {}

    /** @param logId counts the changes of one user's balance, from 1 and without a gap */
    record Log(
            long logId,
            long userId,
            long amount,
            long beforeAmount,
            long afterAmount,
            String code,
            String note,
            String refId,
            String createdAt) {
        static Log of(BalanceChange change) {
            return new Log(
                    change.number(),
                    number(change.user()),
                    Won.in(change.movement().amount()),
                    Won.in(change.before()),
                    Won.in(change.after()),
                    change.movement().code().name(),
                    change.movement().note(),
                    change.movement().reference(),
                    change.at().toString());
        }
    }

    /** The number of a user of this API; who is no user of it, another host's on the same database, is not found. */
    static long number(UserId user) {
        try {
            return Long.parseLong(user.value());
        } catch (NumberFormatException another) {
            throw new CommerceException(
                    ErrorCode.USER_NOT_FOUND,
                    "user " + user + " has no number, and so is none of this API",
                    Map.of("user", user.value()));
        }
    }

    private Registered register(Call call) {
        call.body();
        return shop.inTransaction(this::register);
    }

    /** The host says who a user is; this one draws a number that nobody has. */
    private Registered register(UseCases shop) {
        long number = ThreadLocalRandom.current().nextLong(FIRST_NUMBER, LAST_NUMBER);
        UserId user = Call.user(number);
        if (shop.users().find(user).isPresent()) {
            return register(shop);
        }
        shop.users().register(user);
        if (startingBalance.isPositive()) {
            shop.users().topUp(TopUp.of(user, startingBalance).withNote("welcome"));
        }
        return new Registered(number);
    }

    private Balance balance(Call call) {
        call.query();
        UserId user = call.user();
        return new Balance(number(user), Won.in(shop.users().getBalance(user)));
    }

    private Balance topUp(Call call) {
        Body body = call.body("amount");
        TopUp request = TopUp.of(call.user(), Won.of(body.wholeNumber("amount")));
        BalanceChange change =
                shop.users().topUp(call.key().map(request::withKey).orElse(request));
        return new Balance(number(change.user()), Won.in(change.after()));
    }

    private Logs logs(Call call) {
        Query query = call.query("from", "to", "code", "refId", "page", "size");
        BalanceQuery wanted = new BalanceQuery(
                query.time("from").orElse(null),
                query.time("to").orElse(null),
                query.constant("code", BalanceCode.class).orElse(null),
                query.text("refId")
                        .map(text -> Validation.text(text, "refId", 1, LONGEST_REFERENCE))
                        .orElse(null));
        int size = query.wholeNumber("size", PageRequest.DEFAULT_SIZE, 1, PageRequest.MAX_SIZE);
        int page = query.wholeNumber("page", 0, 0, LAST_ENTRY / size);
        UserId user = call.user();
        return shop.inTransaction(inOne -> {
            long total = inOne.users().countBalanceChanges(user, wanted);
            return new Logs(logs(inOne, user, wanted, size, page), page, size, total);
        });
    }

    /** The library pages by cursor, which is as fast on the last page as on the first; this API counts pages. */
    private static List<Log> logs(UseCases shop, UserId user, BalanceQuery wanted, int size, int page) {
        int ahead = page * size;
        PageRequest request = PageRequest.first(size);
        while (ahead > 0) {
            int step = Math.min(ahead, PageRequest.MAX_SIZE);
            Page<BalanceChange> passed = shop.users()
                    .listBalanceChanges(user, wanted, PageRequest.first(step).after(request.after()));
            if (passed.next() == null) {
                return List.of();
            }
            request = request.after(passed.next());
            ahead -= step;
        }
        return shop.users()
                .listBalanceChanges(user, wanted, request)
                .map(Log::of)
                .items();
    }
}
