package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What happens to users and their money. */
final class UserSteps {
    private UserSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(2, "register user", Arbitraries.integers().between(0, 3), UserSteps::register),
                Step.of(1, "look at user", Step.users(), UserSteps::get),
                Step.of(5, "charge", charges(), UserSteps::charge));
    }

    /** A user and an amount. */
    record Some(int user, long amount) {}

    private static Arbitrary<Some> charges() {
        return Combinators.combine(
                        Step.users(), Step.mostly(
                                Arbitraries.of(1_000L, 100L, 333L, 1L),
                                Arbitraries.of(0L, -5L, ReferenceShop.MOST_MONEY)))
                .as(Some::new);
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
                () -> world.shop.users().charge(user, ProductSteps.won(money.amount())),
                Answers::of,
                () -> world.expected.users.charge(user.value(), money.amount(), ""));
    }
}
