package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.HistoryEntry;
import io.github.embeddedcommerce.event.HistoryEntry.BalanceChanged;
import io.github.embeddedcommerce.event.HistoryEntry.EventWritten;
import io.github.embeddedcommerce.event.HistoryEntry.GivenBack;
import io.github.embeddedcommerce.event.HistoryEntry.Paid;
import io.github.embeddedcommerce.event.HistoryEntry.PaymentBegun;
import io.github.embeddedcommerce.event.HistoryEntry.PaymentDecided;
import io.github.embeddedcommerce.event.HistoryEntry.Placed;
import io.github.embeddedcommerce.event.HistoryEntry.RefundBegun;
import io.github.embeddedcommerce.event.HistoryEntry.RefundSettled;
import io.github.embeddedcommerce.event.OrderHistory;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.user.BalanceChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All that happened to an order: its steps, payments, refunds, returns, balance changes and events. */
@Tag("R1")
class OrderHistoryTest extends PaymentTest {
    @Test
    void the_history_of_an_order_is_all_that_happened_to_it() {
        Order order = order(3);
        second();
        shop.orders().pay(PayOrder.by(ann, order.id()));
        shop.jobs().deliverEvents(event -> {}).call();
        second();
        shop.orders().cancel(CancelOrder.by(ann, order.id()));

        OrderHistory history = shop.backOffice().getHistory(order.id());

        assertThat(history.order()).isEqualTo(now(order));
        assertThat(words(order))
                .containsExactly(
                        "placed for KRW 3000",
                        "paid KRW 3000",
                        "PAYMENT KRW -3000",
                        "PAID is DELIVERED",
                        "Cancelled",
                        "REFUND KRW 3000",
                        "CANCELLED is WAITING");
        assertThat(history.entries().stream().map(HistoryEntry::at)).isSorted();
    }

    @Test
    void the_history_of_an_order_that_was_never_paid_has_no_payment() {
        Order order = order(1);
        clock.advance(TIME_TO_PAY);
        expireOverdue();

        assertThat(words(order)).containsExactly("placed for KRW 1000", "Expired", "EXPIRED is WAITING");
    }

    @Test
    @Tag("M1")
    @Tag("M5")
    @Tag("M6")
    void payments_from_outside_their_refunds_and_returns_are_in_it() {
        Order order = order(2);
        second();
        fail(begin(order));
        second();
        Payment payment = begin(order);
        assertThat(words(order))
                .containsExactly(
                        "placed for KRW 2000", "payment of KRW 2000", "payment is FAILED", "payment of KRW 2000");
        second();
        settle(payment);
        second();
        shop.orders().giveBack(ReturnItems.of(order.id()).line(1, 1));
        assertThat(words(order)).contains("refund of KRW 1000").doesNotContain("refund is SETTLED");
        second();
        shop.payments().settleRefund(due().get(0).id(), "re-1");

        assertThat(words(order))
                .containsExactly(
                        "placed for KRW 2000",
                        "payment of KRW 2000",
                        "payment is FAILED",
                        "payment of KRW 2000",
                        "paid KRW 2000",
                        "payment is SETTLED",
                        "PAID is WAITING",
                        "KRW 1000 given back",
                        "refund of KRW 1000",
                        "RETURNED is WAITING",
                        "REFUND_DUE is WAITING",
                        "refund is SETTLED");
    }

    @Test
    @Tag("M4")
    void money_that_came_late_is_in_it() {
        Order order = order(1);
        Payment payment = begin(order);
        second();
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        second();
        settle(payment);

        assertThat(words(order))
                .containsExactly(
                        "placed for KRW 1000",
                        "payment of KRW 1000",
                        "Cancelled",
                        "CANCELLED is WAITING",
                        "payment is UNAPPLIED",
                        "PAYMENT_UNAPPLIED is WAITING");
    }

    /** An order changes in one transaction with its balance change and event: none is seen without the others. */
    @Test
    void a_history_that_is_read_while_its_order_changes_is_whole() {
        List<Order> placed = IntStream.range(0, 10).mapToObj(n -> order(1)).toList();
        List<Runnable> calls = new ArrayList<>();
        for (Order order : placed) {
            calls.add(() -> {
                shop.orders().pay(PayOrder.by(ann, order.id()));
                shop.orders().cancel(CancelOrder.by(ann, order.id()));
            });
            calls.add(() -> {
                for (int n = 0; n < 10; n++) {
                    OrderHistory history = shop.backOffice().getHistory(order.id());
                    int steps = history.order().status() == OrderStatus.PENDING
                            ? 0
                            : history.order().status() == OrderStatus.PAID ? 1 : 2;
                    assertThat(history.entries()).hasSize(1 + 3 * steps);
                }
            });
        }

        Together<Boolean> made = Together.each(calls, call -> {
            call.run();
            return true;
        });

        assertThat(made.results()).hasSameSizeAs(calls);
    }

    private void second() {
        clock.advance(Duration.ofSeconds(1));
    }

    private List<String> words(Order order) {
        return shop.backOffice().getHistory(order.id()).entries().stream()
                .map(entry -> words(entry))
                .toList();
    }

    private static String words(HistoryEntry entry) {
        if (entry instanceof Placed placed) {
            return "placed for " + placed.total();
        }
        if (entry instanceof Paid paid) {
            return "paid " + paid.amount();
        }
        if (entry instanceof BalanceChanged changed) {
            BalanceChange change = changed.change();
            return change.movement().code() + " " + change.movement().amount();
        }
        if (entry instanceof EventWritten written) {
            Delivery delivery = written.delivery();
            return delivery.event().type() + " is " + delivery.status();
        }
        return wordsOfMoney(entry);
    }

    private static String wordsOfMoney(HistoryEntry entry) {
        if (entry instanceof PaymentBegun begun) {
            return "payment of " + begun.payment().amount();
        }
        if (entry instanceof PaymentDecided decided) {
            return "payment is " + decided.payment().state();
        }
        if (entry instanceof RefundBegun begun) {
            return "refund of " + begun.refund().amount();
        }
        if (entry instanceof RefundSettled settled) {
            return "refund is " + settled.refund().state();
        }
        if (entry instanceof GivenBack back) {
            return back.returned().refunded() + " given back";
        }
        return entry.getClass().getSimpleName();
    }
}
