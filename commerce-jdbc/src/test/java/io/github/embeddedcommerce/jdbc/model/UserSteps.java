package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What happens to users and their money. */
final class UserSteps {
    private UserSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(2, "register user", Arbitraries.integers().between(0, 3), UserSteps::register),
                Step.of(1, "look at user", Step.users(), UserSteps::get),
                Step.of(5, "charge", charges(), UserSteps::charge),
                Step.of(3, "adjust", adjustments(), UserSteps::adjust),
                Step.of(2, "history", looks(), UserSteps::history),
                Step.of(2, "remove user", leaving(), UserSteps::remove));
    }

    /** A user and an amount. */
    record Some(int user, long amount) {}

    /** A user who goes, perhaps without the money. */
    private record Leaving(int user, boolean paidOut) {}

    /** A look at a history; times in seconds before now, and perhaps for one order only. */
    private record Look(
            int user,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable BalanceCode code,
            @Nullable Integer order,
            int size) {}

    static Arbitrary<Some> charges() {
        return Combinators.combine(
                        Step.users(),
                        Step.mostly(
                                Arbitraries.of(1_000L, 100L, 333L, 1L),
                                Arbitraries.of(0L, -5L, ReferenceShop.MOST_MONEY)))
                .as(Some::new);
    }

    /** Amounts, and 0 for all there is. */
    private static Arbitrary<Some> adjustments() {
        return Combinators.combine(
                        Step.users(),
                        Step.mostly(
                                Arbitraries.of(0L, -100L, 50L, 0L, -1_000L),
                                Arbitraries.of(ReferenceShop.MOST_MONEY, -ReferenceShop.MOST_MONEY - 1)))
                .as(Some::new);
    }

    private static Arbitrary<Leaving> leaving() {
        return Combinators.combine(Step.users(), Arbitraries.of(true, true, false))
                .as(Leaving::new);
    }

    private static Arbitrary<Look> looks() {
        Arbitrary<Integer> times = Arbitraries.of(0, 1, 60, 300, 600);
        return Combinators.combine(
                        Step.users(),
                        times.injectNull(0.5),
                        times.injectNull(0.5),
                        Arbitraries.of(BalanceCode.class).injectNull(0.5),
                        Step.picks().injectNull(0.6),
                        Step.pageSizes())
                .as(Look::new);
    }

    static void register(World world, int choice) {
        UserId user = World.user(choice);
        world.compare(
                "register user " + user,
                () -> world.shop.users().register(user),
                Answers::of,
                () -> world.expected.users.register(user.value()));
    }

    private static void get(World world, int choice) {
        UserId user = World.user(choice);
        world.compare(
                "get user " + user,
                () -> world.shop.users().get(user),
                Answers::of,
                () -> world.expected.users.get(user.value()));
    }

    static void charge(World world, Some money) {
        UserId user = World.user(money.user());
        world.compare(
                "charge " + user + " with " + money.amount(),
                () -> world.shop
                        .users()
                        .topUp(TopUp.of(user, ProductSteps.won(money.amount())).withNote("gift")),
                Answers::of,
                () -> world.expected.users.topUp(user.value(), money.amount(), "gift"));
    }

    private static void adjust(World world, Some money) {
        UserId user = World.user(money.user());
        long amount = money.amount() == 0 ? -world.expected.users.balance(user.value()) : money.amount();
        world.compare(
                "adjust " + user + " by " + amount,
                () -> world.shop.users().adjust(AdjustBalance.of(user, ProductSteps.won(amount), "counted")),
                Answers::of,
                () -> world.expected.users.adjust(user.value(), amount, "counted"));
    }

    private static void history(World world, Look look) {
        UserId user = World.user(look.user());
        Instant from = before(world, look.from());
        Instant to = before(world, look.to());
        BalanceCode code = look.code();
        Integer order = look.order();
        String reference = order == null ? null : String.valueOf(World.pick(order, world.expected.orders.all));
        world.compare(
                "history " + look,
                () -> {
                    BalanceQuery query = new BalanceQuery(from, to, code, reference);
                    return Told.of(
                            world.shop.users().countBalanceChanges(user, query),
                            Answers.pages(
                                    look.size(),
                                    page -> world.shop.users().listBalanceChanges(user, query, page),
                                    Answers::of));
                },
                told -> told,
                () -> {
                    List<String> found = world.expected.users.history(
                            user.value(), from, to, code == null ? null : code.name(), reference);
                    return Told.of(found.size(), Told.pages(found, look.size()));
                });
    }

    private static @Nullable Instant before(World world, @Nullable Integer seconds) {
        return seconds == null ? null : world.expected.now.minusSeconds(seconds);
    }

    private static void remove(World world, Leaving leaving) {
        UserId user = World.user(leaving.user());
        if (leaving.paidOut() && world.expected.users.balance(user.value()) > 0) {
            adjust(world, new Some(leaving.user(), 0));
        }
        world.compare(
                "remove user " + user,
                () -> {
                    world.shop.users().remove(user);
                    return "removed";
                },
                done -> done,
                () -> world.expected.users.remove(user.value()));
    }
}
