package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.StorageError.LOCK_TIMEOUT;
import static io.github.embeddedcommerce.error.StorageException.Outcome.NOTHING_CHANGED;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.TIME_TO_PAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.fixture.Refusals;
import io.github.embeddedcommerce.memory.Journal;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reservation past its time never costs a sale. */
@Tag("S5")
class ShortageTest {
    private final StockedShop shop = new StockedShop(5, 100);

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    void overdue_orders_that_hold_the_stock_are_expired_and_the_order_is_placed() {
        Order overdue = shop.mugsFor(BOB, 5);
        shop.letTimeToPayPass();
        Order placed = shop.mugsFor(ANN, 4);
        assertThat(placed.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.status(overdue.id())).isEqualTo(OrderStatus.EXPIRED);
        assertThat(shop.level(shop.mug)).isEqualTo(new StockLevel(shop.mug, 5, 4));
        assertThat(shop.memory.rows().events())
                .containsExactly(new OrderEvent(overdue.id(), 1, OrderEvent.Type.EXPIRED, BOB, NOON.plus(TIME_TO_PAY)));
        assertThat(lastJournals(5))
                .extracting(Journal::useCase, Journal::committed)
                .containsExactly(
                        tuple("orders.place", false),
                        tuple("orders.findOverdue", true),
                        tuple("jobs.expireOverdueOrders", true),
                        tuple("jobs.expireOverdueOrders", true),
                        tuple("orders.place", true));
    }

    @Test
    void an_order_that_is_not_yet_overdue_keeps_its_stock() {
        Order pending = shop.mugsFor(BOB, 5);
        shop.memory.clock.set(NOON.plus(TIME_TO_PAY).minusNanos(1));
        shop.memory.refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(ANN, 1));
        assertThat(shop.status(pending.id())).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    void where_nothing_is_overdue_the_order_is_refused_without_a_second_try() {
        shop.memory.refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(ANN, 6));
        assertThat(lastJournals(2)).extracting(Journal::useCase).containsExactly("orders.place", "orders.findOverdue");
    }

    @Test
    void where_stock_suffices_nobody_is_expired() {
        Order overdue = shop.mugsFor(BOB, 4);
        shop.letTimeToPayPass();
        shop.mugsFor(ANN, 1);
        assertThat(shop.status(overdue.id())).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    void orders_that_hold_other_options_are_left_alone() {
        Order spoons = shop.door.orders().place(PlaceOrder.by(BOB).line(shop.spoon, 1));
        Order both =
                shop.door.orders().place(PlaceOrder.by(BOB).line(shop.spoon, 1).line(shop.mug, 5));
        shop.letTimeToPayPass();
        shop.mugsFor(ANN, 1);
        assertThat(shop.status(spoons.id())).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.status(both.id())).isEqualTo(OrderStatus.EXPIRED);
        assertThat(shop.level(shop.spoon).reserved()).isEqualTo(1);
    }

    @Test
    void what_is_still_too_little_is_refused_with_what_is_available_now() {
        Order overdue = shop.mugsFor(BOB, 3);
        shop.letTimeToPayPass();
        assertThat(Refusals.refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(ANN, 6))
                        .values())
                .containsOnly(
                        Map.entry("option", shop.mug.value()),
                        Map.entry("sku", "MUG-BLUE"),
                        Map.entry("asked", 6L),
                        Map.entry("available", 5L));
        assertThat(shop.status(overdue.id())).isEqualTo(OrderStatus.EXPIRED);
        assertThat(lastJournals(1).get(0).writes()).isEmpty();
    }

    @Test
    void however_many_overdue_orders_hold_the_stock_all_of_it_can_be_had() {
        StockedShop large = new StockedShop(1_200, 0);
        large.ordersOfOneMug(1_200);
        large.letTimeToPayPass();
        assertThat(large.mugsFor(ANN, 1_200).status()).isEqualTo(OrderStatus.PENDING);
        large.memory.assertSound();
    }

    @Test
    void overdue_orders_of_options_that_are_not_short_are_not_in_the_way() {
        StockedShop large = new StockedShop(1_000, 1);
        large.ordersOfOneMug(600);
        large.memory.clock.advance(Duration.ofSeconds(1));
        large.door.orders().place(PlaceOrder.by(BOB).line(large.spoon, 1));
        large.letTimeToPayPass();
        PlaceOrder both = PlaceOrder.by(ANN).line(large.mug, 1).line(large.spoon, 1);
        assertThat(large.door.orders().place(both).status()).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    @Tag("J1")
    void stock_that_another_host_is_just_releasing_is_waited_for() {
        Order overdue = shop.mugsFor(BOB, 5);
        shop.letTimeToPayPass();
        shop.memory.faults.lockElsewhere(overdue.id());
        shop.memory.faults.whileWaitingForOrders(rows -> {
            Order expired = overdue.expired(overdue.expiresAt());
            rows.orders().put(overdue.id(), expired);
            rows.add(OrderEvent.of(expired, overdue.expiresAt()));
            rows.levels().put(shop.mug, new StockLevel(shop.mug, 5, 0));
        });
        assertThat(shop.mugsFor(ANN, 5).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.memory.rows().events()).hasSize(1);
    }

    @Test
    @Tag("J1")
    void stock_that_another_host_has_released_between_the_refusal_and_the_look_is_sold() {
        Order overdue = shop.mugsFor(BOB, 5);
        shop.letTimeToPayPass();
        shop.memory.faults.afterNextTransaction(
                () -> shop.door.jobs().expireOverdueOrders().call());
        assertThat(shop.mugsFor(ANN, 5).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.status(overdue.id())).isEqualTo(OrderStatus.EXPIRED);
    }

    @Test
    @Tag("J1")
    void stock_that_was_released_and_is_too_little_is_refused_without_a_second_try() {
        shop.mugsFor(BOB, 2);
        shop.letTimeToPayPass();
        shop.mugsFor(BOB, 3);
        shop.memory.faults.afterNextTransaction(
                () -> shop.door.jobs().expireOverdueOrders().call());
        Refusals.refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(ANN, 3));
        assertThat(lastJournals(1)).extracting(Journal::useCase).containsExactly("orders.findOverdue");
    }

    @Test
    void an_order_that_cannot_be_expired_is_left_out_and_the_stock_of_the_others_is_sold() {
        List<Order> overdue = shop.ordersOfOneMug(5);
        shop.letTimeToPayPass();
        shop.memory.faults.breakOrder(overdue.get(2).id());
        Refusals.refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(ANN, 5));
        assertThat(shop.mugsFor(ANN, 4).status()).isEqualTo(OrderStatus.PENDING);
        Refusals.refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(ANN, 1));
        assertThat(shop.status(overdue.get(2).id())).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    void orders_that_cannot_be_expired_are_not_in_the_way_however_many_there_are() {
        StockedShop large = new StockedShop(1_002, 0);
        large.ordersOfOneMug(1_002).subList(0, 1_001).forEach(order -> large.memory.faults.breakOrder(order.id()));
        large.letTimeToPayPass();
        assertThat(large.mugsFor(ANN, 1).status()).isEqualTo(OrderStatus.PENDING);
        large.memory.assertSound();
    }

    @Test
    void an_order_whose_lock_does_not_come_free_is_left_out() {
        List<Order> overdue = shop.ordersOfOneMug(5);
        shop.letTimeToPayPass();
        shop.memory.faults.lockElsewhere(overdue.get(2).id());
        shop.memory.faults.whileWaitingForOrders(rows -> {
            throw new StorageException(LOCK_TIMEOUT, NOTHING_CHANGED, "busy", null);
        });
        assertThat(shop.mugsFor(ANN, 4).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.status(overdue.get(2).id())).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    void in_a_transaction_of_the_hosts_nobody_is_expired() {
        Order overdue = shop.mugsFor(BOB, 5);
        shop.letTimeToPayPass();
        shop.memory.joinHost();
        shop.memory.refused(INSUFFICIENT_STOCK, () -> shop.mugsFor(ANN, 1));
        assertThat(shop.status(overdue.id())).isEqualTo(OrderStatus.PENDING);
        assertThat(lastJournals(1)).extracting(Journal::useCase).containsExactly("orders.place");
    }

    @Test
    void no_other_refusal_expires_anybody() {
        Order overdue = shop.mugsFor(BOB, 1);
        shop.letTimeToPayPass();
        shop.memory.refused(USER_NOT_FOUND, () -> shop.mugsFor(new UserId("stranger"), 1));
        shop.memory.refused(
                PRODUCT_OPTION_NOT_FOUND,
                () -> shop.door.orders().place(PlaceOrder.by(ANN).line(new OptionId(99), 1)));
        assertThat(shop.status(overdue.id())).isEqualTo(OrderStatus.PENDING);
        assertThat(lastJournals(2)).extracting(Journal::useCase).containsOnly("orders.place");
    }

    private List<Journal> lastJournals(int count) {
        List<Journal> journals = shop.memory.journals();
        return journals.subList(journals.size() - count, journals.size());
    }
}
