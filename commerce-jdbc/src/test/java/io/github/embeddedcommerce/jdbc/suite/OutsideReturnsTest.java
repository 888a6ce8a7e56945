package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was paid from outside goes back there when units are given back: the latest payment first, the balance last. */
@Tag("M5")
@Tag("M6")
class OutsideReturnsTest extends PaymentTest {
    @Test
    void units_that_were_paid_by_card_are_refunded_to_the_card_and_not_to_the_balance() {
        Order paid = paidByCard(3);

        Return back = giveBack(paid, 2);

        assertThat(back.refunded()).isEqualTo(won(2_000));
        assertThat(due()).extracting(Refund::amount).containsExactly(won(2_000));
        assertThat(balance()).isEqualTo(10_000);
        assertThat(now(paid).status()).isEqualTo(OrderStatus.PAID);
        assertThat(now(paid).refunded()).isEqualTo(won(2_000));
        assertThat(told(paid))
                .containsExactly(OrderEvent.Type.PAID, OrderEvent.Type.RETURNED, OrderEvent.Type.REFUND_DUE);
    }

    @Test
    void the_latest_payment_is_refunded_first_and_the_balance_last() {
        Order order = order(5);
        Payment first = settle(
                shop.payments().begin(byCard(order).withAmount(won(1_500)).withBalance(won(1_000))));
        Payment second = settle(shop.payments().begin(byCard(order)));
        assertThat(second.amount()).isEqualTo(won(2_500));
        assertThat(balance()).isEqualTo(9_000);

        giveBack(order, 2);
        assertThat(refunded(first, second)).containsExactly(won(0), won(2_000));
        giveBack(order, 1);
        assertThat(refunded(first, second)).containsExactly(won(500), won(2_500));
        giveBack(order, 1);
        assertThat(refunded(first, second)).containsExactly(won(1_500), won(2_500));
        assertThat(balance()).isEqualTo(9_000);
        giveBack(order, 1);
        assertThat(balance()).isEqualTo(10_000);

        assertThat(now(order).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(due())
                .extracting(Refund::amount)
                .containsExactlyInAnyOrder(won(2_000), won(500), won(500), won(1_000));
        assertThat(refunded(first, second)).containsExactly(first.amount(), second.amount());
    }

    @Test
    @Tag("O5")
    void cancelling_refunds_to_each_what_returns_have_left() {
        Order order = order(5);
        Payment card = settle(shop.payments().begin(byCard(order).withAmount(won(2_500))));
        shop.orders().pay(PayOrder.by(ann, order.id()));
        giveBack(order, 1);

        assertThat(shop.orders().cancel(CancelOrder.by(ann, order.id())).refunded())
                .isEqualTo(won(4_000));

        assertThat(due()).extracting(Refund::amount).containsExactly(won(1_500), won(1_000));
        assertThat(refunded(card)).containsExactly(won(2_500));
        assertThat(balance()).isEqualTo(10_000);
        assertThat(told(order))
                .containsExactly(
                        OrderEvent.Type.PAID,
                        OrderEvent.Type.RETURNED,
                        OrderEvent.Type.REFUND_DUE,
                        OrderEvent.Type.CANCELLED,
                        OrderEvent.Type.REFUND_DUE);
    }

    @Test
    void a_refund_that_the_host_has_settled_leaves_no_more_than_the_rest_to_refund() {
        Order paid = paidByCard(2);
        giveBack(paid, 1);
        shop.payments().settleRefund(due().get(0).id(), "refund-1");
        assertThat(due()).isEmpty();

        giveBack(paid, 1);

        assertThat(due()).extracting(Refund::amount).containsExactly(won(1_000));
        refused(ErrorCode.INVALID_ORDER_STATUS, () -> giveBack(paid, 1));
    }

    @Test
    @Tag("E2")
    void a_return_that_the_balance_has_no_room_for_begins_no_refund_outside() {
        Order order = order(2);
        settle(shop.payments().begin(byCard(order).withAmount(won(500))));
        shop.orders().pay(PayOrder.by(ann, order.id()));
        shop.users().topUp(TopUp.of(ann, won(1_000_000_000_000_000L - balance())));

        refused(ErrorCode.VALIDATION_ERROR, () -> giveBack(order, 1));

        assertThat(due()).isEmpty();
        assertThat(now(order).lines().get(0).returned()).isZero();
    }

    @Test
    @Tag("B6")
    void who_has_been_removed_is_still_refunded_outside() {
        UserId bob = user("bob", 0);
        Order order = shop.orders().place(PlaceOrder.by(bob).line(mug, 1));
        Payment settled = settle(shop.payments().begin(BeginPayment.by(bob, order.id(), "card")));
        shop.users().remove(bob);

        giveBack(order, 1);

        assertThat(due()).extracting(Refund::amount).containsExactly(won(1_000));
        assertThat(now(settled).progress().refunded()).isEqualTo(won(1_000));
    }

    private Return giveBack(Order order, long mugs) {
        return shop.orders().giveBack(ReturnItems.of(order.id()).line(1, mugs).restocked());
    }

    /** Of each payment, what of it is refunded or due. */
    private List<Money> refunded(Payment... payments) {
        return List.of(payments).stream()
                .map(payment -> now(payment).progress().refunded())
                .toList();
    }
}
