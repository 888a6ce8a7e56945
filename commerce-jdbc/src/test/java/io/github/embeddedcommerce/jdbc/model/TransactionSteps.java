package io.github.embeddedcommerce.jdbc.model;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Several use cases in one transaction of the shop's, some of them refused; now and then it is taken back. */
final class TransactionSteps {
    private TransactionSteps() {}

    static List<Step> all() {
        return List.of(Step.of(4, "together", transactions(), TransactionSteps::together));
    }

    private record Together(List<Call> calls, boolean takesEffect) {}

    private record Call(String words, Consumer<World> act) {
        @Override
        public String toString() {
            return words;
        }
    }

    private static Arbitrary<Together> transactions() {
        Arbitrary<Call> calls = Arbitraries.frequencyOf(
                Tuple.of(3, calls("charge", UserSteps.charges(), UserSteps::charge)),
                Tuple.of(4, calls("place", OrderSteps.requests(), OrderSteps::place)),
                Tuple.of(4, calls("pay", OrderSteps.payments(), OrderSteps::pay)),
                Tuple.of(2, calls("begin to pay", PaymentSteps.begins(), PaymentSteps::begin)),
                Tuple.of(2, calls("settle", PaymentSteps.reports(), PaymentSteps::settle)),
                Tuple.of(1, calls("fail", PaymentSteps.reports(), PaymentSteps::fail)),
                Tuple.of(2, calls("cancel", OrderSteps.payments(), OrderSteps::cancel)),
                Tuple.of(3, calls("give back", ReturnSteps.givings(), ReturnSteps::giveBack)));
        return Combinators.combine(calls.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(true, true, false))
                .as(Together::new);
    }

    private static <A> Arbitrary<Call> calls(String name, Arbitrary<A> arguments, BiConsumer<World, A> act) {
        return arguments.map(drawn -> new Call(name + " " + drawn, world -> act.accept(world, drawn)));
    }

    private static void together(World world, Together together) {
        world.together(
                together.takesEffect(),
                joined -> together.calls().forEach(call -> call.act().accept(joined)));
    }
}
