package io.github.embeddedcommerce.jdbc.plans;

import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.nothing;
import static io.github.embeddedcommerce.jdbc.fixture.ShopTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.bulk.BulkMode;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.job.Audit;
import io.github.embeddedcommerce.job.Export;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.stock.Quantity;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.UserId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With very many orders, what is asked for is found by an index: the database itself explains each statement that the
 * shop sends, with the values it sends. No step reads a large table from beginning to end, or looks at many more rows
 * than are wanted. And the shop answers, whatever is asked.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Database.class,
        names = {"H2_IN_MEMORY", "POSTGRESQL", "MARIADB"})
class PlansTest {
    /** A million takes minutes to write: CONTRIBUTING.md says how. In H2, which chooses by rules, a few will do. */
    private static final int ORDERS = Integer.getInteger("plans.orders", 100_000);

    private static final int ORDERS_IN_H2 = 20_000;
    private static final UserId ANN = new UserId("u1");
    private static final int PAGE = 20;
    private static final int CHUNK = 25;

    private static ExplainedShop explained = nothing();
    private static ManyOrders many = nothing();
    private static CommerceFacade shop = nothing();

    @BeforeParameterizedClassInvocation
    static void fill(Database database) {
        explained = ExplainedShop.of(database, database == Database.H2_IN_MEMORY ? ORDERS_IN_H2 : ORDERS);
        many = explained.many();
        shop = explained.shop();
    }

    @AfterParameterizedClassInvocation
    static void everything_adds_up() throws SQLException {
        explained.close();
    }

    @Parameter
    Database database = nothing();

    @Test
    @Tag("O7")
    void an_order_is_found() {
        Order last = latest(1).items().get(0);

        explained.indexed(5, () -> assertThat(shop.orders().get(ANN, last.id())).isEqualTo(last));
    }

    @Test
    @Tag("O7")
    void orders_are_listed_with_and_without_a_status_on_the_first_page_and_on_later_ones() {
        PageRequest later = PageRequest.first().after(latest(100).next());

        for (PageRequest page : List.of(PageRequest.first(), later)) {
            explained.indexed(
                    3 * PAGE,
                    () -> assertThat(shop.orders().list(ANN, page).items()).hasSize(PAGE));
            for (OrderStatus status : OrderStatus.values()) {
                explained.indexed(
                        3 * PAGE,
                        () -> assertThat(shop.orders().list(ANN, status, page).items())
                                .hasSizeLessThanOrEqualTo(PAGE));
            }
        }
    }

    @Test
    @Tag("M1")
    void payments_are_found_and_listed_by_whatever_is_asked_for() {
        Page<Payment> first = shop.payments().list(PaymentQuery.all(), PageRequest.first(100));
        Payment one = first.items().get(50);
        explained.indexed(
                3,
                () -> assertThat(shop.payments().find(one.method(), String.valueOf(one.reference())))
                        .contains(one));
        for (PageRequest page : List.of(PageRequest.first(), PageRequest.first().after(first.next()))) {
            for (PaymentQuery query : List.of(
                    PaymentQuery.all(),
                    PaymentQuery.all().ofOrder(one.order()),
                    PaymentQuery.all().ofUser(ANN),
                    PaymentQuery.all().ofUser(ANN).inState(PaymentState.FAILED),
                    PaymentQuery.all().inState(PaymentState.UNAPPLIED),
                    PaymentQuery.all().inState(PaymentState.FAILED),
                    PaymentQuery.all().byMethod("transfer"))) {
                explained.indexed(3 * PAGE, () -> shop.payments().list(query, page));
            }
        }
    }

    @Test
    @Tag("R2")
    @Tag("R5")
    void the_lists_of_the_back_office_are_read_off_an_index_on_the_first_page_and_on_later_ones() {
        ProductId product = latest(1).items().get(0).lines().get(0).item().product();
        for (OrderQuery query : OrderListQueries.all(many, ANN, product)) {
            Page<OrderRecord> first = shop.backOffice().listOrders(query, PageRequest.first());
            for (PageRequest page :
                    List.of(PageRequest.first(), PageRequest.first().after(first.next()))) {
                explained.indexed(
                        5 * PAGE,
                        () -> assertThat(shop.backOffice()
                                        .listOrders(query, page)
                                        .items())
                                .as(query.toString())
                                .isNotEmpty());
            }
        }
    }

    @Test
    @Tag("R1")
    void the_history_of_an_order_is_found() {
        OrderId paid = latestPaid().id();

        explained.indexed(
                5,
                () -> assertThat(shop.backOffice().getHistory(paid).entries()).hasSize(6));
    }

    @Test
    @Tag("R2")
    void the_sales_of_a_product_look_at_the_orders_of_the_time() {
        ProductId product = latest(1).items().get(0).lines().get(0).item().product();
        TimeRange day = TimeRange.between(many.placed(0.5), many.placed(0.501));

        explained.indexed(
                many.orders() / 250,
                () -> assertThat(shop.backOffice().getSales(product, day).units())
                        .isPositive());
    }

    @Test
    @Tag("M6")
    void a_return_is_found_and_those_of_an_order_are_listed() {
        OrderId order = latest(PageRequest.MAX_SIZE).items().stream()
                .filter(one -> one.returnedAt() != null)
                .findFirst()
                .orElseThrow()
                .id();
        Return last =
                shop.orders().listReturns(order, PageRequest.first()).items().get(0);

        explained.indexed(
                5, () -> assertThat(shop.orders().getReturn(last.id())).isEqualTo(last));
        explained.indexed(
                5,
                () -> assertThat(shop.orders()
                                .listReturns(order, PageRequest.first())
                                .items())
                        .containsExactly(last));
    }

    @Test
    @Tag("B4")
    void a_balance_history_is_read_a_page_at_a_time() {
        Page<BalanceChange> first = shop.users().listBalanceChanges(ANN, BalanceQuery.all(), PageRequest.first(100));
        String paid = latestPaid().id().toString();

        for (BalanceQuery query : List.of(
                BalanceQuery.all(),
                BalanceQuery.all().withCode(BalanceCode.PAYMENT),
                BalanceQuery.all().withReference(paid),
                BalanceQuery.all().withReference(paid).withCode(BalanceCode.PAYMENT))) {
            for (PageRequest page :
                    List.of(PageRequest.first(), PageRequest.first().after(first.next()))) {
                explained.indexed(3 * PAGE, () -> shop.users().listBalanceChanges(ANN, query, page));
            }
        }
    }

    @Test
    @Tag("B4")
    void a_balance_history_of_a_time_looks_at_no_other() {
        BalanceQuery latest = BalanceQuery.all().between(many.placed(0.95), many.now());
        int all = shop.users()
                .listBalanceChanges(ANN, latest, PageRequest.first(PageRequest.MAX_SIZE))
                .items()
                .size();

        explained.indexed(all + 1, () -> shop.users().listBalanceChanges(ANN, latest, PageRequest.first()));
    }

    @Test
    @Tag("K3")
    void of_all_coupons_only_the_users_own_are_looked_at() {
        explained.indexed(
                ManyOrders.COUPONS,
                () -> assertThat(shop.coupons()
                                .list(ANN, CouponStatus.AVAILABLE, PageRequest.first())
                                .items())
                        .hasSize(PAGE));
    }

    @Test
    @Tag("C2")
    void a_cart_is_viewed() {
        explained.indexed(10, () -> assertThat(shop.carts().get(ANN).lines()).hasSize(2));
    }

    @Test
    @Tag("J2")
    void a_snapshot_reads_what_its_window_shows() {
        explained.indexed(
                many.orders() / 100,
                () -> assertThat(shop.jobs().snapshotPopularProducts().call().made())
                        .isTrue());
    }

    @Test
    @Tag("J3")
    void due_events_are_found_among_many_that_are_delivered() {
        explained.indexed(
                3 * CHUNK,
                () -> assertThat(shop.jobs()
                                .deliverEvents(event -> {})
                                .inChunksOf(CHUNK)
                                .call()
                                .delivered())
                        .isGreaterThanOrEqualTo(many.orders() / 100));
    }

    @Test
    @Tag("J1")
    void overdue_orders_are_found_among_many_and_locked() {
        explained.indexed(
                3 * CHUNK,
                () -> assertThat(shop.jobs()
                                .expireOverdueOrders()
                                .inChunksOf(CHUNK)
                                .call()
                                .failed())
                        .isEmpty());
    }

    @Test
    @Tag("S5")
    void overdue_orders_that_hold_an_option_are_found_among_many() {
        OptionId option = latest(1).items().get(0).lines().get(0).item().option();

        PlaceOrder tooMuch = PlaceOrder.by(ANN);
        for (int line = 0; line < PlaceOrder.MAX_LINES; line++) {
            tooMuch = tooMuch.line(option, Quantity.MAX);
        }
        PlaceOrder request = tooMuch;

        explained.indexed(
                many.orders() / 20,
                () -> refused(ErrorCode.INSUFFICIENT_STOCK, () -> shop.orders().place(request)));
    }

    @Test
    @Tag("J4")
    void what_is_old_is_found_among_what_is_not() {
        explained.indexed(
                3 * CHUNK,
                () -> assertThat(shop.jobs()
                                .purgeHistory()
                                .inChunksOf(CHUNK)
                                .call()
                                .removed(Kind.EVENTS))
                        .isPositive());
    }

    @Test
    @Tag("J5")
    void an_audit_of_what_has_changed_looks_at_that_and_at_what_is_open() {
        Audit.Report whole = explained.unexplained().jobs().audit().call();

        explained.indexed(
                many.orders() / 20,
                () -> assertThat(explained
                                .shop()
                                .jobs()
                                .audit()
                                .after(whole.checkpoint())
                                .call()
                                .violations())
                        .isEmpty());
    }

    @Test
    @Tag("R3")
    void figures_read_the_orders_of_the_days_asked_for_and_no_others() {
        LocalDate day = LocalDate.ofInstant(many.placed(0.5), ZoneOffset.UTC);
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();

        explained.indexed(
                many.orders() / 200,
                () -> assertThat(shop.figures().getByDay(ZoneOffset.UTC, day, day.plusDays(2)))
                        .allSatisfy(of -> assertThat(of.sales().orders()).isPositive()));
        explained.indexed(
                many.orders() / 100,
                () -> assertThat(shop.figures()
                                .listByProduct(begin, begin.plus(Duration.ofDays(1)), PageRequest.first())
                                .items())
                        .isNotEmpty());
    }

    @Test
    @Tag("R4")
    void receiving_stock_of_many_options_reads_the_end_of_each_history() {
        List<ReceiveStock> receipts = IntStream.rangeClosed(0, ManyOrders.ALL_OPTIONS)
                .mapToObj(n -> shop.products()
                        .findBySku("S" + n % ManyOrders.ALL_OPTIONS)
                        .orElseThrow()
                        .options()
                        .get(n % ManyOrders.OPTIONS)
                        .id())
                .map(option -> ReceiveStock.of(option, 1))
                .toList();

        explained.indexed(
                3 * receipts.size(),
                () -> assertThat(shop.products()
                                .receiveStockAll(receipts, BulkMode.ALL_OR_NOTHING)
                                .rows())
                        .hasSize(receipts.size()));
    }

    @Test
    @Tag("R4")
    void an_export_reads_its_pages_one_behind_the_other() {
        explained.indexed(3 * CHUNK, () -> pages(shop.exports().orders(this::afterPages)));
        explained.indexed(3 * CHUNK, () -> pages(shop.exports().lines(this::afterPages)));
        explained.indexed(3 * CHUNK, () -> pages(shop.exports().users(this::afterPages)));
        explained.indexed(3 * CHUNK, () -> pages(shop.exports().ledger(this::afterPages)));
        explained.indexed(3 * CHUNK, () -> pages(shop.exports().stock(this::afterPages)));
    }

    private int handedOver;

    private void pages(Export<?> export) {
        handedOver = 0;
        export.inPagesOf(CHUNK).call();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** The third page is the last. */
    private void afterPages(Object row) {
        if (++handedOver > 2 * CHUNK) {
            Thread.currentThread().interrupt();
        }
    }

    private static Page<Order> latest(int size) {
        return shop.orders().list(ANN, PageRequest.first(size));
    }

    /** Of which everything was kept. */
    private static Order latestPaid() {
        return shop.orders().list(ANN, OrderStatus.PAID, PageRequest.first(PAGE)).items().stream()
                .filter(order -> order.returnedAt() == null)
                .findFirst()
                .orElseThrow();
    }
}
