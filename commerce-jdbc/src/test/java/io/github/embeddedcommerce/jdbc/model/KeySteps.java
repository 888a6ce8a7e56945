package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Item;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Calls that are made under a key, and made again: the same or another, soon or when much has happened since. */
final class KeySteps {
    private KeySteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(2, "charge under a key", calls(), KeySteps::charge),
                Step.of(1, "adjust under a key", calls(), KeySteps::adjust),
                Step.of(2, "place under a key", calls(), KeySteps::place),
                Step.of(2, "pay under a key", calls(), KeySteps::pay),
                Step.of(1, "cancel under a key", calls(), KeySteps::cancel),
                Step.of(1, "begin to pay under a key", calls(), KeySteps::begin),
                Step.of(1, "give back under a key", calls(), KeySteps::giveBack),
                Step.of(5, "make a call again", Arbitraries.of(0, 1, 0, 2, 3), KeySteps::again));
    }

    /** Who calls under which key, and a number to choose what is called for. */
    private record Call(int user, int key, int choice) {
        IdempotencyKey underKey() {
            return new IdempotencyKey("key-" + key);
        }
    }

    private static Arbitrary<Call> calls() {
        return Combinators.combine(Step.users(), Arbitraries.of(0, 1, 2, 3, 4, 5), Step.picks())
                .as(Call::new);
    }

    /** Makes the call, and keeps in mind how to make it again. */
    private static <T> void make(
            World world,
            String call,
            Supplier<T> real,
            Function<T, String> told,
            Function<@Nullable T, String> reference) {
        world.keyed.add(0, () -> world.compare(call, real, told, reference));
        world.keyed.get(0).run();
    }

    private static void again(World world, int choice) {
        if (choice < world.keyed.size()) {
            world.keyed.get(choice).run();
        }
    }

    private static void charge(World world, Call call) {
        UserId user = World.user(call.user());
        long amount = 100 * (1L + call.choice() % 3);
        String request = "charge " + amount;
        make(
                world,
                user + " " + call.underKey() + ": " + request,
                () -> world.shop
                        .users()
                        .topUp(TopUp.of(user, ProductSteps.won(amount))
                                .withNote("gift")
                                .withKey(call.underKey())),
                Answers::of,
                change -> world.expected.keys.once(
                        user.value(),
                        call.underKey().value(),
                        request,
                        () -> world.expected.users.topUp(user.value(), amount, "gift")));
    }

    private static void adjust(World world, Call call) {
        UserId user = World.user(call.user());
        long amount = 100 * (1L + call.choice() % 3) - 250;
        String request = "adjust " + amount;
        make(
                world,
                user + " " + call.underKey() + ": " + request,
                () -> world.shop
                        .users()
                        .adjust(AdjustBalance.of(user, ProductSteps.won(amount), "counted")
                                .withKey(call.underKey())),
                Answers::of,
                change -> world.expected.keys.once(
                        user.value(),
                        call.underKey().value(),
                        request,
                        () -> world.expected.users.adjust(user.value(), amount, "counted")));
    }

    private static void place(World world, Call call) {
        UserId user = World.user(call.user());
        Item item = new Item(World.pick(call.choice(), world.expected.products.units), 1 + call.choice() % 2);
        String request = "place " + item;
        PlaceOrder order = PlaceOrder.by(user).line(new OptionId(item.unit()), item.quantity());
        make(
                world,
                user + " " + call.underKey() + ": " + request,
                () -> world.shop.orders().place(order.withKey(call.underKey())),
                Answers::of,
                placed -> world.expected.orders.whereShort(
                        Set.of(item.unit()),
                        () -> world.expected.keys.once(
                                user.value(),
                                call.underKey().value(),
                                request,
                                () -> world.expected.orders.placeOnce(
                                        OrderSteps.id(world, placed), user.value(), List.of(item)))));
    }

    private static void pay(World world, Call call) {
        UserId user = World.user(call.user());
        long order = order(world, call, user);
        String request = "pay " + order;
        make(
                world,
                user + " " + call.underKey() + ": " + request,
                () -> world.shop
                        .orders()
                        .pay(PayOrder.by(user, new OrderId(order)).withKey(call.underKey())),
                Answers::of,
                receipt -> world.expected.keys.once(
                        user.value(),
                        call.underKey().value(),
                        request,
                        () -> world.expected.orders.pay(user.value(), order, null)));
    }

    private static void cancel(World world, Call call) {
        UserId user = World.user(call.user());
        long order = order(world, call, user);
        String request = "cancel " + order;
        make(
                world,
                user + " " + call.underKey() + ": " + request,
                () -> world.shop
                        .orders()
                        .cancel(CancelOrder.by(user, new OrderId(order)).withKey(call.underKey())),
                Answers::of,
                cancellation -> world.expected.keys.once(
                        user.value(),
                        call.underKey().value(),
                        request,
                        () -> world.expected.orders.cancel(user.value(), order)));
    }

    private static void begin(World world, Call call) {
        UserId user = World.user(call.user());
        long order = order(world, call, user);
        var request = new ReferencePayments.Request(call.choice() % 2 == 0 ? null : 50L, 20, null, null, null);
        String words = "begin to pay " + order + " " + request;
        make(
                world,
                user + " " + call.underKey() + ": " + words,
                () -> world.shop.payments().begin(PaymentSteps.underKey(user, order, request, call.underKey())),
                Answers::of,
                payment -> world.expected.keys.once(
                        user.value(),
                        call.underKey().value(),
                        words,
                        () -> PaymentSteps.begin(world, payment, user, order, request)));
    }

    /** The key is the shop's own, whoever's order it is. */
    private static void giveBack(World world, Call call) {
        long order = ReturnSteps.order(world, call.choice());
        ReferenceReturns.Item item = new ReferenceReturns.Item(1, 1 + call.choice() % 2);
        String request = "give back " + order + " " + item;
        ReturnItems items = ReturnItems.of(new OrderId(order)).line(item.line(), item.quantity());
        make(
                world,
                call.underKey() + ": " + request,
                () -> world.shop.orders().giveBack(items.withKey(call.underKey())),
                Answers::of,
                made -> world.expected.keys.once(
                        "",
                        call.underKey().value(),
                        request,
                        () -> world.expected.returns.giveBack(
                                ReturnSteps.id(world, made), order, List.of(item), false, "")));
    }

    /** Mostly one of the user's own, if there is any. */
    private static long order(World world, Call call, UserId user) {
        return World.pick(call.choice(), world.expected.orders.all, order -> order.user.equals(user.value()));
    }
}
