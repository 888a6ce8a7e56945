package io.github.embeddedcommerce.job;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.memory.Journal;
import io.github.embeddedcommerce.memory.Rows;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("J5")
class AuditTest {
    private final StockedShop shop = new StockedShop(50, 100);
    private final Audit audit = shop.door.jobs().audit();

    @Test
    void a_shop_that_has_sold_and_expired_orders_is_clean() {
        Order paid = shop.mugsFor(ANN, 1);
        shop.door.orders().pay(new PayOrder(ANN, paid.id()));
        shop.door.orders().cancel(ANN, shop.mugsFor(ANN, 1).id());
        shop.mugsFor(BOB, 2);
        shop.letTimeToPayPass();
        shop.door.jobs().expireOverdueOrders().call();
        shop.mugsFor(BOB, 3);
        Audit.Report report = audit.call();
        assertThat(report).isEqualTo(new Audit.Report(List.of(Invariant.values()), List.of()));
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void every_invariant_is_checked_in_a_transaction_of_its_own_that_writes_nothing() {
        int before = shop.memory.journals().size();
        audit.call();
        List<Journal> journals =
                shop.memory.journals().subList(before, shop.memory.journals().size());
        assertThat(journals).hasSameSizeAs(Invariant.values());
        assertThat(journals).allSatisfy(journal -> {
            assertThat(journal.useCase()).isEqualTo("jobs.audit");
            assertThat(journal.writes()).isEmpty();
        });
    }

    @Test
    void every_violation_is_reported_up_to_100_for_each_invariant() {
        StockedShop damaged = new StockedShop(101, 0);
        damaged.ordersOfOneMug(101);
        damaged.memory.tamper(rows -> rows.orders().replaceAll((id, order) -> order.cancelled(NOON)));
        Audit.Report report = damaged.door.jobs().audit().call();
        assertThat(report.isClean()).isFalse();
        assertThat(report.checked()).containsExactly(Invariant.values());
        assertThat(report.violations().stream().collect(groupingBy(Violation::invariant, counting())))
                .containsOnly(
                        Map.entry(Invariant.STOCK_RESERVED_EXPLAINED, 1L),
                        Map.entry(Invariant.EVENTS_MATCH_ORDERS, 100L));
    }

    @Test
    void an_interrupt_ends_it_after_the_check_and_the_report_is_not_clean() {
        shop.memory.faults.afterNextTransaction(() -> Thread.currentThread().interrupt());
        Audit.Report report = audit.call();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.checked()).containsExactly(Invariant.STOCK_WITHIN_BOUNDS);
        assertThat(report.violations()).isEmpty();
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void a_report_keeps_what_it_was_made_from() {
        List<Invariant> checked = new ArrayList<>(List.of(Invariant.values()));
        List<Violation> violations = new ArrayList<>(List.of(new Violation(Invariant.ORDER_ADDS_UP, Map.of())));
        Audit.Report report = new Audit.Report(checked, violations);
        checked.clear();
        violations.clear();
        assertThat(report.checked()).hasSize(Invariant.values().length);
        assertThat(report.violations()).hasSize(1);
        assertThat(report.isClean()).isFalse();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> report.violations().clear());
    }

    /** The audit in memory is what every other test relies on, so it must see each kind of damage. */
    @Test
    void the_audit_of_these_tests_sees_each_kind_of_damage() {
        assertSeen(
                Invariant.STOCK_ON_HAND_EXPLAINED,
                rows -> rows.stockChanges().add(new StockChange(shop.mug, 50, 51, new Reason(Kind.RECEIPT, ""), NOON)));
        assertSeen(
                Invariant.STOCK_RESERVED_EXPLAINED,
                rows -> rows.levels().put(shop.mug, new StockLevel(shop.mug, 50, 7)));
        assertSeen(Invariant.BALANCE_EXPLAINED, rows -> rows.users().put(ANN, new User(ANN, won(10_001), 1, NOON)));
        assertSeen(
                Invariant.BALANCE_CHAIN_UNBROKEN, rows -> rows.users().put(ANN, new User(ANN, won(10_000), 2, NOON)));
        for (BalanceChange unlinked : List.of(charge(3, 10_000), charge(2, 9_999), charge(1, 0))) {
            assertSeen(Invariant.BALANCE_CHAIN_UNBROKEN, rows -> {
                rows.balanceChanges().add(unlinked);
                rows.users().put(ANN, new User(ANN, won(10_005), 2, NOON));
            });
        }
        Order order = shop.mugsFor(ANN, 1);
        Discount tooMuch = new Discount(won(1_001), null);
        assertSeen(Invariant.PAYMENTS_MATCH_ORDERS, becomes(order.paid(Discount.none(order.total()), NOON)));
        assertSeen(Invariant.EVENTS_MATCH_ORDERS, becomes(order.cancelled(NOON)));
        assertSeen(Invariant.ORDER_TIMES_FIT_STATUS, becomes(order.expired(NOON)));
        assertSeen(Invariant.ORDER_ADDS_UP, becomes(order.paid(tooMuch, NOON)));
    }

    @Test
    void progress_is_told_after_each_invariant_and_an_interrupt_stops_it_there() {
        List<Long> progress = new ArrayList<>();
        assertThat(audit.reporting(progress::add).call().isClean()).isTrue();
        assertThat(progress)
                .isEqualTo(LongStream.rangeClosed(1, Invariant.values().length)
                        .boxed()
                        .toList());
        Audit.Report report =
                audit.reporting(checked -> Thread.currentThread().interrupt()).call();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.checked()).hasSize(1);
        assertThat(report.isClean()).isFalse();
        malformed(() -> audit.reporting(nothing()));
    }

    private void assertSeen(Invariant invariant, Consumer<Rows> damage) {
        Rows sound = shop.memory.rows();
        shop.memory.tamper(damage);
        assertThat(audit.call().violations()).extracting(Violation::invariant).contains(invariant);
        shop.memory.restore(sound);
        assertThat(audit.call().isClean()).isTrue();
    }

    private static Consumer<Rows> becomes(Order order) {
        return rows -> rows.orders().put(order.id(), order);
    }

    private static BalanceChange charge(long number, long before) {
        BalanceMovement movement = new BalanceMovement(won(5), BalanceCode.SYSTEM_CHARGE, "", "");
        return new BalanceChange(ANN, number, won(before), movement, NOON);
    }
}
