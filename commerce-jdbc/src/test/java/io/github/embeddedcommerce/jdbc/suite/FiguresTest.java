package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.Figures;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.order.Sales;
import io.github.embeddedcommerce.order.SalesOfDay;
import io.github.embeddedcommerce.order.SalesOfProduct;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures by day and by product. */
@Tag("R3")
class FiguresTest extends ShopTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Sales NONE = new Sales(0, 0, 0, won(0), won(0), won(0));

    private Product mug;
    private Product cup;
    private UserId ann;

    @BeforeEach
    void two_products() {
        mug = product("MUG", 1_000, 10_000);
        cup = product("CUP", 700, 10_000);
        ann = user("ann", 1_000_000_000);
    }

    private OptionId option(Product product) {
        return product.options().get(0).id();
    }

    private void at(String instant) {
        clock.advance(Duration.between(clock.instant(), Instant.parse(instant)));
    }

    private Order paid(Product product, long quantity) {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(option(product), quantity));
        return shop.orders().pay(PayOrder.by(ann, order.id())).order();
    }

    private Sales sales(long orders, long units, long revenue, long discounts, long refunds) {
        return sales(orders, units, 0, revenue, discounts, refunds);
    }

    private Sales sales(long orders, long units, long returned, long revenue, long discounts, long refunds) {
        return new Sales(orders, units, returned, won(revenue), won(discounts), won(refunds));
    }

    @Test
    void a_day_without_a_sale_is_there_with_nothing() {
        assertThat(shop.figures().getByDay(BERLIN, LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 3)))
                .containsExactly(
                        new SalesOfDay(LocalDate.of(2026, 3, 1), NONE), new SalesOfDay(LocalDate.of(2026, 3, 2), NONE));
        assertThat(shop.figures().getByDay(BERLIN, LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 1)))
                .isEmpty();
        assertThat(shop.figures()
                        .listByProduct(Instant.EPOCH, clock.instant(), PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    void an_order_counts_on_the_day_it_is_paid_and_its_refund_on_the_day_it_is_made() {
        Order one = paid(mug, 2);
        shop.orders().place(PlaceOrder.by(ann).line(option(mug), 5));
        clock.advance(Duration.ofDays(1));
        shop.jobs().expireOverdueOrders().call();
        paid(cup, 1);
        shop.orders().cancel(CancelOrder.by(ann, one.id()));
        Order pending = shop.orders().place(PlaceOrder.by(ann).line(option(mug), 1));
        shop.orders().cancel(CancelOrder.by(ann, pending.id()));

        LocalDate first = LocalDate.of(2026, 3, 1);
        assertThat(shop.figures().getByDay(ZoneOffset.UTC, first, first.plusDays(2)))
                .containsExactly(
                        new SalesOfDay(first, sales(1, 2, 2_000, 0, 0)),
                        new SalesOfDay(first.plusDays(1), sales(1, 1, 2, 700, 0, 2_000)));
        assertThat(sales(1, 1, 2, 700, 0, 2_000).kept()).isEqualTo(-1);
        assertThat(sales(1, 1, 2, 700, 0, 2_000).net()).isEqualTo(won(-1_300));
    }

    @Test
    @Tag("M6")
    void what_is_given_back_in_part_counts_on_its_day_and_the_rest_when_the_order_is_cancelled() {
        Order order =
                shop.orders().place(PlaceOrder.by(ann).line(option(mug), 3).line(option(cup), 2));
        shop.orders().pay(PayOrder.by(ann, order.id()));
        clock.advance(Duration.ofDays(1));
        shop.orders().giveBack(ReturnItems.of(order.id()).line(1, 2).line(2, 1));
        clock.advance(Duration.ofDays(1));
        shop.orders().cancel(CancelOrder.by(ann, order.id()));

        LocalDate first = LocalDate.of(2026, 3, 1);
        assertThat(shop.figures().getByDay(ZoneOffset.UTC, first, first.plusDays(3)))
                .containsExactly(
                        new SalesOfDay(first, sales(1, 5, 4_400, 0, 0)),
                        new SalesOfDay(first.plusDays(1), sales(0, 0, 3, 0, 0, 2_700)),
                        new SalesOfDay(first.plusDays(2), sales(0, 0, 2, 0, 0, 1_700)));
        Instant second = first.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        assertThat(byProduct(second, second.plus(Duration.ofDays(1)), 5))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(mug, sales(0, 0, 2, 0, 0, 2_000), cup, sales(0, 0, 1, 0, 0, 700)));
        assertThat(byProduct(Instant.EPOCH, clock.instant().plusSeconds(1), 5))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(mug, sales(1, 3, 3, 3_000, 0, 3_000), cup, sales(1, 2, 2, 1_400, 0, 1_400)));
    }

    @Test
    void days_have_23_or_25_hours_when_clocks_are_changed() {
        at("2026-03-28T22:59:59.999999Z");
        paid(mug, 1);
        at("2026-03-28T23:00:00Z"); // the 29th begins in Berlin
        paid(mug, 2);
        at("2026-03-29T21:59:59.999999Z"); // its last microsecond
        paid(mug, 3);
        at("2026-03-29T22:00:00Z");
        paid(mug, 4);
        at("2026-10-24T21:59:59.999999Z");
        paid(cup, 5);
        at("2026-10-24T22:00:00Z"); // the 25th begins
        paid(cup, 6);
        at("2026-10-25T22:59:59.999999Z");
        paid(cup, 7);
        at("2026-10-25T23:00:00Z");
        paid(cup, 8);

        assertThat(units(BERLIN, LocalDate.of(2026, 3, 28), 3)).containsExactly(1L, 5L, 4L);
        assertThat(units(BERLIN, LocalDate.of(2026, 10, 24), 3)).containsExactly(5L, 13L, 8L);
        assertThat(units(ZoneOffset.UTC, LocalDate.of(2026, 3, 28), 3)).containsExactly(3L, 7L, 0L);
    }

    /** In Havana midnight comes twice on the day that has 25 hours, and not at all on the one that has 23. */
    @Test
    void a_day_begins_with_its_first_moment_where_clocks_are_changed_at_midnight() {
        ZoneId havana = ZoneId.of("America/Havana");
        at("2026-03-08T04:59:59Z");
        paid(mug, 1);
        at("2026-03-08T05:00:00Z"); // 01:00, the first moment of the 8th
        paid(mug, 2);
        at("2026-11-01T04:30:00Z"); // 00:30 for the first time
        paid(cup, 3);
        at("2026-11-01T05:30:00Z"); // and for the second
        paid(cup, 4);
        at("2026-11-02T05:00:00Z");
        paid(cup, 5);

        assertThat(units(havana, LocalDate.of(2026, 3, 7), 2)).containsExactly(1L, 2L);
        assertThat(units(havana, LocalDate.of(2026, 10, 31), 3)).containsExactly(0L, 7L, 5L);
    }

    private List<Long> units(ZoneId zone, LocalDate first, int days) {
        return shop.figures().getByDay(zone, first, first.plusDays(days)).stream()
                .map(day -> day.sales().units())
                .toList();
    }

    @Test
    void a_discount_is_shared_by_the_largest_remainder() {
        Product[] products = {product("A", 100, 10), product("B", 100, 10), product("C", 101, 10), product("D", 0, 10)};
        PlaceOrder request = PlaceOrder.by(ann);
        for (Product product : products) {
            request = request.line(option(product), 1);
        }
        Order order = shop.orders().place(request);
        var coupon = shop.coupons()
                .create(NewCoupon.of("Fifty", DiscountRule.amount(won(50)), Instant.parse("2027-01-01T00:00:00Z")));
        shop.orders()
                .pay(PayOrder.by(ann, order.id())
                        .withCoupon(shop.coupons().issue(ann, coupon.id()).id()));

        // 16.61, 16.61 and 16.78 of 50: rounded down they are 48; C has the largest remainder, then A before B
        assertThat(byProduct(Instant.EPOCH, clock.instant().plusSeconds(1), 2))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        products[0], sales(1, 1, 83, 17, 0),
                        products[1], sales(1, 1, 84, 16, 0),
                        products[2], sales(1, 1, 84, 17, 0),
                        products[3], sales(1, 1, 0, 0, 0)));
        clock.advance(Duration.ofDays(1));
        Instant later = clock.instant();
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        assertThat(byProduct(later, later.plusSeconds(1), 1))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        products[0], sales(0, 0, 1, 0, 0, 83),
                        products[1], sales(0, 0, 1, 0, 0, 84),
                        products[2], sales(0, 0, 1, 0, 0, 84),
                        products[3], sales(0, 0, 1, 0, 0, 0)));
    }

    @Test
    void an_order_of_two_lines_of_a_product_counts_once_for_it() {
        Order order = shop.orders()
                .place(PlaceOrder.by(ann)
                        .line(option(mug), 1)
                        .line(option(cup), 2)
                        .line(option(mug), 3));
        shop.orders().pay(PayOrder.by(ann, order.id()));

        assertThat(byProduct(clock.instant(), clock.instant().plusSeconds(1), 5))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(mug, sales(1, 4, 4_000, 0, 0), cup, sales(1, 2, 1_400, 0, 0)));
        assertThat(byProduct(clock.instant().minusSeconds(1), clock.instant(), 5))
                .isEmpty();
    }

    private Map<Product, Sales> byProduct(Instant from, Instant until, int pageSize) {
        Map<Product, Sales> all = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
        PageRequest next = PageRequest.first(pageSize);
        while (true) {
            Page<SalesOfProduct> page = shop.figures().listByProduct(from, until, next);
            for (SalesOfProduct of : page.items()) {
                Product known = shop.products().get(of.product());
                assertThat(all.put(known, of.sales())).isNull();
            }
            if (page.next() == null) {
                Map<Product, Sales> bySku = new HashMap<>();
                all.forEach((product, sales) -> bySku.put(asRegistered(product), sales));
                return bySku;
            }
            next = next.after(page.next());
        }
    }

    /** As the test has it: with the units that were available when it was registered. */
    private Product asRegistered(Product product) {
        return List.of(mug, cup).stream()
                .filter(known -> known.id().equals(product.id()))
                .findFirst()
                .orElseGet(() -> new Product(
                        product.id(),
                        product.details(),
                        product.options().stream()
                                .map(option -> new ProductOption(option.id(), option.sku(), option.attributes(), 10))
                                .toList(),
                        product.registeredAt()));
    }

    /** A hundred days of sales with and without discounts, some of them refunded at another time. */
    @Test
    void figures_of_days_and_of_products_are_those_of_the_ledger() {
        Random random = new Random(17);
        var coupon = shop.coupons()
                .create(NewCoupon.of("Third", DiscountRule.percent(33), Instant.parse("2027-01-01T00:00:00Z")));
        List<Order> open = new ArrayList<>();
        Set<OrderId> partly = new HashSet<>();
        Instant begin = clock.instant();
        for (int n = 0; n < 40; n++) {
            clock.advance(Duration.ofMinutes(random.nextInt(7_200)));
            UserId user = user("user" + n, 1_000_000);
            Order order = shop.orders()
                    .place(PlaceOrder.by(user)
                            .line(option(mug), 1 + random.nextInt(3))
                            .line(option(cup), 1 + random.nextInt(3)));
            PayOrder payment = PayOrder.by(user, order.id());
            shop.orders()
                    .pay(
                            n % 2 == 0
                                    ? payment
                                    : payment.withCoupon(shop.coupons()
                                            .issue(user, coupon.id())
                                            .id()));
            open.add(order);
            if (n % 4 == 1) {
                Order inPart = open.get(random.nextInt(open.size()));
                if (inPart.lines().get(0).quantity() > 1 && partly.add(inPart.id())) {
                    shop.orders().giveBack(ReturnItems.of(inPart.id()).line(1, 1));
                }
            }
            if (n % 3 == 0) {
                Order refunded = open.remove(random.nextInt(open.size()));
                shop.orders().cancel(CancelOrder.by(refunded.user(), refunded.id()));
            }
        }
        List<BalanceChange> ledger = new ArrayList<>();
        shop.exports().ledger(ledger::add).call();

        for (String zone : List.of("UTC", "Asia/Seoul", "America/New_York", "Europe/Berlin", "Pacific/Chatham")) {
            LocalDate first = begin.atZone(ZoneId.of(zone)).toLocalDate();
            List<SalesOfDay> days = shop.figures().getByDay(ZoneId.of(zone), first, first.plusDays(200));
            assertThat(days).hasSize(200);
            for (SalesOfDay day : days) {
                assertThat(day.sales().revenue())
                        .isEqualTo(moved(ledger, BalanceCode.PAYMENT, ZoneId.of(zone), day.day())
                                .negated());
                assertThat(day.sales().refunds())
                        .isEqualTo(moved(ledger, BalanceCode.REFUND, ZoneId.of(zone), day.day()));
            }
            Sales whole = days.stream().map(SalesOfDay::sales).reduce(NONE, Sales::plus);
            Sales products = byProduct(begin, clock.instant().plusSeconds(1), 1).values().stream()
                    .reduce(NONE, Sales::plus);
            assertThat(whole.orders()).isEqualTo(40);
            assertThat(new Sales(
                            40,
                            products.units(),
                            products.returned(),
                            products.revenue(),
                            products.discounts(),
                            products.refunds()))
                    .isEqualTo(whole);
            assertThat(whole.discounts().isPositive()).isTrue();
            assertThat(partly).isNotEmpty();
        }
    }

    private static Money moved(List<BalanceChange> ledger, BalanceCode code, ZoneId zone, LocalDate day) {
        return ledger.stream()
                .filter(change -> change.movement().code() == code
                        && change.at().atZone(zone).toLocalDate().equals(day))
                .map(change -> change.movement().amount())
                .reduce(won(0), Money::plus);
    }

    @Test
    void a_time_of_nanoseconds_begins_and_ends_with_the_next_microsecond() {
        paid(mug, 1);
        Instant paidAt = clock.instant();
        Instant nanoLater = paidAt.plusNanos(1);
        Instant later = paidAt.plusSeconds(1);

        assertThat(shop.figures()
                        .listByProduct(paidAt, later, PageRequest.first())
                        .items())
                .hasSize(1);
        assertThat(shop.figures()
                        .listByProduct(nanoLater, later, PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(shop.figures()
                        .listByProduct(Instant.EPOCH, paidAt, PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(shop.figures()
                        .listByProduct(Instant.EPOCH, nanoLater, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    @Tag("E2")
    void what_cannot_be_asked_is_refused() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        Figures figures = shop.figures();
        assertThat(figures.getByDay(BERLIN, day, day.plusDays(Figures.MAX_DAYS)))
                .hasSize(Figures.MAX_DAYS);
        refused(VALIDATION_ERROR, () -> figures.getByDay(BERLIN, day, day.plusDays(Figures.MAX_DAYS + 1)));
        refused(VALIDATION_ERROR, () -> figures.getByDay(BERLIN, day, day.minusDays(1)));
        refused(VALIDATION_ERROR, () -> figures.getByDay(BERLIN, LocalDate.MIN, LocalDate.MIN));
        refused(VALIDATION_ERROR, () -> figures.getByDay(BERLIN, LocalDate.MAX, LocalDate.MAX));
        refused(
                VALIDATION_ERROR,
                () -> figures.listByProduct(clock.instant(), clock.instant().minusSeconds(1), PageRequest.first()));
        refused(VALIDATION_ERROR, () -> figures.listByProduct(Instant.MIN, clock.instant(), PageRequest.first()));
        refused(VALIDATION_ERROR, () -> figures.listByProduct(Instant.EPOCH, Instant.MAX, PageRequest.first()));
        paid(mug, 1);
        paid(cup, 1);
        Instant until = clock.instant().plusSeconds(1);
        Page<SalesOfProduct> page = figures.listByProduct(Instant.EPOCH, until, PageRequest.first(1));
        PageRequest next = PageRequest.first(1).after(page.next());
        assertThat(figures.listByProduct(Instant.EPOCH, until, next).items()).hasSize(1);
        refused(VALIDATION_ERROR, () -> figures.listByProduct(Instant.EPOCH, until.plusSeconds(1), next));
        assertThat(figures.getByDay(ZoneOffset.UTC, LocalDate.of(1970, 1, 2), LocalDate.of(1970, 1, 3)))
                .hasSize(1);
        assertThat(figures.getByDay(
                        ZoneId.of("Pacific/Kiritimati"), LocalDate.of(9998, 12, 30), LocalDate.of(9998, 12, 31)))
                .hasSize(1);
    }
}
