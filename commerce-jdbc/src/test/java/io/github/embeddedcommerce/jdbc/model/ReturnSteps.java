package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.jdbc.model.ReferenceReturns.Item;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnItems;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What the shop's people take back of what was paid. */
final class ReturnSteps {
    /** The random number for any order, also for one that was not paid. */
    private static final int ANY = 5;

    private ReturnSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(7, "give back", givings(), ReturnSteps::giveBack),
                Step.of(1, "look at return", Step.picks(), ReturnSteps::get),
                Step.of(1, "list returns", lists(), ReturnSteps::list));
    }

    private record Line(int choice, long quantity) {}

    record Giving(int order, List<Line> lines, boolean restock) {}

    private record Listing(int order, int size) {}

    static Arbitrary<Giving> givings() {
        Arbitrary<Integer> choices = Step.mostly(Arbitraries.of(0, 1, 2), Arbitraries.of(World.UNKNOWN));
        Arbitrary<Line> lines = Combinators.combine(choices, Step.quantities()).as(Line::new);
        return Combinators.combine(
                        Step.picks(),
                        Step.mostly(
                                lines.list().ofMinSize(1).ofMaxSize(3),
                                lines.list().ofMaxSize(0)),
                        Arbitraries.of(true, false))
                .as(Giving::new);
    }

    private static Arbitrary<Listing> lists() {
        return Combinators.combine(Step.picks(), Step.pageSizes()).as(Listing::new);
    }

    static long id(World world, @Nullable Return made) {
        return made == null ? 0 : World.given(made.id().value(), world.expected.returns.all);
    }

    /** Mostly one that is paid. */
    static long order(World world, int choice) {
        return World.pick(choice, world.expected.orders.all, order -> choice == ANY || order.is("PAID"));
    }

    /** Lines that the order has, mostly; each once. */
    private static List<Item> items(World world, long order, List<Line> lines) {
        ReferenceOrders.Placed placed = world.expected.orders.all.get(order);
        int size = placed == null ? 1 : placed.lines.size();
        Map<Integer, Item> items = new TreeMap<>(Comparator.reverseOrder());
        for (Line line : lines) {
            int number = line.choice() == World.UNKNOWN ? size + 1 : 1 + line.choice() % size;
            items.putIfAbsent(number, new Item(number, line.quantity()));
        }
        return List.copyOf(items.values());
    }

    static void giveBack(World world, Giving giving) {
        long order = order(world, giving.order());
        List<Item> items = items(world, order, giving.lines());
        String note = giving.restock() ? "" : "broken";
        world.compare(
                "order " + order + " gives back " + items + (giving.restock() ? " to be sold again" : ""),
                () -> {
                    ReturnItems request = ReturnItems.of(new OrderId(order)).withNote(note);
                    for (Item item : items) {
                        request = request.line(item.line(), item.quantity());
                    }
                    return world.shop.orders().giveBack(giving.restock() ? request.restocked() : request);
                },
                Answers::of,
                made -> world.expected.returns.giveBack(id(world, made), order, items, giving.restock(), note));
    }

    private static void get(World world, int choice) {
        long id = World.pick(choice, world.expected.returns.all);
        world.compare(
                "look at return " + id,
                () -> world.shop.orders().getReturn(new ReturnId(id)),
                Answers::of,
                () -> world.expected.returns.get(id));
    }

    private static void list(World world, Listing listing) {
        long order = order(world, listing.order());
        world.compare(
                "list the returns of order " + order,
                () -> Answers.pages(
                        listing.size(), page -> world.shop.orders().listReturns(new OrderId(order), page), Answers::of),
                pages -> pages,
                () -> Told.pages(world.expected.returns.list(order), listing.size()));
    }
}
