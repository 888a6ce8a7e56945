package io.github.embeddedcommerce.job;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.TIME_TO_PAY;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.order.OrderStatus.CANCELLED;
import static io.github.embeddedcommerce.order.OrderStatus.EXPIRED;
import static io.github.embeddedcommerce.order.OrderStatus.PAID;
import static io.github.embeddedcommerce.order.OrderStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.job.ExpireOverdueOrders.Result;
import io.github.embeddedcommerce.memory.Journal;
import io.github.embeddedcommerce.memory.Rows;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("J1")
class ExpireOverdueOrdersTest {
    private final StockedShop shop = new StockedShop(100, 100);
    private final ExpireOverdueOrders job = shop.door.jobs().expireOverdueOrders();

    @AfterEach
    void the_shop_is_sound_and_no_interrupt_is_left() {
        assertThat(Thread.interrupted()).isFalse();
        shop.memory.assertSound();
    }

    @Test
    @Tag("S2")
    void every_pending_order_past_its_time_expires_and_releases_its_stock() {
        List<Order> overdue = shop.ordersOfOneMug(3);
        shop.letTimeToPayPass();
        Order fresh = shop.mugsFor(ANN, 7);
        assertThat(job.call()).isEqualTo(new Result(3, Map.of(), false));
        assertThat(shop.orders()).containsOnly(Map.entry(EXPIRED, 3L), Map.entry(PENDING, 1L));
        assertThat(shop.status(fresh.id())).isEqualTo(PENDING);
        assertThat(shop.level(shop.mug)).isEqualTo(new StockLevel(shop.mug, 100, 7));
        assertThat(shop.memory.rows().events())
                .containsExactlyElementsOf(overdue.stream()
                        .map(order ->
                                new OrderEvent(order.id(), 1, OrderEvent.Type.EXPIRED, BOB, NOON.plus(TIME_TO_PAY)))
                        .toList());
    }

    @Test
    @Tag("O4")
    void an_order_expires_at_the_instant_that_it_was_told_and_not_before() {
        Order order = shop.mugsFor(ANN, 1);
        shop.memory.clock.set(order.expiresAt().minusNanos(1));
        assertThat(job.call().expired()).isZero();
        shop.memory.clock.set(order.expiresAt());
        assertThat(job.call().expired()).isEqualTo(1);
        assertThat(shop.order(order.id()).progress().times().closedAt()).isEqualTo(order.expiresAt());
    }

    @Test
    @Tag("O6")
    void paid_and_cancelled_orders_never_expire() {
        Order paid = shop.mugsFor(ANN, 1);
        Order cancelled = shop.mugsFor(ANN, 1);
        shop.door.orders().pay(new PayOrder(ANN, paid.id()));
        shop.door.orders().cancel(ANN, cancelled.id());
        shop.memory.clock.advance(Duration.ofDays(400));
        assertThat(job.call()).isEqualTo(new Result(0, Map.of(), false));
        assertThat(shop.orders()).containsOnly(Map.entry(PAID, 1L), Map.entry(CANCELLED, 1L));
    }

    @Test
    void orders_expire_in_chunks_the_longest_overdue_first_and_progress_is_told_after_each() {
        List<OrderId> inOrder = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            inOrder.add(shop.mugsFor(ANN, 1).id());
            shop.memory.clock.advance(Duration.ofSeconds(1));
        }
        shop.letTimeToPayPass();
        List<Long> progress = new ArrayList<>();
        assertThat(job.inChunksOf(2).reporting(progress::add).call().expired()).isEqualTo(5);
        assertThat(progress).containsExactly(2L, 4L, 5L);
        assertThat(shop.memory.rows().events()).extracting(OrderEvent::order).containsExactlyElementsOf(inOrder);
        assertThat(expiringTransactions())
                .extracting(journal -> journal.writes().stream()
                        .filter(write -> write.startsWith("order"))
                        .count())
                .containsExactly(2L, 2L, 1L);
    }

    @Test
    void orders_that_became_overdue_at_the_same_instant_are_taken_one_after_the_other() {
        shop.ordersOfOneMug(7);
        shop.letTimeToPayPass();
        assertThat(job.inChunksOf(1).call().expired()).isEqualTo(7);
        assertThat(expiringTransactions()).hasSize(7);
    }

    @Test
    void one_order_that_cannot_be_expired_does_not_stop_the_rest() {
        List<Order> overdue = shop.ordersOfOneMug(9);
        shop.letTimeToPayPass();
        for (int bad = 0; bad < 9; bad += 4) {
            shop.memory.faults.breakOrder(overdue.get(bad).id());
        }
        List<Long> progress = new ArrayList<>();
        Result result = job.inChunksOf(4).reporting(progress::add).call();
        assertThat(result.expired()).isEqualTo(6);
        Map<OrderId, String> expected = new HashMap<>();
        for (int bad = 0; bad < 9; bad += 4) {
            OrderId id = overdue.get(bad).id();
            expected.put(id, "java.lang.IllegalStateException: order " + id + " is on a bad block");
            assertThat(shop.status(id)).isEqualTo(PENDING);
        }
        assertThat(result.failed()).isEqualTo(expected);
        assertThat(result.interrupted()).isFalse();
        assertThat(progress).containsExactly(3L, 6L, 6L);
        assertThat(shop.orders()).containsOnly(Map.entry(EXPIRED, 6L), Map.entry(PENDING, 3L));
        assertThat(shop.level(shop.mug).reserved()).isEqualTo(3);
    }

    @Test
    void an_order_whose_stock_is_damaged_is_reported_and_the_rest_expire() {
        List<Order> overdue = shop.ordersOfOneMug(3);
        Order spoons = shop.door.orders().place(PlaceOrder.by(ANN).line(shop.spoon, 3));
        shop.memory.tamper(rows -> rows.levels().put(shop.spoon, new StockLevel(shop.spoon, 100, 1)));
        shop.letTimeToPayPass();
        Result result = job.call();
        assertThat(result.expired()).isEqualTo(overdue.size());
        assertThat(result.failed()).containsOnlyKeys(spoons.id());
        shop.memory.tamper(rows -> rows.levels().put(shop.spoon, new StockLevel(shop.spoon, 100, 3)));
        assertThat(job.call()).isEqualTo(new Result(1, Map.of(), false));
    }

    @Test
    @Tag("T6")
    void in_a_transaction_of_the_hosts_a_failure_is_the_hosts_to_roll_back() {
        List<Order> overdue = shop.ordersOfOneMug(4);
        shop.letTimeToPayPass();
        shop.memory.faults.breakOrder(overdue.get(1).id());
        Rows begun = shop.memory.rows();
        shop.memory.joinHost();
        int before = shop.memory.journals().size();
        assertThatIllegalStateException().isThrownBy(job::call).withMessageContaining("bad block");
        assertThat(shop.memory.journals()).hasSize(before + 1);
        shop.memory.restore(begun);
    }

    @Test
    void an_interrupt_while_a_bad_order_is_looked_for_ends_the_search_and_blames_nobody() {
        List<Order> overdue = shop.ordersOfOneMug(8);
        shop.letTimeToPayPass();
        shop.memory.faults.breakOrder(overdue.get(0).id());
        shop.memory.faults.afterNextTransaction(() -> Thread.currentThread().interrupt());
        Result result = job.call();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isEqualTo(new Result(0, Map.of(), true));
        assertThat(job.call().expired()).isEqualTo(7);
    }

    @Test
    void an_interrupt_between_two_halves_keeps_what_the_first_has_done() {
        List<Order> overdue = shop.ordersOfOneMug(8);
        shop.letTimeToPayPass();
        shop.memory.faults.breakOrder(overdue.get(7).id());
        shop.memory.faults.afterNextTransaction(() -> {});
        shop.memory.faults.afterNextTransaction(() -> Thread.currentThread().interrupt());
        assertThat(job.call()).isEqualTo(new Result(4, Map.of(), true));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void orders_that_somebody_else_is_at_are_passed_over() {
        List<Order> overdue = shop.ordersOfOneMug(4);
        shop.letTimeToPayPass();
        shop.memory.faults.lockElsewhere(overdue.get(0).id());
        shop.memory.faults.lockElsewhere(overdue.get(1).id());
        assertThat(job.inChunksOf(2).call()).isEqualTo(new Result(2, Map.of(), false));
        assertThat(shop.status(overdue.get(0).id())).isEqualTo(PENDING);
        assertThat(shop.status(overdue.get(3).id())).isEqualTo(EXPIRED);
    }

    @Test
    void running_again_finds_nothing_to_do() {
        shop.ordersOfOneMug(2);
        shop.letTimeToPayPass();
        job.call();
        assertThat(job.call()).isEqualTo(new Result(0, Map.of(), false));
        assertThat(shop.memory.rows().events()).hasSize(2);
    }

    @Test
    void a_chunk_broken_off_by_the_database_is_counted_once() {
        shop.ordersOfOneMug(5);
        shop.letTimeToPayPass();
        shop.memory.faults.breakOffEveryTransactionOnce();
        assertThat(job.inChunksOf(2).call()).isEqualTo(new Result(5, Map.of(), false));
    }

    @Test
    void an_interrupt_before_it_begins_leaves_everything_as_it_is() {
        shop.ordersOfOneMug(2);
        shop.letTimeToPayPass();
        Thread.currentThread().interrupt();
        assertThat(job.call()).isEqualTo(new Result(0, Map.of(), true));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(shop.orders()).containsOnly(Map.entry(PENDING, 2L));
    }

    @Test
    void an_interrupt_stops_it_after_the_chunk_and_the_next_run_goes_on() {
        shop.ordersOfOneMug(5);
        shop.letTimeToPayPass();
        Result result = job.inChunksOf(2)
                .reporting(expired -> Thread.currentThread().interrupt())
                .call();
        assertThat(result).isEqualTo(new Result(2, Map.of(), true));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(job.call()).isEqualTo(new Result(3, Map.of(), false));
    }

    @Test
    void trouble_before_any_order_was_seen_is_the_callers_to_hear() {
        shop.memory.faults.reachable(false);
        assertThatExceptionOfType(StorageException.class).isThrownBy(job::call);
        shop.memory.faults.reachable(true);
    }

    @Test
    void an_order_whose_lock_does_not_come_free_does_not_stop_the_rest() {
        List<Order> overdue = shop.ordersOfOneMug(5);
        shop.letTimeToPayPass();
        OrderId busy = overdue.get(2).id();
        StorageException timeout =
                new StorageException(StorageError.LOCK_TIMEOUT, StorageException.Outcome.NOTHING_CHANGED, "busy", null);
        shop.memory.faults.breakOrder(busy, timeout);
        assertThat(job.call()).isEqualTo(new Result(4, Map.of(busy, timeout.toString()), false));
    }

    @Test
    void a_database_that_goes_away_is_no_orders_fault() {
        List<Order> overdue = shop.ordersOfOneMug(8);
        shop.letTimeToPayPass();
        shop.memory.faults.breakOrder(overdue.get(0).id());
        shop.memory.faults.afterNextTransaction(() -> shop.memory.faults.reachable(false));
        assertThatExceptionOfType(StorageException.class).isThrownBy(job::call);
        shop.memory.faults.reachable(true);
        assertThat(job.call().expired()).isEqualTo(7);
    }

    @Test
    @Tag("E2")
    void a_chunk_has_1_to_10000_orders() {
        for (int chunk : new int[] {0, -1, 10_001}) {
            assertThat(malformed(() -> job.inChunksOf(chunk)).values()).containsEntry("field", "chunk");
        }
        assertThat(job.inChunksOf(1)).isNotSameAs(job);
        assertThat(job.inChunksOf(10_000)).isNotSameAs(job);
        malformed(() -> job.reporting(nothing()));
    }

    @Test
    void only_orders_that_hold_certain_options_can_be_expired() {
        List<Order> mugs = shop.ordersOfOneMug(2);
        Order spoons = shop.door.orders().place(PlaceOrder.by(ANN).line(shop.spoon, 3));
        shop.letTimeToPayPass();
        assertThat(job.holding(Set.of(shop.spoon)).inChunksOf(1).call()).isEqualTo(new Result(1, Map.of(), false));
        assertThat(shop.status(spoons.id())).isEqualTo(EXPIRED);
        assertThat(job.inChunksOf(1)
                        .holding(Set.of(shop.mug, shop.spoon))
                        .call()
                        .expired())
                .isEqualTo(mugs.size());
    }

    @Test
    @Tag("E2")
    void options_are_asked_for_by_the_holders_that_are_looked_for() {
        malformed(() -> job.holding(nothing()));
        malformed(() -> job.holding(Set.of()));
        malformed(() -> job.holding(new HashSet<>(Collections.singletonList(nothing()))));
        malformed(() -> job.holding(
                LongStream.rangeClosed(1, 201).mapToObj(OptionId::new).collect(Collectors.toSet())));
    }

    @Test
    void a_result_keeps_its_failures_whatever_happens_to_the_map() {
        Map<OrderId, String> failed = new HashMap<>(Map.of(new OrderId(1), "bad"));
        Result result = new Result(0, failed, false);
        failed.clear();
        assertThat(result.failed()).hasSize(1);
    }

    /** Those transactions of the job that expired anything. */
    private List<Journal> expiringTransactions() {
        return shop.memory.journals().stream()
                .filter(journal -> journal.useCase().equals("jobs.expireOverdueOrders"))
                .filter(journal -> journal.committed() && !journal.writes().isEmpty())
                .toList();
    }
}
