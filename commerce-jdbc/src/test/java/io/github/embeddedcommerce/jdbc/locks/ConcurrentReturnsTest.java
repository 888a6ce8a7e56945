package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.ReceiveStock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many give the same units back at once, and cancel their order: each unit comes back once, and its money. */
@Tag("M6")
class ConcurrentReturnsTest extends CallsInLine {
    @Test
    @Tag("T7")
    @Tag("O5")
    void of_returns_and_cancellations_of_one_order_at_once_each_unit_is_refunded_once() {
        CommerceFacade host = other(CommerceSettings.defaults(), 1);
        for (int round = 0; round < 3; round++) {
            Order order = paid(5);
            List<Supplier<Money>> calls = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                CommerceFacade one = n % 2 == 0 ? shop : host;
                calls.add(() -> one.orders().giveBack(back(order, 1)).refunded());
                calls.add(
                        () -> one.orders().giveBack(back(order, 2).restocked()).refunded());
                calls.add(() ->
                        one.orders().cancel(CancelOrder.by(ann, order.id())).refunded());
            }

            Together<Money> done = Together.each(calls, Supplier::get);

            assertThat(Money.total(done.results())).isEqualTo(won(4_500));
            assertThat(done.refusals()).containsAnyOf(ErrorCode.INVALID_ORDER_STATUS, ErrorCode.INVALID_QUANTITY);
            assertThat(shop.orders().get(ann, order.id()).status()).isEqualTo(OrderStatus.CANCELLED);
            assertThat(shop.users().getBalance(ann)).isEqualTo(won(50_000));
            assertThat(shop.coupons()
                            .list(ann, CouponStatus.USED, PageRequest.first())
                            .items())
                    .isEmpty();
            assertThat(violations()).isEmpty();
        }
    }

    @Test
    @Tag("T9")
    void returns_of_one_order_share_a_transaction_and_those_beyond_its_units_are_refused() throws Exception {
        Order order = paid(5);

        Outcomes<Return> made = inLine(
                "orders where id = " + order.id(),
                each(n ->
                        () -> shop.orders().giveBack(back(order, 1).restocked().withNote("call " + n))));

        assertThat(made.results).hasSize(5);
        assertThat(codes(made)).hasSize(3).containsAnyOf(ErrorCode.INVALID_ORDER_STATUS, ErrorCode.INVALID_QUANTITY);
        assertThat(shared).contains(CALLERS - 1);
        assertThat(made.results)
                .allSatisfy(one -> assertThat(shop.orders().getReturn(one.id())).isEqualTo(one));
        assertThat(Money.total(made.results.stream().map(Return::refunded).toList()))
                .isEqualTo(won(4_500));
        assertThat(stock(mug).onHand()).isEqualTo(10);
        List<OrderEvent> told = new ArrayList<>();
        shop.jobs().deliverEvents(told::add).call();
        assertThat(told).extracting(OrderEvent::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(told.subList(1, 6))
                .extracting(OrderEvent::subject)
                .containsExactlyElementsOf(made.results.stream()
                        .map(one -> one.id().value())
                        .sorted()
                        .toList());
        assertThat(told.get(6).type()).isEqualTo(OrderEvent.Type.CANCELLED);
    }

    @Test
    @Tag("T9")
    void returns_of_several_orders_share_a_transaction_each_with_its_own_lines() {
        OptionId cup = product("CUP", 10, 100).option("CUP").id();
        List<Order> orders = each(4, n -> {
            Order placed =
                    shop.orders().place(PlaceOrder.by(n % 2 == 0 ? ann : bob).line(cup, n + 1L));
            return shop.orders().pay(PayOrder.by(placed.user(), placed.id())).order();
        });

        Outcomes<Return> made = inLine(
                "users where id in ('ann', 'bob')",
                each(8, n -> () -> shop.orders().giveBack(back(orders.get(n / 2), 1))),
                threads -> {},
                0);

        assertThat(made.results).hasSize(7);
        assertThat(codes(made)).hasSize(1);
        for (Order order : orders) {
            assertThat(shop.orders()
                            .listReturns(order.id(), PageRequest.first())
                            .items())
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(made.results).contains(one));
        }
    }

    @Test
    @Tag("T5")
    @Tag("T7")
    void a_return_that_many_make_at_once_under_one_key_is_one_return() {
        IdempotencyKey key = IdempotencyKey.random();
        List<CommerceFacade> hosts = List.of(shop, other(CommerceSettings.defaults(), 1));
        Order order = paid(3);
        ReturnItems request = back(order, 2).restocked().withNote("broken").withKey(key);

        Together<Return> made = Together.each(
                IntStream.range(0, 8).boxed().toList(),
                n -> hosts.get(n % 2).orders().giveBack(request));

        assertThat(made.refusals()).isEmpty();
        assertThat(made.results()).hasSize(8).containsOnly(made.results().get(0));
        assertThat(shop.orders().get(ann, order.id()).refunded()).isEqualTo(won(1_800));
        for (ReturnItems other : List.of(
                back(order, 1).restocked().withNote("broken").withKey(key),
                back(order, 2).withNote("broken").withKey(key),
                back(order, 2).restocked().withNote("too small").withKey(key))) {
            refused(ErrorCode.VALIDATION_ERROR, () -> shop.orders().giveBack(other));
        }
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        assertThat(shop.orders().giveBack(request)).isEqualTo(made.results().get(0));
    }

    @Test
    @Tag("T5")
    @Tag("E2")
    void a_refused_return_leaves_its_key_unused() {
        Order order = paid(1);
        IdempotencyKey key = IdempotencyKey.random();
        refused(
                ErrorCode.INVALID_QUANTITY,
                () -> shop.orders().giveBack(back(order, 2).withKey(key)));

        assertThat(shop.orders().giveBack(back(order, 1).withKey(key)).refunded())
                .isEqualTo(won(900));
    }

    private static ReturnItems back(Order order, long quantity) {
        return ReturnItems.of(order.id()).line(1, quantity);
    }

    /** Mugs of Ann's, a tenth off. */
    private Order paid(long quantity) {
        OrderId order = shop.orders()
                .place(PlaceOrder.by(ann).line(stocked(quantity), quantity))
                .id();
        NewCoupon tenth =
                NewCoupon.of("Tenth", DiscountRule.percent(10), clock.instant().plus(Duration.ofDays(1)));
        UserCouponId coupon =
                shop.coupons().issue(ann, shop.coupons().create(tenth).id()).id();
        Order paid =
                shop.orders().pay(PayOrder.by(ann, order).withCoupon(coupon)).order();
        shared.clear();
        return paid;
    }

    private OptionId stocked(long quantity) {
        shop.products().receiveStock(ReceiveStock.of(mug, quantity));
        return mug;
    }
}
