package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.TIME_TO_PAY;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.BalanceQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PayingOrdersTest {
    private final StockedShop shop = new StockedShop(50, 100);
    private final Orders orders = shop.door.orders();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    @Tag("O2")
    @Tag("S2")
    @Tag("B3")
    void paying_takes_the_money_sells_the_stock_and_tells_the_world() {
        Order order = shop.mugsFor(ANN, 3);
        shop.memory.clock.set(NOON.plusSeconds(30));
        Receipt receipt = orders.pay(new PayOrder(ANN, order.id()));
        assertThat(receipt.paidAmount()).isEqualTo(won(3_000));
        assertThat(receipt.remainingBalance()).isEqualTo(won(7_000));
        assertThat(receipt.order()).isEqualTo(orders.get(ANN, order.id()));
        assertThat(receipt.order().status()).isEqualTo(OrderStatus.PAID);
        assertThat(receipt.order().progress().times().paidAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(shop.level(shop.mug)).isEqualTo(new StockLevel(shop.mug, 47, 0));
        assertThat(shop.balance(ANN)).isEqualTo(won(7_000));
        assertThat(shop.door
                        .users()
                        .history(ANN, BalanceQuery.all(), PageRequest.first(1))
                        .items())
                .containsExactly(new BalanceChange(
                        ANN,
                        2,
                        won(10_000),
                        new BalanceMovement(won(-3_000), BalanceCode.PAYMENT, "", "1"),
                        NOON.plusSeconds(30)));
        assertThat(shop.memory.rows().events())
                .containsExactly(new OrderEvent(order.id(), 1, OrderEvent.Type.PAID, ANN, NOON.plusSeconds(30)));
    }

    @Test
    @Tag("O2")
    void an_order_that_costs_nothing_is_paid_without_a_balance_change() {
        Order order = orders.place(PlaceOrder.by(BOB).line(shop.sample, 2));
        Receipt receipt = orders.pay(new PayOrder(BOB, order.id()));
        assertThat(receipt.order().status()).isEqualTo(OrderStatus.PAID);
        assertThat(receipt.paidAmount()).isEqualTo(won(0));
        assertThat(receipt.remainingBalance()).isEqualTo(won(0));
        assertThat(shop.door
                        .users()
                        .history(BOB, BalanceQuery.all(), PageRequest.first(1))
                        .items())
                .isEmpty();
        assertThat(shop.memory.rows().events()).hasSize(1);
        assertThat(shop.level(shop.sample)).isEqualTo(new StockLevel(shop.sample, 8, 0));
    }

    @Test
    @Tag("O2")
    void a_balance_can_be_spent_to_the_last_won() {
        Order order = shop.mugsFor(ANN, 10);
        assertThat(orders.pay(new PayOrder(ANN, order.id())).remainingBalance()).isEqualTo(won(0));
    }

    @Test
    @Tag("O3")
    @Tag("E2")
    void a_payment_that_the_balance_does_not_cover_changes_nothing_and_can_be_made_later() {
        Order order = shop.mugsFor(BOB, 1);
        assertThat(shop.memory
                        .refused(INSUFFICIENT_BALANCE, () -> orders.pay(new PayOrder(BOB, order.id())))
                        .values())
                .containsOnly(
                        Map.entry("user", "bob"), Map.entry("asked", "KRW 1000"), Map.entry("available", "KRW 0"));
        assertThat(orders.get(BOB, order.id())).isEqualTo(order);
        assertThat(shop.level(shop.mug).reserved()).isEqualTo(1);
        shop.door.users().charge(BOB, won(1_000));
        assertThat(orders.pay(new PayOrder(BOB, order.id())).order().status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    @Tag("O3")
    @Tag("J1")
    void a_failed_payment_does_not_keep_an_order_alive() {
        Order order = shop.mugsFor(BOB, 1);
        shop.memory.clock.set(order.expiresAt().minusNanos(1_000));
        shop.memory.refused(INSUFFICIENT_BALANCE, () -> orders.pay(new PayOrder(BOB, order.id())));
        shop.memory.clock.set(order.expiresAt());
        assertThat(shop.door.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
    }

    @Test
    @Tag("O4")
    @Tag("E2")
    void an_order_is_paid_once() {
        Order order = shop.mugsFor(ANN, 1);
        orders.pay(new PayOrder(ANN, order.id()));
        shop.memory.refused(ALREADY_PAID, () -> orders.pay(new PayOrder(ANN, order.id())));
        shop.letTimeToPayPass();
        shop.memory.refused(ALREADY_PAID, () -> orders.pay(new PayOrder(ANN, order.id())));
        assertThat(shop.balance(ANN)).isEqualTo(won(9_000));
    }

    @Test
    @Tag("O4")
    @Tag("E2")
    void an_order_cannot_be_paid_from_the_instant_of_its_expiry_whether_or_not_the_job_has_come_by() {
        Order order = shop.mugsFor(ANN, 1);
        shop.memory.clock.set(NOON.plus(TIME_TO_PAY));
        shop.memory.refused(ORDER_EXPIRED, () -> orders.pay(new PayOrder(ANN, order.id())));
        shop.door.jobs().expireOverdueOrders().call();
        shop.memory.refused(ORDER_EXPIRED, () -> orders.pay(new PayOrder(ANN, order.id())));
    }

    @Test
    @Tag("O4")
    void an_order_can_be_paid_until_the_last_microsecond() {
        Order order = shop.mugsFor(ANN, 1);
        shop.memory.clock.set(NOON.plus(TIME_TO_PAY).minusNanos(1));
        assertThat(orders.pay(new PayOrder(ANN, order.id()))
                        .order()
                        .progress()
                        .times()
                        .paidAt())
                .isEqualTo(NOON.plus(TIME_TO_PAY).minusNanos(1_000));
    }

    @Test
    @Tag("O4")
    @Tag("E2")
    void a_cancelled_order_cannot_be_paid() {
        Order order = shop.mugsFor(ANN, 1);
        orders.cancel(ANN, order.id());
        shop.memory.refused(INVALID_ORDER_STATUS, () -> orders.pay(new PayOrder(ANN, order.id())));
    }

    @Test
    @Tag("O4")
    @Tag("O7")
    @Tag("E2")
    void nobody_but_the_owner_sees_pays_or_cancels_an_order() {
        Order order = shop.mugsFor(BOB, 1);
        shop.memory.refused(UNAUTHORIZED_ORDER_ACCESS, () -> orders.pay(new PayOrder(ANN, order.id())));
        shop.memory.refused(UNAUTHORIZED_ORDER_ACCESS, () -> orders.cancel(ANN, order.id()));
        shop.memory.refused(UNAUTHORIZED_ORDER_ACCESS, () -> orders.get(ANN, order.id()));
        shop.memory.refused(UNAUTHORIZED_ORDER_ACCESS, () -> orders.find(ANN, order.id()));
        assertThat(orders.find(BOB, order.id())).contains(order);
    }

    @Test
    @Tag("O4")
    @Tag("O7")
    @Tag("E1")
    void an_unknown_order_is_not_found() {
        OrderId unknown = new OrderId(77);
        assertThat(orders.find(ANN, unknown)).isEmpty();
        shop.memory.refused(ORDER_NOT_FOUND, () -> orders.get(ANN, unknown));
        shop.memory.refused(ORDER_NOT_FOUND, () -> orders.pay(new PayOrder(ANN, unknown)));
        shop.memory.refused(ORDER_NOT_FOUND, () -> orders.cancel(ANN, unknown));
    }

    @Test
    @Tag("O2")
    @Tag("E2")
    void an_owner_who_is_no_longer_registered_cannot_pay() {
        Order order = shop.mugsFor(BOB, 1);
        shop.memory.tamper(rows -> rows.users().remove(BOB));
        shop.memory.refused(USER_NOT_FOUND, () -> orders.pay(new PayOrder(BOB, order.id())));
    }

    @Test
    @Tag("E2")
    void what_is_missing_is_refused_at_the_door() {
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.pay(nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.cancel(nothing(), new OrderId(1)));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.cancel(ANN, nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.find(nothing(), new OrderId(1)));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.find(ANN, nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.get(nothing(), new OrderId(1)));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.get(ANN, nothing()));
    }

    @Test
    @Tag("O2")
    void a_payment_broken_off_by_the_database_is_made_once() {
        Order order = shop.mugsFor(ANN, 1);
        shop.memory.faults.breakOffEveryTransactionOnce();
        orders.pay(new PayOrder(ANN, order.id()));
        assertThat(shop.balance(ANN)).isEqualTo(won(9_000));
        assertThat(shop.memory.rows().events()).hasSize(1);
    }

    @Test
    @Tag("O5")
    @Tag("S2")
    void cancelling_a_pending_order_releases_its_stock() {
        Order order = orders.place(PlaceOrder.by(ANN).line(shop.mug, 3).line(shop.spoon, 1));
        shop.memory.clock.set(NOON.plusSeconds(30));
        Order cancelled = orders.cancel(ANN, order.id()).order();
        assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(cancelled).isEqualTo(orders.get(ANN, order.id()));
        assertThat(cancelled.progress().times().closedAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(shop.level(shop.mug)).isEqualTo(new StockLevel(shop.mug, 50, 0));
        assertThat(shop.level(shop.spoon)).isEqualTo(new StockLevel(shop.spoon, 100, 0));
        assertThat(shop.balance(ANN)).isEqualTo(won(10_000));
        assertThat(shop.memory.rows().events())
                .isEqualTo(
                        List.of(new OrderEvent(order.id(), 1, OrderEvent.Type.CANCELLED, ANN, NOON.plusSeconds(30))));
    }

    @Test
    @Tag("O4")
    @Tag("O6")
    @Tag("E2")
    void an_order_that_is_over_cannot_be_cancelled() {
        Order cancelled = shop.mugsFor(ANN, 1);
        orders.cancel(ANN, cancelled.id());
        shop.memory.refused(INVALID_ORDER_STATUS, () -> orders.cancel(ANN, cancelled.id()));
        Order expired = shop.mugsFor(ANN, 1);
        shop.letTimeToPayPass();
        shop.memory.refused(ORDER_EXPIRED, () -> orders.cancel(ANN, expired.id()));
        shop.door.jobs().expireOverdueOrders().call();
        shop.memory.refused(ORDER_EXPIRED, () -> orders.cancel(ANN, expired.id()));
    }
}
