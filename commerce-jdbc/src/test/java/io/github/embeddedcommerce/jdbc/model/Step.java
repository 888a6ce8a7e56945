package io.github.embeddedcommerce.jdbc.model;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.Transformer;

/**
 * One kind of step through the life of a shop. Its arguments are drawn without a look at the shop, as numbers that
 * stand for what is there when it is taken: so a sequence shrinks well, and runs again whatever was left out of it.
 *
 * @param weight how often it is taken, compared to others
 * @param action what it does
 */
record Step(int weight, Action<World> action) {
    static <A> Step of(int weight, String name, Arbitrary<A> arguments, BiConsumer<World, A> act) {
        Action.Independent<World> action = () -> arguments.map(
                drawn -> Transformer.<World>mutate(name + " " + drawn, world -> act.accept(world, drawn)));
        return new Step(weight, action);
    }

    static List<Step> all() {
        return Stream.of(
                        ProductSteps.all(),
                        BulkSteps.all(),
                        CatalogSteps.all(),
                        FigureSteps.all(),
                        UserSteps.all(),
                        CartSteps.all(),
                        CouponSteps.all(),
                        OrderSteps.all(),
                        PaymentSteps.all(),
                        ReturnSteps.all(),
                        BackOfficeSteps.all(),
                        TransactionSteps.all(),
                        BookmarkSteps.all(),
                        EventSteps.all(),
                        KeySteps.all(),
                        JobSteps.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Nineteen times of twenty one of the usual, else one of the odd. */
    static <T> Arbitrary<T> mostly(Arbitrary<T> usual, Arbitrary<T> odd) {
        return Arbitraries.frequencyOf(Tuple.of(19, usual), Tuple.of(1, odd));
    }

    /** Stands for a user, see {@link World#user}: mostly for one who is registered. */
    static Arbitrary<Integer> users() {
        return Arbitraries.frequency(
                Tuple.of(10, 0), Tuple.of(6, 1), Tuple.of(1, 2), Tuple.of(1, 3), Tuple.of(1, World.STRANGER));
    }

    /** Stands for something with an id, see {@link World#pick}: mostly for one of the latest. */
    static Arbitrary<Integer> picks() {
        return Arbitraries.frequency(
                Tuple.of(8, 0),
                Tuple.of(4, 1),
                Tuple.of(3, 2),
                Tuple.of(2, 3),
                Tuple.of(2, 4),
                Tuple.of(1, 5),
                Tuple.of(1, 7),
                Tuple.of(1, World.UNKNOWN));
    }

    /** Units to order or to put into a cart, mostly few. */
    static Arbitrary<Long> quantities() {
        return mostly(Arbitraries.of(1L, 2L, 1L, 3L, 1L, 4L), Arbitraries.of(0L, 1_000_000L, 1_000_001L, -1L));
    }

    /** How many entries a page has. */
    static Arbitrary<Integer> pageSizes() {
        return Arbitraries.of(2, 1, 3, 20);
    }
}
