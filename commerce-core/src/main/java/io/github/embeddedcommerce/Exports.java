package io.github.embeddedcommerce;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.job.Export;
import io.github.embeddedcommerce.job.Export.Source;
import io.github.embeddedcommerce.order.LineOfOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.stock.OptionStock;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.usecase.UseCaseContext;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.User;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All there is of a kind, handed over row by row, however much it is. {@link Export} says what is promised while the
 * shop goes on selling. Thread-safe.
 *
 * <pre>{@code
 * shop.exports().orders(order -> file.write(order)).reporting(bar::show).call();
 * }</pre>
 */
public final class Exports {
    private final UseCaseContext context;

    Exports(UseCaseContext context) {
        this.context = context;
    }

    /**
     * Exports every order with its lines, in the order of the ids.
     *
     * @throws CommerceException VALIDATION_ERROR if the sink is null
     */
    public Export<Order> orders(Consumer<? super Order> sink) {
        return export("exports.orders", Exports::orders, sink);
    }

    /**
     * Exports every line of every order, order by order.
     *
     * @throws CommerceException VALIDATION_ERROR if the sink is null
     */
    public Export<LineOfOrder> lines(Consumer<? super LineOfOrder> sink) {
        return export("exports.lines", Exports::lines, sink);
    }

    /**
     * Exports every user with the balance, by id in the order of the database.
     *
     * @throws CommerceException VALIDATION_ERROR if the sink is null
     */
    public Export<User> users(Consumer<? super User> sink) {
        return export(
                "exports.users",
                (last, limit, stores) ->
                        stores.users().after(last == null ? "" : last.id().value(), limit),
                sink);
    }

    /**
     * Exports every change of every balance, user by user, each user's in their order. Purged changes are not there.
     *
     * @throws CommerceException VALIDATION_ERROR if the sink is null
     */
    public Export<BalanceChange> ledger(Consumer<? super BalanceChange> sink) {
        return export(
                "exports.ledger",
                (last, limit, stores) -> last == null
                        ? stores.users().changesAfter("", 0, limit)
                        : stores.users().changesAfter(last.user().value(), last.number(), limit),
                sink);
    }

    /**
     * Exports the stock of every option, in the order of the ids.
     *
     * @throws CommerceException VALIDATION_ERROR if the sink is null
     */
    public Export<OptionStock> stock(Consumer<? super OptionStock> sink) {
        return export(
                "exports.stock",
                (last, limit, stores) -> stores.stock()
                        .after(last == null ? 0 : last.level().option().value(), limit),
                sink);
    }

    /**
     * Exports every product with its options, on sale or not, in the order of the ids.
     *
     * @throws CommerceException VALIDATION_ERROR if the sink is null
     */
    public Export<Product> products(Consumer<? super Product> sink) {
        return export(
                "exports.products",
                (last, limit, stores) ->
                        stores.products().after(last == null ? 0 : last.id().value(), limit),
                sink);
    }

    private static List<Order> orders(@Nullable Order last, int limit, Stores stores) {
        return stores.orders().after(last == null ? 0 : last.id().value(), limit);
    }

    /** All lines of an order are of one page, and each order has one, so a page is no shorter than its orders. */
    private static List<LineOfOrder> lines(@Nullable LineOfOrder last, int limit, Stores stores) {
        return orders(last == null ? null : last.order(), limit, stores).stream()
                .flatMap(Exports::lines)
                .toList();
    }

    private static Stream<LineOfOrder> lines(Order order) {
        return order.lines().stream().map(line -> new LineOfOrder(order, line));
    }

    private <T> Export<T> export(String useCase, Export.Pages<T> pages, Consumer<? super T> sink) {
        return new Export<>(context.transactions(), new Source<>(useCase, pages), sink);
    }
}
