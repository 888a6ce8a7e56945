package io.github.embeddedcommerce.jdbc.locks;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.cart.Cart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.fixture.Database;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls that wait for the same row or for a connection share a transaction, and each is answered as if it had one of
 * its own. Somebody else holds the row while they get in line.
 */
class SharedTransactionsTest extends CallsInLine {
    @Test
    @Tag("S2")
    @Tag("T9")
    void eight_orders_of_one_option_share_a_transaction_and_those_beyond_the_stock_are_refused() {
        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), each(n -> () -> place(shop)));

        assertThat(placed.results).hasSize(5);
        assertThat(new HashSet<>(placed.results.stream().map(Order::id).toList()))
                .hasSize(5);
        assertThat(codes(placed)).containsOnly(ErrorCode.INSUFFICIENT_STOCK).hasSize(3);
        assertThat(shared).contains(CALLERS - 1);
        assertThat(ended.stream().filter(one -> one.useCase().equals("orders.place")))
                .hasSize(CALLERS);
    }

    @Test
    @Tag("O1")
    @Tag("T9")
    void orders_of_users_who_are_there_are_placed_and_that_of_one_who_is_not_is_refused() {
        List<Callable<Order>> calls = new ArrayList<>(each(4, n -> () -> place(shop)));
        calls.add(
                2, () -> shop.orders().place(PlaceOrder.by(new UserId("nobody")).line(mug, 1)));

        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), calls);

        assertThat(placed.results).hasSize(4);
        assertThat(codes(placed)).containsExactly(ErrorCode.USER_NOT_FOUND);
    }

    @Test
    @Tag("O4")
    @Tag("T9")
    void one_order_paid_by_eight_calls_is_paid_once() {
        Order order = place(shop);

        Outcomes<?> paid =
                inLine("users where id = 'ann'", each(n -> () -> shop.orders().pay(PayOrder.by(ann, order.id()))));

        assertThat(paid.results).hasSize(1);
        assertThat(codes(paid)).containsOnly(ErrorCode.ALREADY_PAID).hasSize(CALLERS - 1);
        assertThat(shared).contains(CALLERS - 1);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(49_000));
    }

    @Test
    @Tag("T9")
    void orders_paid_and_pending_are_cancelled_together() {
        List<Order> orders = each(4, n -> n).stream().map(n -> place(shop)).toList();
        orders.subList(0, 2).forEach(order -> shop.orders().pay(PayOrder.by(ann, order.id())));

        Outcomes<?> cancelled = inLine(
                "users where id = 'ann'",
                orders.stream()
                        .<Callable<Object>>map(order -> () -> shop.orders().cancel(CancelOrder.by(ann, order.id())))
                        .toList());

        assertThat(cancelled.failures).isEmpty();
        assertThat(cancelled.results).hasSize(4);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(50_000));
    }

    @Test
    @Tag("K2")
    @Tag("T9")
    void a_coupon_with_four_left_goes_to_the_first_four_in_line() {
        CouponId coupon = shop.coupons()
                .create(NewCoupon.of(
                                "Hunt",
                                DiscountRule.percent(10),
                                clock.instant().plus(Duration.ofDays(1)))
                        .limitedTo(4))
                .id();
        List<UserId> hunters = IntStream.range(0, CALLERS)
                .mapToObj(n -> user("hunter-" + n, 0))
                .toList();

        Outcomes<?> issued = inLine(
                "coupons where id = " + coupon.value(),
                each(n -> () -> shop.coupons().issue(hunters.get(n), coupon)));

        assertThat(issued.results).hasSize(4);
        assertThat(codes(issued)).containsOnly(ErrorCode.COUPON_SOLD_OUT).hasSize(4);
        assertThat(shared).contains(CALLERS - 1);
    }

    @Test
    @Tag("B5")
    @Tag("T9")
    void one_balance_topped_up_by_eight_calls_adds_up_with_a_line_each() {
        Outcomes<BalanceChange> changes =
                inLine("users where id = 'ann'", each(n -> () -> shop.users().topUp(TopUp.of(ann, won(n + 1)))));

        assertThat(changes.results.stream().map(BalanceChange::number).sorted())
                .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(50_036));
    }

    @Test
    @Tag("T9")
    void carts_and_stock_changed_by_eight_calls_add_up() {
        Outcomes<?> added =
                inLine("users where id = 'ann'", each(4, n -> () -> shop.carts().add(AddToCart.of(ann, mug, 1))));
        Outcomes<?> received = inLine(
                "stock where option_id = " + mug.value(),
                each(n -> () -> shop.products().receiveStock(ReceiveStock.of(mug, 10))));

        assertThat(added.failures).isEmpty();
        assertThat(received.failures).isEmpty();
        assertThat(shop.carts().get(ann).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.item().quantity()).isEqualTo(4));
        assertThat(stock(mug).onHand()).isEqualTo(85);
    }

    @Test
    @Tag("C1")
    @Tag("T9")
    void what_calls_of_one_transaction_add_to_a_cart_counts_towards_its_limit() {
        NewProduct many = NewProduct.of("Many", "test", won(1));
        for (int n = 0; n < Cart.MAX_ITEMS - 2; n++) {
            many = many.withOption("MANY-" + n, 1);
        }
        shop.products().register(many).options().forEach(option -> shop.carts().add(AddToCart.of(ann, option.id(), 1)));
        List<OptionId> more = each(n -> product("P" + n, 1, 1).option("P" + n).id());

        Outcomes<?> added =
                inLine("users where id = 'ann'", each(n -> () -> shop.carts().add(AddToCart.of(ann, more.get(n), 1))));

        assertThat(added.results).hasSize(2);
        assertThat(codes(added)).containsOnly(ErrorCode.VALIDATION_ERROR).hasSize(CALLERS - 2);
        assertThat(shop.carts().get(ann).lines()).hasSize(Cart.MAX_ITEMS);
    }

    @Test
    @Tag("T5")
    @Tag("T9")
    void calls_with_the_same_key_never_share_and_all_have_the_first_result() {
        IdempotencyKey key = IdempotencyKey.random();

        Outcomes<Order> placed = inLine(
                "stock where option_id = " + mug.value(),
                each(n -> () ->
                        shop.orders().place(PlaceOrder.by(ann).line(mug, 1).withKey(key))));

        assertThat(placed.failures).isEmpty();
        assertThat(new HashSet<>(placed.results.stream().map(Order::id).toList()))
                .hasSize(1);
        assertThat(shared).isEmpty();
        assertThat(stock(mug).reserved()).isEqualTo(1);
    }

    @Test
    @Tag("T9")
    void with_one_call_a_transaction_none_is_shared() {
        CommerceFacade apart = other(CommerceSettings.defaults(), 1);

        List<Callable<Order>> calls = each(4, n -> () -> place(apart));
        Outcomes<Order> placed = inLine("stock where option_id = " + mug.value(), calls, threads -> {}, 0);

        assertThat(placed.results).hasSize(4);
        assertThat(shared).isEmpty();
    }

    /** Of ten connections a use case takes two, and up to five for calls that have waited for long. */
    @Test
    @Tag("T9")
    void calls_whose_rows_are_locked_do_not_keep_others_in_line() {
        if (database == Database.H2_IN_FILE) {
            return; // it has one writer at a time
        }
        List<OptionId> held =
                each(4, n -> product("HELD" + n, 10, 5).option("HELD" + n).id());
        List<FutureTask<Order>> waiting = each(
                4,
                n -> new FutureTask<>(
                        () -> shop.orders().place(PlaceOrder.by(bob).line(held.get(n), 1))));
        List<Thread> threads = waiting.stream().map(Thread::new).toList();
        String ids = held.stream().map(OptionId::toString).collect(joining(", "));

        whileLocked("stock where option_id in (" + ids + ")", () -> {
            threads.forEach(thread -> {
                locking = new CountDownLatch(1);
                thread.start();
                await(() -> locking.getCount() == 0);
            });

            place(shop);

            assertThat(broken).as("transactions that gave up").isEmpty();
        });
        Outcomes<Order> placed = new Outcomes<>();
        placed.collect(waiting);
        assertThat(placed.failures).isEmpty();
    }

    @Test
    @Tag("T9")
    void many_more_callers_than_connections_wait_for_their_turn() {
        OptionId cup = product("CUP", 10, 10_000).option("CUP").id();
        Outcomes<Order> placed = new Outcomes<>();
        List<Callable<Order>> calls =
                each(400, n -> () -> shop.orders().place(PlaceOrder.by(bob).line(cup, 1)));

        List<FutureTask<Order>> tasks = calls.stream().map(FutureTask::new).toList();
        List<Thread> threads = tasks.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        placed.collect(tasks);

        assertThat(placed.failures).isEmpty();
        assertThat(placed.results).hasSize(400);
        assertThat(stock(cup).reserved()).isEqualTo(400);
    }
}
