package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.job.Export;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.LineOfOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.OptionStock;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Exports: everything of a kind, a page at a time. */
@Tag("R4")
class ExportsTest extends ShopTest {
    private static final int ORDERS = 7;

    private final List<UserId> users = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private List<Product> products = List.of();

    @BeforeEach
    void some_of_everything() {
        products = shop.products()
                .registerAll(
                        IntStream.range(0, 5)
                                .mapToObj(n -> NewProduct.of("P" + n, "test", won(10))
                                        .withOption("B" + n, Map.of("size", "large"), 100)
                                        .withOption("A" + n, 100))
                                .toList(),
                        BulkMode.ALL_OR_NOTHING)
                .values();
        for (String name : List.of("zoe", "ann", "Ann", "émile")) {
            users.add(user(name, 10_000));
        }
        for (int n = 0; n < ORDERS; n++) {
            order(users.get(n % 3), n);
        }
        orders.replaceAll(order -> shop.orders().get(order.user(), order.id()));
    }

    private void order(UserId user, int number) {
        Product product = products.get(number % 5);
        PlaceOrder request = PlaceOrder.by(user)
                .line(product.options().get(0).id(), 1)
                .line(product.options().get(1).id(), 2);
        Order order = shop.orders().place(request);
        orders.add(order);
        if (number % 3 > 0) {
            shop.orders().pay(PayOrder.by(user, order.id()));
        }
        if (number % 3 == 2) {
            shop.orders().cancel(CancelOrder.by(user, order.id()));
        }
    }

    @Test
    void everything_is_handed_over_in_pages_of_any_size() {
        List<BalanceChange> ledger = users.stream()
                .flatMap(
                        user -> shop
                                .users()
                                .listBalanceChanges(user, BalanceQuery.all(), PageRequest.first(1_000))
                                .items()
                                .stream())
                .toList();
        for (int size : new int[] {1, 2, 3, ORDERS, 500}) {
            assertThat(all(shop.exports()::orders, size)).isEqualTo(orders);
            assertThat(all(shop.exports()::lines, size))
                    .isEqualTo(orders.stream()
                            .flatMap(order -> order.lines().stream().map(line -> new LineOfOrder(order, line)))
                            .toList());
            assertThat(this.<User>all(shop.exports()::users, size))
                    .containsExactlyInAnyOrderElementsOf(
                            users.stream().map(shop.users()::get).toList());
            assertThat(this.<BalanceChange>all(shop.exports()::ledger, size))
                    .containsExactlyInAnyOrderElementsOf(ledger);
            assertThat(this.<OptionStock>all(shop.exports()::stock, size))
                    .isSortedAccordingTo(
                            (a, b) -> a.level().option().compareTo(b.level().option()))
                    .containsExactlyInAnyOrderElementsOf(products.stream()
                            .flatMap(product -> product.options().stream().map(option -> stock(product, option)))
                            .toList());
            assertThat(this.<Product>all(shop.exports()::products, size))
                    .isEqualTo(products.stream()
                            .map(product -> shop.products().get(product.id()))
                            .toList());
        }
    }

    @Test
    void the_ledger_is_handed_over_user_by_user_each_in_its_order() {
        List<BalanceChange> ledger = all(shop.exports()::ledger, 2);
        for (int n = 1; n < ledger.size(); n++) {
            BalanceChange before = ledger.get(n - 1);
            BalanceChange change = ledger.get(n);
            assertThat(change.number()).isEqualTo(change.user().equals(before.user()) ? before.number() + 1 : 1);
        }
        assertThat(ledger.stream().map(BalanceChange::number).filter(number -> number == 1))
                .hasSize(users.size());
    }

    private OptionStock stock(Product product, ProductOption option) {
        StockLevel level = shop.products().findStock(option.id()).orElseThrow();
        return new OptionStock(product.id(), option.sku(), level);
    }

    private <T> List<T> all(Function<Consumer<T>, Export<T>> export, int size) {
        List<T> rows = new ArrayList<>();
        List<Long> told = new ArrayList<>();
        Export.Result result =
                export.apply(rows::add).inPagesOf(size).reporting(told::add).call();
        assertThat(result).isEqualTo(new Export.Result(rows.size(), false));
        assertThat(told).isSorted().endsWith((long) rows.size());
        return rows;
    }

    @Test
    void the_sink_holds_no_connection_and_the_shop_goes_on_selling() {
        List<Order> exported = new ArrayList<>();
        shop.exports()
                .orders(order -> {
                    assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                            .isZero();
                    exported.add(order);
                    if (exported.size() <= 20) {
                        order(users.get(0), exported.size());
                    }
                })
                .inPagesOf(2)
                .call();

        assertThat(exported.subList(0, ORDERS)).isEqualTo(orders.subList(0, ORDERS));
        assertThat(exported).extracting(Order::id).isSorted().doesNotHaveDuplicates();
        assertThat(exported).hasSize(ORDERS + 20);
    }

    @Test
    void what_the_sink_throws_ends_the_run_and_nothing_is_left_open() {
        List<Order> exported = new ArrayList<>();
        IllegalStateException full = new IllegalStateException("disk full");
        Export<Order> export = shop.exports()
                .orders(order -> {
                    if (exported.size() == 3) {
                        throw full;
                    }
                    exported.add(order);
                })
                .inPagesOf(2);

        assertThatThrownBy(export::call).isSameAs(full);
        assertThat(exported).hasSize(3);
    }

    @Test
    void an_interrupt_ends_the_run_before_the_next_page() {
        List<Order> exported = new ArrayList<>();
        Export.Result result;
        try {
            result = shop.exports()
                    .orders(order -> {
                        exported.add(order);
                        Thread.currentThread().interrupt();
                    })
                    .inPagesOf(3)
                    .call();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(result).isEqualTo(new Export.Result(3, true));
        assertThat(exported).isEqualTo(orders.subList(0, 3));
    }

    @Test
    @Tag("E2")
    void bad_settings_are_refused() {
        refused(VALIDATION_ERROR, () -> shop.exports().orders(nothing()));
        Export<Order> export = shop.exports().orders(order -> {});
        for (int wrong : new int[] {0, -1, PageRequest.MAX_SIZE + 1}) {
            refused(VALIDATION_ERROR, () -> export.inPagesOf(wrong));
        }
        refused(VALIDATION_ERROR, () -> export.reporting(nothing()));
    }
}
