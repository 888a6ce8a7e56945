package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_EXCEEDS_DUE;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_MISMATCH;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_UNDER_WAY;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.event.OrderEvent.Type.PAID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.FailPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentPart;
import io.github.embeddedcommerce.payment.PaymentQuery;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.SettlePayment;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Payments from outside: begun, settled, failed. */
class PaymentsTest extends PaymentTest {
    @Test
    @Tag("M1")
    void a_card_pays_an_order_when_its_payment_is_settled() {
        Order order = order(3);

        Payment begun = begin(order);
        assertThat(begun.state()).isEqualTo(PaymentState.BEGUN);
        assertThat(begun.method()).isEqualTo("card");
        assertThat(begun.amount()).isEqualTo(won(3_000));
        assertThat(now(order).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(now(order).paid().underWay()).isEqualTo(won(3_000));

        clock.advance(Duration.ofSeconds(30));
        Payment settled = shop.payments().settle(SettlePayment.of(begun.id(), "pi_1", won(3_000)));

        assertThat(settled.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(settled.reference()).isEqualTo("pi_1");
        Order paid = now(order);
        assertThat(paid.status()).isEqualTo(OrderStatus.PAID);
        assertThat(paid.paidAt()).isEqualTo(clock.instant());
        assertThat(paid.paid().fromOutside()).isEqualTo(won(3_000));
        assertThat(paid.paid().fromBalance()).isEqualTo(won(0));
        assertThat(balance()).isEqualTo(10_000);
        assertThat(shop.products().findStock(mug).orElseThrow().onHand()).isEqualTo(STOCK - 3);
        assertThat(told(order)).containsExactly(PAID);
        assertThat(shop.payments().find("card", "pi_1")).contains(settled);
    }

    @Test
    @Tag("M1")
    void an_order_is_paid_in_parts_and_never_more_than_it_costs() {
        Order order = order(5);
        Payment card = shop.payments().begin(byCard(order).withAmount(won(2_000)));
        Payment gift = shop.payments()
                .begin(BeginPayment.by(ann, order.id(), "gift card").withAmount(won(1_500)));

        refused(PAYMENT_EXCEEDS_DUE, () -> shop.payments().begin(byCard(order).withAmount(won(1_501))));
        refused(
                PAYMENT_EXCEEDS_DUE,
                () -> shop.payments().begin(byCard(order).withAmount(won(1_000)).withBalance(won(501))));
        refused(PAYMENT_UNDER_WAY, () -> shop.orders().pay(PayOrder.by(ann, order.id())));

        settle(card);
        assertThat(now(order).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(now(order).due()).isEqualTo(won(1_500));
        settle(gift);
        shop.orders().pay(PayOrder.by(ann, order.id()));

        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
        assertThat(now(order).paid().fromBalance()).isEqualTo(won(1_500));
        assertThat(now(order).paid().fromOutside()).isEqualTo(won(3_500));
        assertThat(shop.payments().getParts(order.id()))
                .containsExactly(
                        new PaymentPart(Payment.BALANCE, won(1_500), won(0), PaymentState.SETTLED, null),
                        new PaymentPart("card", won(2_000), won(0), PaymentState.SETTLED, card.id()),
                        new PaymentPart("gift card", won(1_500), won(0), PaymentState.SETTLED, gift.id()));
        assertThat(shop.payments().getParts(order(1).id())).isEmpty();
        assertThat(balance()).isEqualTo(8_500);
        refused(ALREADY_PAID, () -> begin(order));
    }

    @Test
    @Tag("M1")
    void a_part_from_the_balance_is_taken_at_once_and_the_rest_comes_from_outside() {
        Order order = order(3);

        Payment rest = shop.payments().begin(byCard(order).withBalance(won(1_200)));
        assertThat(rest.amount()).isEqualTo(won(1_800));
        assertThat(balance()).isEqualTo(8_800);

        settle(rest);
        assertThat(now(order).status()).isEqualTo(OrderStatus.PAID);
        assertThat(now(order).paid().fromBalance()).isEqualTo(won(1_200));
        assertThat(balance()).isEqualTo(8_800);
    }

    @Test
    @Tag("M1")
    @Tag("M2")
    void a_part_from_the_balance_can_be_taken_given_back_and_taken_again() {
        Order order = order(3);
        for (int n = 0; n < 3; n++) {
            Payment payment = shop.payments().begin(byCard(order).withBalance(won(500)));
            assertThat(balance()).isEqualTo(9_500);
            assertThat(fail(payment).progress().note()).isEqualTo("card declined");
            assertThat(balance()).isEqualTo(10_000);
        }
        assertThat(now(order).paid().givenBack()).isEqualTo(won(1_500));

        shop.orders().pay(PayOrder.by(ann, order.id()));
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        assertThat(balance()).isEqualTo(10_000);
    }

    @Test
    @Tag("M2")
    void only_a_pending_order_of_ones_own_can_be_paid_from_outside() {
        UserId bob = user("bob", 0);
        Order order = order(1);
        refused(UNAUTHORIZED_ORDER_ACCESS, () -> shop.payments().begin(BeginPayment.by(bob, order.id(), "card")));
        Order cancelled = order(1);
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        refused(INVALID_ORDER_STATUS, () -> begin(cancelled));
        clock.advance(TIME_TO_PAY);
        refused(ORDER_EXPIRED, () -> begin(order));
        expireOverdue();
        refused(ORDER_EXPIRED, () -> begin(order));
    }

    @Test
    @Tag("M2")
    @Tag("O3")
    void a_refused_or_failed_payment_changes_nothing_else() {
        Order order = order(3);
        BeginPayment tooMuch = byCard(order).withAmount(won(1)).withBalance(won(2_000));
        shop.users().adjust(AdjustBalance.of(ann, won(-9_000), "spent"));
        refused(INSUFFICIENT_BALANCE, () -> shop.payments().begin(tooMuch));
        assertThat(now(order)).isEqualTo(order);

        Payment failed = fail(begin(order));

        assertThat(failed.state()).isEqualTo(PaymentState.FAILED);
        assertThat(now(order)).isEqualTo(order);
        assertThat(fail(failed)).isEqualTo(failed);
        assertThat(available()).isEqualTo(STOCK - 3);
        assertThat(told(order)).isEmpty();
    }

    @Test
    @Tag("M2")
    void an_order_is_held_while_a_payment_is_under_way_and_no_longer_when_it_fails() {
        Order order = order(3);
        clock.advance(Duration.ofMinutes(8));
        Payment payment = begin(order);
        assertThat(now(order).expiresAt()).isEqualTo(clock.instant().plus(TIME_TO_PAY));
        assertThat(now(order).payBy()).isEqualTo(order.payBy());

        clock.advance(Duration.ofMinutes(5));
        expireOverdue();
        assertThat(now(order).status()).isEqualTo(OrderStatus.PENDING);

        fail(payment);
        assertThat(now(order).expiresAt()).isEqualTo(order.payBy());
        refused(ORDER_EXPIRED, () -> begin(order));
        expireOverdue();
        assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(available()).isEqualTo(STOCK);
    }

    @Test
    @Tag("M2")
    void beginning_again_and_again_cannot_hold_an_order_for_ever() {
        Order order = order(3);
        int begun = 0;
        while (now(order).status() == OrderStatus.PENDING && begun < 100) {
            if (!clock.instant().isBefore(now(order).expiresAt())) {
                expireOverdue();
            } else {
                shop.payments().begin(byCard(order).withAmount(won(1)));
                begun++;
                clock.advance(Duration.ofMinutes(4));
            }
        }
        assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(now(order).expiresAt()).isEqualTo(order.payBy().plus(TIME_TO_PAY));
        assertThat(begun).isEqualTo(5);
    }

    @Test
    @Tag("M2")
    void how_long_a_payment_holds_its_order_is_set_and_can_be_less_but_not_more() {
        CommerceFacade patient = open(CommerceSettings.defaults().withPaymentHold(Duration.ofDays(2)));
        Order order = order(3);
        Payment hour = patient.payments().begin(byCard(order).withAmount(won(1)).heldFor(Duration.ofHours(1)));
        assertThat(hour.progress().times().heldUntil())
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        assertThat(now(order).expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));

        patient.payments().begin(byCard(order).withAmount(won(1)).heldFor(Duration.ofDays(365)));
        assertThat(now(order).expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(2)));

        fail(patient.payments().begin(byCard(order).withAmount(won(1))));
        settle(hour);
        assertThat(now(order).expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(2)));
    }

    @Test
    @Tag("M3")
    void settling_and_failing_can_be_reported_again_and_the_first_report_decides() {
        Order order = order(3);
        Payment payment = begin(order);
        Payment settled = settle(payment);
        clock.advance(Duration.ofDays(3));

        assertThat(settle(payment)).isEqualTo(settled);
        assertThat(fail(payment)).isEqualTo(settled);
        assertThat(shop.payments().fail(FailPayment.of(payment.id()).withReference("ref-" + payment.id())))
                .isEqualTo(settled);
        assertThat(told(order)).containsExactly(PAID);
    }

    @Test
    @Tag("M3")
    void a_settlement_beats_a_failure_that_was_reported_before_it() {
        Order order = order(3);
        Payment payment = shop.payments().begin(byCard(order).withBalance(won(1_000)));
        fail(payment);
        assertThat(balance()).isEqualTo(10_000);

        Payment settled = settle(payment);

        assertThat(settled.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(settled.progress().balancePart()).isEqualTo(won(0));
        assertThat(now(order).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(now(order).due()).isEqualTo(won(1_000));
        shop.orders().pay(PayOrder.by(ann, order.id()));
        assertThat(balance()).isEqualTo(9_000);
    }

    @Test
    @Tag("M3")
    void another_amount_or_reference_is_refused() {
        Order order = order(3);
        Payment payment = begin(order);
        refused(PAYMENT_MISMATCH, () -> shop.payments().settle(SettlePayment.of(payment.id(), "a", won(2_999))));
        refused(PAYMENT_MISMATCH, () -> shop.payments().settle(SettlePayment.of(payment.id(), "a", won(3_001))));
        assertThat(now(payment)).isEqualTo(payment);
        shop.payments().settle(SettlePayment.of(payment.id(), "a", won(3_000)));
        refused(PAYMENT_MISMATCH, () -> shop.payments().settle(SettlePayment.of(payment.id(), "b", won(3_000))));
        refused(PAYMENT_MISMATCH, () -> shop.payments().settle(SettlePayment.of(payment.id(), "a", won(1))));
        refused(
                PAYMENT_MISMATCH,
                () -> shop.payments().fail(FailPayment.of(payment.id()).withReference("b")));

        Payment other = begin(order(1));
        refused(PAYMENT_MISMATCH, () -> shop.payments().settle(SettlePayment.of(other.id(), "a", won(1_000))));
        refused(
                PAYMENT_MISMATCH,
                () -> shop.payments().fail(FailPayment.of(other.id()).withReference("a")));
        refused(PAYMENT_MISMATCH, () -> shop.payments().begin(byCard(order(1)).withReference("a")));
        Payment transfer = shop.payments()
                .begin(BeginPayment.by(ann, order(1).id(), "transfer").withReference("a"));
        assertThat(shop.payments().find("transfer", "a")).contains(transfer);
        assertThat(shop.payments().find("card", "A")).isEmpty();
    }

    @Test
    @Tag("M3")
    void money_in_another_currency_is_refused() {
        Payment payment = begin(order(1));
        Money dollars = Money.ofMinor(CurrencyUnit.USD, 1_000);
        refused(VALIDATION_ERROR, () -> shop.payments().settle(SettlePayment.of(payment.id(), "a", dollars)));
    }

    @Test
    @Tag("M2")
    @Tag("T5")
    void a_payment_is_begun_once_under_a_key() {
        Order order = order(3);
        BeginPayment request = byCard(order).withBalance(won(1_000)).withKey(new IdempotencyKey("begin-1"));
        Payment begun = shop.payments().begin(request);
        settle(begun);
        clock.advance(Duration.ofHours(1));

        assertThat(shop.payments().begin(request)).isEqualTo(begun);
        refused(VALIDATION_ERROR, () -> shop.payments().begin(request.withBalance(won(999))));
        assertThat(balance()).isEqualTo(9_000);
    }

    @Test
    @Tag("M2")
    void payments_take_part_in_a_transaction_of_several_use_cases() {
        Order order = order(3);
        refused(
                ALREADY_PAID,
                () -> shop.inTransaction(together -> {
                    Payment payment = together.payments().begin(byCard(order).withBalance(won(500)));
                    together.payments().settle(SettlePayment.of(payment.id(), "a", payment.amount()));
                    assertThat(together.orders().get(ann, order.id()).status()).isEqualTo(OrderStatus.PAID);
                    return together.payments().begin(byCard(order));
                }));
        assertThat(now(order)).isEqualTo(order);
        assertThat(balance()).isEqualTo(10_000);
    }

    @Test
    @Tag("M1")
    void payments_are_listed_by_order_user_state_and_method_in_pages() {
        Order order = order(5);
        List<Payment> cards = IntStream.range(0, 3)
                .mapToObj(n -> shop.payments().begin(byCard(order).withAmount(won(100))))
                .toList();
        Payment transfer = shop.payments().begin(BeginPayment.by(ann, order(1).id(), "transfer"));
        Payment settled = settle(cards.get(1));

        assertThat(listed(PaymentQuery.all())).containsExactly(transfer, cards.get(2), settled, cards.get(0));
        assertThat(listed(PaymentQuery.all().ofOrder(order.id()))).containsExactly(cards.get(2), settled, cards.get(0));
        assertThat(listed(PaymentQuery.all().inState(PaymentState.SETTLED))).containsExactly(settled);
        assertThat(listed(PaymentQuery.all().byMethod("transfer"))).containsExactly(transfer);
        assertThat(listed(PaymentQuery.all()
                        .ofUser(ann)
                        .inState(PaymentState.BEGUN)
                        .byMethod("card")))
                .containsExactly(cards.get(2), cards.get(0));
        assertThat(listed(PaymentQuery.all().ofUser(new UserId("bob")))).isEmpty();
        var first = shop.payments().list(PaymentQuery.all(), PageRequest.first(3));
        assertThat(shop.payments()
                        .list(PaymentQuery.all(), PageRequest.first(3).after(first.next()))
                        .items())
                .containsExactly(cards.get(0));
    }

    private List<Payment> listed(PaymentQuery query) {
        return shop.payments().list(query, PageRequest.first()).items();
    }

    @Test
    @Tag("M2")
    @Tag("B6")
    void a_user_whose_balance_is_to_be_given_something_back_is_not_removed() {
        UserId bob = user("bob", 700);
        Order order = shop.orders().place(PlaceOrder.by(bob).line(mug, 1));
        shop.payments().begin(BeginPayment.by(bob, order.id(), "card").withBalance(won(700)));
        clock.advance(Duration.ofHours(1));

        refused(INVALID_ORDER_STATUS, () -> shop.users().remove(bob));

        expireOverdue();
        assertThat(shop.users().get(bob).balance()).isEqualTo(won(700));
    }
}
