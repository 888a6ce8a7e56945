package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_EXCEEDS_DUE;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_MISMATCH;
import static io.github.embeddedcommerce.event.OrderEvent.Type.CANCELLED;
import static io.github.embeddedcommerce.event.OrderEvent.Type.PAID;
import static io.github.embeddedcommerce.event.OrderEvent.Type.PAYMENT_UNAPPLIED;
import static io.github.embeddedcommerce.event.OrderEvent.Type.REFUND_DUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.SettlePayment;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Browser and webhook, customer and job, all at once. */
@Tag("T7")
class PaymentRacesTest extends PaymentTest {
    private static final int ROUNDS = 2;

    @Test
    @Tag("M3")
    void browser_and_webhook_settle_at_once_and_come_to_one_outcome() {
        for (int round = 0; round < ROUNDS; round++) {
            Order order = order(1);
            Payment payment = begin(order);

            Together<Payment> calls = Together.each(numbers(16), n -> settle(payment));

            assertThat(calls.refusals()).isEmpty();
            assertThat(calls.results()).allMatch(now(payment)::equals);
            assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
            assertThat(told(order)).containsExactly(PAID);
        }
    }

    @Test
    @Tag("M3")
    void settled_and_failed_at_once_it_is_settled() {
        for (int round = 0; round < ROUNDS; round++) {
            Order order = order(1);
            Payment payment = shop.payments().begin(byCard(order).withBalance(won(100)));

            Together<Payment> calls = Together.each(numbers(16), n -> n % 2 == 0 ? settle(payment) : fail(payment));

            assertThat(calls.refusals()).isEmpty();
            assertThat(now(payment).state()).isEqualTo(PaymentState.SETTLED);
            Order after = now(order);
            assertThat(after.paid().fromOutside()).isEqualTo(won(900));
            boolean partKept = after.paid().fromBalance().isPositive();
            assertThat(after.status()).isEqualTo(partKept ? OrderStatus.PAID : OrderStatus.PENDING);
        }
    }

    @Test
    @Tag("M1")
    void many_begin_at_once_and_together_never_exceed_the_order() {
        Order order = order(10);

        Together<Payment> calls = Together.each(
                numbers(16), n -> shop.payments().begin(byCard(order).withAmount(won(1_000))));

        assertThat(calls.results()).hasSize(10);
        assertThat(calls.refusals()).hasSize(6).containsOnly(PAYMENT_EXCEEDS_DUE);
        Together<Payment> settled = Together.each(calls.results(), this::settle);
        assertThat(settled.results()).allMatch(payment -> payment.state() == PaymentState.SETTLED);
        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
        assertThat(told(order)).containsExactly(PAID);
    }

    @Test
    @Tag("M3")
    void one_reference_is_never_settled_for_two_payments() {
        List<Payment> payments = numbers(8).stream().map(n -> begin(order(1))).toList();

        Together<Payment> calls = Together.each(
                payments, payment -> shop.payments().settle(SettlePayment.of(payment.id(), "same", won(1_000))));

        assertThat(calls.results()).hasSize(1);
        assertThat(calls.refusals()).hasSize(7).containsOnly(PAYMENT_MISMATCH);
    }

    @Test
    @Tag("M4")
    @Tag("M5")
    void an_order_that_is_cancelled_while_it_is_settled_keeps_or_returns_all() {
        for (int round = 0; round < ROUNDS; round++) {
            Order order = order(1);
            Payment payment = shop.payments().begin(byCard(order).withBalance(won(100)));

            Together.each(numbers(2), n -> n == 0 ? settle(payment) : cancelled(order));

            assertThat(now(order).status()).isEqualTo(OrderStatus.CANCELLED);
            assertThat(balance()).isEqualTo(10_000);
            assertThat(available()).isEqualTo(STOCK);
            if (now(payment).state() == PaymentState.SETTLED) {
                assertThat(told(order)).containsExactly(PAID, CANCELLED, REFUND_DUE);
            } else {
                assertThat(told(order)).containsExactly(CANCELLED, PAYMENT_UNAPPLIED);
            }
        }
    }

    private Payment cancelled(Order order) {
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        return shop.payments()
                .list(PaymentQuery.all().ofOrder(order.id()), PageRequest.first())
                .items()
                .get(0);
    }

    @Test
    @Tag("M4")
    @Tag("J1")
    void the_job_and_the_money_meet_and_nothing_is_lost() {
        for (int round = 0; round < ROUNDS; round++) {
            Order order = order(2);
            Payment part = settle(
                    shop.payments().begin(byCard(order).withAmount(won(500)).withBalance(won(100))));
            Payment rest = begin(order);
            clock.advance(TIME_TO_PAY.plus(Duration.ofMinutes(1)));

            Together.each(numbers(8), n -> {
                if (n % 2 == 0) {
                    shop.jobs().expireOverdueOrders().call();
                    return rest;
                }
                return settle(rest);
            });

            expireOverdue();
            assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
            assertThat(now(rest).state()).isEqualTo(PaymentState.UNAPPLIED);
            assertThat(balance()).isEqualTo(10_000);
            assertThat(due()).extracting(Refund::payment).contains(part.id());
        }
    }

    @Test
    @Tag("M5")
    void refunds_of_one_payment_never_exceed_it_whoever_asks() {
        Order order = order(1);
        Payment payment = begin(order);
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        settle(payment);

        Together<Refund> calls = Together.each(numbers(16), n -> shop.payments().refund(payment.id()));

        assertThat(calls.refusals()).isEmpty();
        assertThat(calls.results()).containsOnly(calls.results().get(0));
        Together<Refund> settled = Together.each(
                numbers(8),
                n -> shop.payments().settleRefund(calls.results().get(0).id(), "re-" + n % 2));
        assertThat(settled.results()).hasSize(4);
        assertThat(settled.refusals()).hasSize(4).containsOnly(PAYMENT_MISMATCH);
        assertThat(now(payment).state()).isEqualTo(PaymentState.CLOSED);
    }

    private static List<Integer> numbers(int upTo) {
        return IntStream.range(0, upTo).boxed().toList();
    }
}
