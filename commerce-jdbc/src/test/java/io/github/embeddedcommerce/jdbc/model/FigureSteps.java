package io.github.embeddedcommerce.jdbc.model;

import io.github.embeddedcommerce.Exports;
import io.github.embeddedcommerce.jdbc.model.ReferenceOrders.Placed;
import io.github.embeddedcommerce.job.Export;
import io.github.embeddedcommerce.order.Sales;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What the back office reads of all that was sold, and takes out of the shop. */
final class FigureSteps {
    private static final int DAYS = 3;

    private FigureSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(1, "figures by day", Arbitraries.of("UTC", "Asia/Seoul", "Pacific/Chatham"), FigureSteps::days),
                Step.of(1, "figures by product", times(), FigureSteps::products),
                Step.of(1, "export", Step.pageSizes(), FigureSteps::export));
    }

    /** The last so many seconds, this one included or not, in pages. */
    private record Time(long seconds, long until, int page) {}

    private static Arbitrary<Time> times() {
        return Combinators.combine(Arbitraries.of(600L, 1L, 100_000L), Arbitraries.of(1L, 0L), Step.pageSizes())
                .as(Time::new);
    }

    private static String told(Sales sales) {
        return Told.of(
                sales.orders(),
                sales.units(),
                sales.returned(),
                Answers.minor(sales.revenue()),
                Answers.minor(sales.discounts()),
                Answers.minor(sales.refunds()));
    }

    private static void days(World world, String zone) {
        ZoneId place = ZoneId.of(zone);
        LocalDate first = world.expected.now.atZone(place).toLocalDate().minusDays(DAYS - 1);
        world.compare(
                "figures by day in " + zone,
                () -> world.figures().getByDay(place, first, first.plusDays(DAYS)),
                days -> days.stream()
                        .map(day -> Told.of(day.day(), told(day.sales())))
                        .toList()
                        .toString(),
                () -> first.datesUntil(first.plusDays(DAYS))
                        .map(day -> Told.of(
                                day,
                                new ReferenceFigures(world.expected)
                                        .total(at ->
                                                at.atZone(place).toLocalDate().equals(day))))
                        .toList()
                        .toString());
    }

    private static void products(World world, Time time) {
        Instant from = world.expected.now.minusSeconds(time.seconds());
        Instant until = world.expected.now.plusSeconds(time.until());
        world.compare(
                "figures by product " + time,
                () -> Answers.pages(
                        time.page(),
                        page -> world.figures().listByProduct(from, until, page),
                        one -> Told.of(one.product(), told(one.sales()))),
                pages -> pages,
                () -> Told.pages(
                        new ReferenceFigures(world.expected).byProduct(at -> !at.isBefore(from) && at.isBefore(until)),
                        time.page()));
    }

    private static void export(World world, int page) {
        Exports exports = world.exports();
        world.compare(
                "export in pages of " + page,
                () -> Stream.of(
                                all(exports::orders, page, Answers::of),
                                all(exports::products, page, Answers::of),
                                all(exports::stock, page, stock -> Answers.of(stock.level())))
                        .collect(Collectors.joining("\n")),
                told -> told,
                () -> Stream.of(
                                world.expected.orders.all.values().stream().map(Placed::told),
                                world.expected.products.goods.values().stream().map(ReferenceProducts.Goods::told),
                                world.expected.products.units.values().stream().map(ReferenceProducts.Unit::level))
                        .map(rows -> rows.toList().toString())
                        .collect(Collectors.joining("\n")));
    }

    private static <T> String all(Function<Consumer<T>, Export<T>> export, int page, Function<T, String> told) {
        List<String> rows = new ArrayList<>();
        export.apply(row -> rows.add(told.apply(row))).inPagesOf(page).call();
        return rows.toString();
    }
}
