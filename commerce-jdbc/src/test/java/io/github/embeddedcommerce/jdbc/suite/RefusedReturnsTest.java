package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_STOCK_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.jdbc.fixture.ReturnTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cannot be given back, and changes nothing. */
@Tag("M6")
class RefusedReturnsTest extends ReturnTest {
    @Test
    @Tag("E2")
    @Tag("O4")
    void only_a_paid_order_can_be_given_back() {
        Order pending = shop.orders().place(PlaceOrder.by(ann).line(option(mug), 1));
        unchanged(INVALID_ORDER_STATUS, ReturnItems.of(pending.id()).line(1, 1));
        shop.orders().cancel(CancelOrder.by(ann, pending.id()));
        unchanged(INVALID_ORDER_STATUS, ReturnItems.of(pending.id()).line(1, 1));
        Order overdue = shop.orders().place(PlaceOrder.by(ann).line(option(mug), 1));
        clock.advance(Duration.ofMinutes(10));
        unchanged(INVALID_ORDER_STATUS, ReturnItems.of(overdue.id()).line(1, 1));
        shop.jobs().expireOverdueOrders().call();
        unchanged(INVALID_ORDER_STATUS, ReturnItems.of(overdue.id()).line(1, 1));
        Order cancelled = paid(null, 1, 0);
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        unchanged(INVALID_ORDER_STATUS, ReturnItems.of(cancelled.id()).line(1, 1));
        unchanged(ORDER_NOT_FOUND, ReturnItems.of(new OrderId(999_999_999)).line(1, 1));
    }

    @Test
    @Tag("E2")
    void no_more_is_given_back_than_was_ordered() {
        Order paid = paid(null, 3, 2);
        unchanged(VALIDATION_ERROR, ReturnItems.of(paid.id()));
        unchanged(VALIDATION_ERROR, ReturnItems.of(paid.id()).line(3, 1).restocked());
        unchanged(
                INVALID_QUANTITY,
                ReturnItems.of(paid.id()).line(1, 1).line(2, 3).restocked());
        giveBack(paid, 1, 2);
        unchanged(INVALID_QUANTITY, ReturnItems.of(paid.id()).line(1, 2));
        giveBack(paid, 1, 1);
        unchanged(INVALID_QUANTITY, ReturnItems.of(paid.id()).line(1, 1));
    }

    @Test
    @Tag("E2")
    void what_stock_and_balance_have_no_room_for_is_refused_whole() {
        Order paid = paid(DiscountRule.percent(10), 3, 2);
        shop.products().receiveStock(ReceiveStock.of(option(mug), NewOption.MAX_STOCK - 8));
        unchanged(
                INVALID_STOCK_QUANTITY,
                ReturnItems.of(paid.id()).line(2, 1).line(1, 2).restocked());
        long balance = shop.users().getBalance(ann).getAmountMinorLong();
        shop.users().topUp(TopUp.of(ann, won(Validation.MAX_AMOUNT_MINOR - balance - 899)));
        unchanged(VALIDATION_ERROR, ReturnItems.of(paid.id()).line(1, 1).restocked());
        assertThat(giveBack(paid, 2, 2)).isEqualTo(won(600));
    }

    @Test
    @Tag("E2")
    @Tag("B6")
    void nobody_is_refunded_who_has_been_removed() {
        UserId bob = user("bob", 1_000);
        Order order = shop.orders().place(PlaceOrder.by(bob).line(option(mug), 1));
        shop.orders().pay(PayOrder.by(bob, order.id()));
        shop.users().remove(bob);

        unchanged(USER_NOT_FOUND, ReturnItems.of(order.id()).line(1, 1));

        user("bob", 0);
        assertThat(giveBack(order, 1, 1)).isEqualTo(won(1_000));
        assertThat(shop.users().getBalance(bob)).isEqualTo(won(1_000));
    }

    private void unchanged(ErrorCode code, ReturnItems request) {
        Contents before = Contents.of(pool);
        refused(code, () -> shop.orders().giveBack(request));
        shop.inTransaction(
                tx -> { // which is committed, whatever a refused call has written
                    refused(code, () -> tx.orders().giveBack(request));
                    return request;
                });
        assertThat(Contents.of(pool)).isEqualTo(before);
    }
}
