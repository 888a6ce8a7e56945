package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.order.OrderId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** How the outside world is told. */
final class EventSteps {
    /** Far less than a second, so that an event that rests is due again a second later. */
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** The random number for any order. */
    private static final int ANY = 5;

    private EventSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(4, "deliver events", deliveries(), EventSteps::deliver),
                Step.of(1, "list dead letters", Step.pageSizes(), EventSteps::list),
                Step.of(1, "retry", Step.picks(), EventSteps::retry),
                Step.of(1, "retry all", Arbitraries.just("of them"), (world, all) -> retryAll(world)),
                Step.of(1, "discard", Step.picks(), EventSteps::discard));
    }

    /** Of orders whose number leaves this remainder, the sink takes nothing; 3 of none, 4 of all. */
    private record Delivering(int remainder, int chunk, int tries) {
        boolean fails(long order) {
            return remainder == 4 || order % 3 == remainder;
        }
    }

    private static Arbitrary<Delivering> deliveries() {
        return Combinators.combine(Arbitraries.of(3, 0, 1, 4), Arbitraries.of(100, 1, 2), Arbitraries.of(1, 2))
                .as(Delivering::new);
    }

    /** Twice at once, to see that what failed rests; then a second passes, and it is due. */
    private static void deliver(World world, Delivering delivering) {
        for (int run = 1; run <= 2; run++) {
            world.compare(
                    "deliver events, run " + run + ", " + delivering,
                    () -> {
                        List<OrderEvent> handed = new ArrayList<>();
                        DeliverEvents.Result result = world.jobs()
                                .deliverEvents(event -> {
                                    handed.add(event);
                                    if (delivering.fails(event.order().value())) {
                                        throw new IOException(ReferenceEvents.FAILURE);
                                    }
                                })
                                .retrying(new DeliveryRetry(delivering.tries(), PAUSE, PAUSE))
                                .inChunksOf(delivering.chunk())
                                .call();
                        handed.sort(Comparator.comparing(OrderEvent::order));
                        return Told.of(
                                result.delivered(),
                                result.failed(),
                                result.deadLetters(),
                                handed.stream().map(Answers::of).toList());
                    },
                    told -> told,
                    () -> world.expected.events.deliver(delivering.tries(), delivering::fails));
        }
        world.moveTo(world.expected.now.plusSeconds(1));
    }

    private static void list(World world, int size) {
        world.compare(
                "list dead letters",
                () -> Answers.pages(size, world.shop.deadLetters()::list, Answers::of),
                pages -> pages,
                () -> Told.pages(world.expected.events.listDeadLetters(), size));
    }

    /** Mostly one with a dead letter. */
    private static long order(World world, int choice) {
        return World.pick(
                choice,
                world.expected.orders.all,
                order -> choice == ANY || world.expected.events.hasDeadLetter(order.id));
    }

    private static void retry(World world, int choice) {
        long order = order(world, choice);
        world.compare(
                "retry the event of order " + order,
                () -> world.shop.deadLetters().retry(new OrderId(order)),
                Answers::of,
                () -> world.expected.events.retry(order));
    }

    private static void retryAll(World world) {
        world.compare(
                "retry all events",
                () -> world.shop.deadLetters().retryAll(),
                String::valueOf,
                world.expected.events::retryAll);
    }

    private static void discard(World world, int choice) {
        long order = order(world, choice);
        world.compare(
                "discard the event of order " + order,
                () -> world.shop.deadLetters().discard(new OrderId(order)),
                Answers::of,
                () -> world.expected.events.discard(order));
    }
}
