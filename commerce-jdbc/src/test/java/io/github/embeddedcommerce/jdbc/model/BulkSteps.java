package io.github.embeddedcommerce.jdbc.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.bulk.BulkReport;
import io.github.embeddedcommerce.bulk.BulkReport.Row;
import io.github.embeddedcommerce.jdbc.model.ProductSteps.NewGoods;
import io.github.embeddedcommerce.jdbc.model.ProductSteps.Some;
import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductChange;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What a merchant does with several products at once: all or nothing, or row by row. */
final class BulkSteps {
    private BulkSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(1, "register many", lists(ProductSteps.products()), BulkSteps::register),
                Step.of(1, "change many", lists(somes(100L, 0L, 333L)), BulkSteps::change),
                Step.of(2, "receive many", lists(somes(3L, 1L, ReferenceShop.MOST_UNITS)), BulkSteps::receive),
                Step.of(1, "adjust many", lists(somes(-1L, 4L, -2L, 0L)), BulkSteps::adjust));
    }

    /** Some rows, and what becomes of the others if one is refused. */
    private record Rows<T>(List<T> rows, BulkMode mode) {}

    private static <T> Arbitrary<Rows<T>> lists(Arbitrary<T> rows) {
        return Combinators.combine(rows.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(BulkMode.class))
                .as(Rows::new);
    }

    private static Arbitrary<Some> somes(Long... amounts) {
        return Combinators.combine(Step.picks(), Arbitraries.of(amounts)).as(Some::new);
    }

    /** A row of the reference, on its catalog or on a copy of it, and told the shop's answer if there is one. */
    private interface Expected<A> {
        String of(ReferenceProducts products, @Nullable A answer);
    }

    private static <T, A> void compare(
            World world,
            String call,
            Rows<T> rows,
            Supplier<BulkReport<A>> real,
            Function<A, String> told,
            BiFunction<T, Integer, Expected<A>> reference) {
        world.compare(
                call + " " + rows,
                real,
                report -> report.rows().stream()
                        .map(row -> told(row, told))
                        .toList()
                        .toString(),
                report -> {
                    if (rows.mode == BulkMode.ALL_OR_NOTHING) {
                        ReferenceProducts rehearsal = world.expected.products.copy();
                        for (int i = 0; i < rows.rows.size(); i++) {
                            reference.apply(rows.rows.get(i), i).of(rehearsal, null);
                        }
                    }
                    List<String> answers = new ArrayList<>();
                    for (int i = 0; i < rows.rows.size(); i++) {
                        Expected<A> row = reference.apply(rows.rows.get(i), i);
                        A answer = report == null ? null : value(report.rows().get(i));
                        answers.add(orRefused(() -> row.of(world.expected.products, answer)));
                    }
                    return answers.toString();
                });
    }

    private static <A> String told(Row<A> row, Function<A, String> told) {
        if (row instanceof Row.Refused<A> refused) {
            return "refused: " + refused.refusal().code();
        }
        assertThat(row).isInstanceOf(Row.Done.class);
        return told.apply(((Row.Done<A>) row).value());
    }

    private static <A> @Nullable A value(Row<A> row) {
        return row instanceof Row.Done<A> done ? done.value() : null;
    }

    private static String orRefused(Supplier<String> row) {
        try {
            return row.get();
        } catch (Refused refused) {
            return "refused: " + refused.code();
        }
    }

    /** The options of one call are numbered by their skus, those of later calls higher. */
    private static void register(World world, Rows<NewGoods> rows) {
        var units = world.expected.products.units;
        long known = units.isEmpty() ? 0 : units.lastKey();
        compare(
                world,
                "register",
                rows,
                () -> world.shop
                        .products()
                        .registerAll(
                                rows.rows.stream().map(ProductSteps::product).toList(), rows.mode),
                Answers::of,
                (goods, i) -> (products, made) -> {
                    assertThat(optionIds(made)).allMatch(id -> id > known);
                    List<Long> ids = made == null
                            ? LongStream.range(0, goods.wanted().size())
                                    .mapToObj(n -> -10L * i - n)
                                    .toList()
                            : optionIds(made);
                    long id = made == null ? -i : World.given(made.id().value(), products.goods);
                    return products.register(id, ids, goods.facts(), goods.wanted());
                });
    }

    private static List<Long> optionIds(@Nullable Product made) {
        return made == null
                ? List.of()
                : made.options().stream()
                        .map(ProductOption::id)
                        .map(OptionId::value)
                        .toList();
    }

    private static void change(World world, Rows<Some> rows) {
        compare(
                world,
                "change",
                rows,
                () -> world.shop
                        .products()
                        .changeAll(
                                rows.rows.stream()
                                        .map(row -> new ChangeProduct(
                                                new ProductId(goods(world, row)),
                                                ProductChange.none().withPrice(ProductSteps.won(row.amount()))))
                                        .toList(),
                                rows.mode),
                Answers::facts,
                (row, i) -> (products, after) -> {
                    long id = goods(world, row);
                    products.change(id, null, row.amount(), null);
                    return products.facts(id);
                });
    }

    private static long goods(World world, Some row) {
        return World.pick(row.choice(), world.expected.products.goods);
    }

    private static long unit(World world, Some row) {
        return World.pick(row.choice(), world.expected.products.units);
    }

    private static void receive(World world, Rows<Some> rows) {
        compare(
                world,
                "receive",
                rows,
                () -> world.shop
                        .products()
                        .receiveStockAll(
                                rows.rows.stream()
                                        .map(row -> ReceiveStock.of(new OptionId(unit(world, row)), row.amount()))
                                        .toList(),
                                rows.mode),
                Answers::of,
                (row, i) -> (products, after) -> products.receive(unit(world, row), row.amount()));
    }

    private static void adjust(World world, Rows<Some> rows) {
        compare(
                world,
                "adjust",
                rows,
                () -> world.shop
                        .products()
                        .adjustStockAll(
                                rows.rows.stream()
                                        .map(row ->
                                                AdjustStock.of(new OptionId(unit(world, row)), row.amount(), "counted"))
                                        .toList(),
                                rows.mode),
                Answers::of,
                (row, i) -> (products, after) -> products.adjust(unit(world, row), row.amount(), "counted"));
    }
}
