package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.Pages;
import io.github.embeddedcommerce.jdbc.fixture.PaymentTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.User;
import io.github.embeddedcommerce.user.UserId;
import io.github.embeddedcommerce.user.UserQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What was taken from a balance for an order that is not paid returns to it, even if the balance has been filled to its
 * limit in the meantime: a full balance keeps no stock from others, no order open and no provider's message unanswered.
 */
@Tag("M2")
class FullBalanceTest extends PaymentTest {
    private static final long PART = 1_000;

    private Order order;
    private Payment payment;

    @BeforeEach
    void a_full_balance_of_which_a_part_is_held_for_an_order() {
        order = order(STOCK);
        payment = shop.payments().begin(byCard(order).withBalance(won(PART)));
        shop.users().topUp(TopUp.of(ann, won(MAX_AMOUNT_MINOR - balance())));
    }

    @AfterEach
    void the_ledger_is_right() {
        assertThat(violations()).isEmpty();
    }

    @Test
    @Tag("S5")
    void an_overdue_order_gives_its_stock_to_the_one_who_wants_it() {
        UserId bob = user("bob", 0);
        clock.advance(TIME_TO_PAY);

        shop.orders().place(PlaceOrder.by(bob).line(mug, STOCK));

        assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(balance()).isEqualTo(MAX_AMOUNT_MINOR + PART);
    }

    @Test
    @Tag("J1")
    void the_job_expires_an_overdue_order() {
        clock.advance(TIME_TO_PAY);

        expireOverdue();

        assertThat(now(order).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(balance()).isEqualTo(MAX_AMOUNT_MINOR + PART);
        assertThat(available()).isEqualTo(STOCK);
    }

    @Test
    @Tag("O5")
    void an_order_that_is_not_paid_can_be_cancelled() {
        shop.orders().cancel(CancelOrder.by(ann, order.id()));

        assertThat(available()).isEqualTo(STOCK);
        assertThat(balance()).isEqualTo(MAX_AMOUNT_MINOR + PART);
    }

    @Test
    @Tag("M3")
    void a_payment_can_fail() {
        assertThat(fail(payment).state()).isEqualTo(PaymentState.FAILED);
        assertThat(now(order).paid().fromBalance()).isEqualTo(won(0));
        assertThat(balance()).isEqualTo(MAX_AMOUNT_MINOR + PART);
    }

    @Test
    @Tag("B2")
    void a_balance_above_the_limit_can_fall_but_not_rise() {
        fail(payment);

        shop.users().adjust(AdjustBalance.of(ann, won(-1), "less"));
        refused(VALIDATION_ERROR, () -> shop.users().adjust(AdjustBalance.of(ann, won(1), "more")));
        refused(VALIDATION_ERROR, () -> shop.users().topUp(TopUp.of(ann, won(1))));
        shop.orders().pay(PayOrder.by(ann, order.id()));

        assertThat(balance()).isEqualTo(MAX_AMOUNT_MINOR + PART - 1 - STOCK * 1_000);
    }

    @Test
    @Tag("R2")
    void users_are_listed_by_balances_above_the_limit() {
        fail(payment);
        UserId bob = user("bob", 1);
        UserQuery richestFirst = UserQuery.all().sortedBy(UserQuery.Sort.BALANCE_DOWN);

        assertThat(Pages.all(1, page -> shop.backOffice().listUsers(richestFirst, page)))
                .extracting(User::id)
                .containsExactly(ann, bob);
    }
}
