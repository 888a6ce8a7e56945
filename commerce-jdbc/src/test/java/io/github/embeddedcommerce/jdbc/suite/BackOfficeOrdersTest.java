package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.Pages;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderQuery;
import io.github.embeddedcommerce.order.OrderRecord;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.page.TimeRange;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.reference.Reference;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everybody's orders and what happened to them. */
class BackOfficeOrdersTest extends ShopTest {
    private static final String CAMPAIGN = "spring campaign";

    UserId ann;
    UserId bob;
    Product mug;
    Product spoon;

    @BeforeEach
    void two_users_and_two_products() {
        ann = user("ann", 1_000_000);
        bob = user("bob", 1_000_000);
        mug = product("MUG", 1_000, 1_000);
        spoon = product("SPOON", 500, 1_000);
    }

    private Order place(int n) {
        PlaceOrder request = PlaceOrder.by(n % 3 == 0 ? bob : ann);
        if (n % 2 == 0) {
            request = request.line(option(mug), 1).line(option(mug), 2);
        }
        if (n % 2 == 1 || n % 4 == 0) {
            request = request.line(option(spoon), 1);
        }
        if (n % 5 < 2) {
            request = request.withReference(Reference.of(CAMPAIGN));
        }
        return shop.orders().place(request);
    }

    private static OptionId option(Product product) {
        return product.options().get(0).id();
    }

    /** Some at the same moment, paid in another order than they were placed. */
    private List<OrderRecord> orders() {
        List<Order> placed = new ArrayList<>();
        for (int n = 0; n < 24; n++) {
            placed.add(place(n));
            clock.advance(Duration.ofSeconds(n % 3));
        }
        for (int n = 23; n >= 8; n--) {
            Order order = placed.get(n);
            shop.orders().pay(PayOrder.by(order.user(), order.id()));
            clock.advance(Duration.ofSeconds(n % 2));
        }
        for (int n = 5; n < 14; n++) {
            Order order = placed.get(n);
            shop.orders().cancel(CancelOrder.by(order.user(), order.id()));
        }
        clock.advance(Duration.ofMinutes(11));
        shop.jobs().expireOverdueOrders().call();
        for (int n = 24; n < 36; n++) {
            placed.add(place(n));
        }
        return placed.stream()
                .map(order -> shop.backOffice().getOrder(order.id()))
                .toList();
    }

    @Test
    @Tag("R1")
    void any_order_is_found_by_its_id_whoever_owns_it() {
        Order anns = place(1);
        Order bobs = place(3);

        assertThat(shop.backOffice().getOrder(anns.id()).order()).isEqualTo(anns);
        assertThat(shop.backOffice().findOrder(bobs.id()).map(OrderRecord::order))
                .contains(bobs);
        OrderId unknown = new OrderId(999_999_999);
        assertThat(shop.backOffice().findOrder(unknown)).isEmpty();
        refused(ORDER_NOT_FOUND, () -> shop.backOffice().getOrder(unknown));
        refused(ORDER_NOT_FOUND, () -> shop.backOffice().getHistory(unknown));
    }

    @Test
    @Tag("R2")
    void every_combination_of_conditions_lists_the_orders_that_fit_in_its_order() {
        List<OrderRecord> all = orders();
        Instant middle = all.get(12).order().placedAt();
        Instant paid = Objects.requireNonNull(all.get(16).order().paidAt());
        int listed = 0;
        for (OrderQuery about : List.of(OrderQuery.all(), OrderQuery.all().ofUser(ann))) {
            for (OrderQuery of : List.of(about, about.ofProduct(mug.id()), about.withReference(CAMPAIGN))) {
                for (Set<OrderStatus> statuses : List.of(
                        Set.of(OrderStatus.values()),
                        Set.of(OrderStatus.PAID),
                        Set.of(OrderStatus.PENDING, OrderStatus.CANCELLED))) {
                    OrderQuery some = of.withStatus(statuses);
                    for (OrderQuery query : List.of(
                            some,
                            some.placedIn(TimeRange.since(middle)),
                            some.placedIn(TimeRange.before(middle)),
                            some.paidIn(TimeRange.always()),
                            some.paidIn(TimeRange.between(middle, paid)))) {
                        listed += listsWhatFits(query, all) + listsWhatFits(query.oldestFirst(), all);
                    }
                }
            }
        }
        listed += listsWhatFits(OrderQuery.all().withReference(CAMPAIGN).ofProduct(spoon.id()), all);

        assertThat(listed).isGreaterThan(1_000);
    }

    private int listsWhatFits(OrderQuery query, List<OrderRecord> all) {
        Comparator<OrderRecord> up = query.isByNumber()
                ? Comparator.comparing(OrderRecord::id)
                : Comparator.comparing((OrderRecord one) -> time(query, one)).thenComparing(OrderRecord::id);
        List<OrderRecord> expected = all.stream()
                .filter(fits(query))
                .sorted(query.sort() == OrderQuery.Sort.OLDEST_FIRST ? up : up.reversed())
                .toList();

        assertThat(Pages.all(7, page -> shop.backOffice().listOrders(query, page)))
                .as(query.toString())
                .isEqualTo(expected);
        return expected.size();
    }

    private static Instant time(OrderQuery query, OrderRecord one) {
        Instant paidAt = one.order().paidAt();
        return query.period().step() == OrderQuery.Step.PAID
                ? Objects.requireNonNull(paidAt)
                : one.order().placedAt();
    }

    private static Predicate<OrderRecord> fits(OrderQuery query) {
        OrderQuery.About about = query.about();
        return one -> {
            Order order = one.order();
            Instant at = query.period().step() == OrderQuery.Step.PAID ? order.paidAt() : order.placedAt();
            TimeRange range = query.period().range();
            return (about.user() == null || about.user().equals(order.user()))
                    && (about.product() == null
                            || order.lines().stream()
                                    .anyMatch(line -> line.item().product().equals(about.product())))
                    && (about.reference() == null
                            || about.reference().equals(one.labels().reference().text()))
                    && query.statuses().contains(order.status())
                    && at != null
                    && (range.from() == null || !at.isBefore(range.from()))
                    && (range.to() == null || at.isBefore(range.to()));
        };
    }

    @Test
    @Tag("R2")
    @Tag("O7")
    void a_users_own_list_and_the_back_offices_list_of_the_user_are_the_same() {
        orders();
        OrderQuery anns = OrderQuery.all().ofUser(ann);

        assertThat(Pages.all(4, page -> shop.orders().list(ann, page)))
                .isEqualTo(Pages.all(5, page -> shop.backOffice().listOrders(anns, page)).stream()
                        .map(OrderRecord::order)
                        .toList());
    }

    /** Whatever is placed, paid and cancelled meanwhile: what fits from the first page to the last is there once. */
    @Test
    @Tag("R2")
    void nothing_is_listed_twice_and_nothing_missed_while_orders_come_and_change() {
        List<OrderRecord> there = orders();
        List<Order> pending = IntStream.range(0, 24).mapToObj(this::place).toList();
        List<OrderQuery> queries = List.of(
                OrderQuery.all(),
                OrderQuery.all().oldestFirst(),
                OrderQuery.all().withStatus(OrderStatus.PAID),
                OrderQuery.all().ofUser(ann),
                OrderQuery.all().ofProduct(mug.id()),
                OrderQuery.all().withReference(CAMPAIGN),
                OrderQuery.all().paidIn(TimeRange.always()),
                OrderQuery.all().ofUser(bob).withStatus(OrderStatus.CANCELLED).oldestFirst());
        List<Runnable> calls = new ArrayList<>();
        for (int n = 0; n < queries.size() * 3; n++) {
            OrderQuery query = queries.get(n % queries.size());
            Order order = pending.get(n);
            calls.add(() -> {
                List<OrderId> listed = Pages.all(3, page -> shop.backOffice().listOrders(query, page)).stream()
                        .map(OrderRecord::id)
                        .toList();
                assertThat(listed).as(query.toString()).doesNotHaveDuplicates();
                assertThat(listed)
                        .as(query.toString())
                        .containsAll(there.stream()
                                .filter(fits(query))
                                .map(OrderRecord::id)
                                .toList());
            });
            calls.add(() -> shop.orders().pay(PayOrder.by(order.user(), order.id())));
            int next = n;
            calls.add(() -> {
                Order placed = place(next);
                shop.orders().cancel(CancelOrder.by(placed.user(), placed.id()));
            });
        }

        Together<Boolean> made = Together.each(calls, call -> {
            call.run();
            return true;
        });

        assertThat(made.results()).hasSameSizeAs(calls);
    }

    @Test
    @Tag("E2")
    void a_cursor_of_a_list_that_is_sorted_otherwise_is_refused() {
        IntStream.range(0, 3).forEach(this::place);
        Cursor newest = Objects.requireNonNull(shop.backOffice()
                .listOrders(OrderQuery.all(), PageRequest.first(1))
                .next());

        for (OrderQuery other : List.of(
                OrderQuery.all().oldestFirst(),
                OrderQuery.all().ofProduct(mug.id()),
                OrderQuery.all().paidIn(TimeRange.always()))) {
            refused(
                    VALIDATION_ERROR,
                    () -> shop.backOffice()
                            .listOrders(other, PageRequest.first().after(newest)));
        }
        Cursor impossible = Cursor.behind(OrderQuery.all().listName(), List.of(Long.MAX_VALUE, 1L));
        refused(
                VALIDATION_ERROR,
                () -> shop.backOffice()
                        .listOrders(OrderQuery.all(), PageRequest.first().after(impossible)));
    }
}
