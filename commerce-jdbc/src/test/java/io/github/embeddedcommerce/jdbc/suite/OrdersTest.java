package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_BALANCE;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;
import static io.github.embeddedcommerce.error.ErrorCode.USER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Placing, paying and cancelling one order at a time. */
class OrdersTest extends ShopTest {
    OptionId mug;
    OptionId spoon;
    UserId ann;
    UserId bob;

    @BeforeEach
    void two_products_and_two_users() {
        mug = product("MUG", 12_000, 10).option("MUG").id();
        spoon = product("SPOON", 500, 6).option("SPOON").id();
        ann = user("ann", 50_000);
        bob = user("bob", 0);
    }

    @Test
    @Tag("O1")
    @Tag("O7")
    void a_placed_order_is_found_as_it_was_placed() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 2).line(spoon, 6));

        assertThat(shop.orders().get(ann, order.id())).isEqualTo(order);
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.total()).isEqualTo(won(27_000));
        assertThat(order.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(order.lines()).extracting(line -> line.item().sku()).containsExactly("MUG", "SPOON");
    }

    @Test
    @Tag("S3")
    void an_order_takes_all_its_lines_or_none() {
        refused(
                INSUFFICIENT_STOCK,
                () -> shop.orders().place(PlaceOrder.by(ann).line(mug, 2).line(spoon, 7)));

        assertThat(shop.orders()
                        .place(PlaceOrder.by(ann).line(mug, 10).line(spoon, 6))
                        .lines())
                .hasSize(2);
    }

    @Test
    @Tag("S3")
    void two_lines_of_one_option_add_up() {
        refused(
                INSUFFICIENT_STOCK,
                () -> shop.orders().place(PlaceOrder.by(ann).line(mug, 6).line(mug, 5)));

        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 6).line(mug, 4));
        assertThat(order.quantities()).containsEntry(mug, 10L);
    }

    @Test
    @Tag("O1")
    @Tag("E2")
    void what_cannot_be_ordered_is_refused() {
        Product hidden = shop.products()
                .register(NewProduct.of("Hidden", "test", won(1))
                        .withOption("HIDDEN", 1)
                        .notOnSale());

        refused(
                PRODUCT_OPTION_NOT_FOUND,
                () -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1).line(new OptionId(999999999), 1)));
        refused(
                PRODUCT_OPTION_NOT_FOUND,
                () -> shop.orders()
                        .place(PlaceOrder.by(ann).line(hidden.option("HIDDEN").id(), 1)));
        refused(
                USER_NOT_FOUND,
                () -> shop.orders().place(PlaceOrder.by(new UserId("nobody")).line(mug, 1)));
        refused(VALIDATION_ERROR, () -> shop.orders().place(PlaceOrder.by(ann)));
    }

    @Test
    @Tag("O1")
    @Tag("E2")
    void a_total_beyond_the_limit_is_refused() {
        OptionId palace =
                product("PALACE", 1_000_000_000_000L, 2_000).option("PALACE").id();

        refused(VALIDATION_ERROR, () -> shop.orders().place(PlaceOrder.by(ann).line(palace, 1_001)));
    }

    @Test
    @Tag("O2")
    @Tag("B3")
    void paying_takes_the_money_and_sells_the_stock() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 2));

        Receipt receipt = shop.orders().pay(PayOrder.by(ann, order.id()));

        assertThat(receipt.order().status()).isEqualTo(OrderStatus.PAID);
        assertThat(receipt.order().paidAt()).isEqualTo(clock.instant());
        assertThat(receipt.remainingBalance()).isEqualTo(won(26_000));
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(26_000));
        assertThat(shop.orders().get(ann, order.id())).isEqualTo(receipt.order());
        assertThat(shop.users()
                        .listBalanceChanges(ann, BalanceQuery.all(), PageRequest.first())
                        .items())
                .extracting(BalanceChange::after)
                .containsExactly(won(26_000), won(50_000));
    }

    @Test
    @Tag("O2")
    void an_order_of_free_goods_is_paid_without_a_balance_change() {
        OptionId sample = product("SAMPLE", 0, 1).option("SAMPLE").id();
        Order order = shop.orders().place(PlaceOrder.by(bob).line(sample, 1));

        assertThat(shop.orders().pay(PayOrder.by(bob, order.id())).paidAmount()).isEqualTo(won(0));
        assertThat(shop.users()
                        .listBalanceChanges(bob, BalanceQuery.all(), PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    @Tag("O3")
    void a_refused_payment_leaves_the_order_and_its_reservation_as_they_were() {
        Order order = shop.orders().place(PlaceOrder.by(bob).line(mug, 10));

        refused(INSUFFICIENT_BALANCE, () -> shop.orders().pay(PayOrder.by(bob, order.id())));

        assertThat(shop.orders().get(bob, order.id())).isEqualTo(order);
        refused(INSUFFICIENT_STOCK, () -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1)));
        shop.users().topUp(TopUp.of(bob, won(120_000)));
        assertThat(shop.orders().pay(PayOrder.by(bob, order.id())).remainingBalance())
                .isEqualTo(won(0));
    }

    @Test
    @Tag("O4")
    void only_the_owner_can_see_pay_or_cancel_an_order() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));

        refused(UNAUTHORIZED_ORDER_ACCESS, () -> shop.orders().get(bob, order.id()));
        refused(UNAUTHORIZED_ORDER_ACCESS, () -> shop.orders().pay(PayOrder.by(bob, order.id())));
        refused(UNAUTHORIZED_ORDER_ACCESS, () -> shop.orders().cancel(CancelOrder.by(bob, order.id())));
    }

    @Test
    @Tag("O4")
    void an_unknown_order_is_refused() {
        OrderId unknown = new OrderId(999999999);

        refused(ORDER_NOT_FOUND, () -> shop.orders().get(ann, unknown));
        refused(ORDER_NOT_FOUND, () -> shop.orders().pay(PayOrder.by(ann, unknown)));
        refused(ORDER_NOT_FOUND, () -> shop.orders().cancel(CancelOrder.by(ann, unknown)));
        assertThat(shop.orders().find(ann, unknown)).isEmpty();
    }

    @Test
    @Tag("O4")
    void an_order_is_paid_once() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        shop.orders().pay(PayOrder.by(ann, order.id()));

        refused(ALREADY_PAID, () -> shop.orders().pay(PayOrder.by(ann, order.id())));
        assertThat(shop.users().get(ann).balance()).isEqualTo(won(38_000));
    }

    @Test
    @Tag("O4")
    void an_overdue_order_cannot_be_paid_whether_or_not_the_job_has_come_by() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        clock.advance(Duration.ofMinutes(10));

        refused(ORDER_EXPIRED, () -> shop.orders().pay(PayOrder.by(ann, order.id())));
        shop.jobs().expireOverdueOrders().call();
        refused(ORDER_EXPIRED, () -> shop.orders().pay(PayOrder.by(ann, order.id())));
    }

    @Test
    @Tag("O4")
    void a_microsecond_before_it_expires_an_order_can_be_paid() {
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        clock.advance(Duration.ofMinutes(10).minusNanos(1_000));

        assertThat(shop.orders().pay(PayOrder.by(ann, order.id())).order().status())
                .isEqualTo(OrderStatus.PAID);
    }

    @Test
    @Tag("O5")
    @Tag("S2")
    void cancelling_a_pending_order_releases_its_stock() {
        Order order = shop.orders().place(PlaceOrder.by(bob).line(mug, 10));

        assertThat(shop.orders().cancel(CancelOrder.by(bob, order.id())).order().status())
                .isEqualTo(OrderStatus.CANCELLED);

        shop.orders().place(PlaceOrder.by(ann).line(mug, 10));
        refused(INVALID_ORDER_STATUS, () -> shop.orders().cancel(CancelOrder.by(bob, order.id())));
        refused(INVALID_ORDER_STATUS, () -> shop.orders().pay(PayOrder.by(bob, order.id())));
    }

    @Test
    @Tag("S5")
    void an_overdue_reservation_does_not_cost_a_sale() {
        Order forgotten = shop.orders().place(PlaceOrder.by(bob).line(mug, 10));
        clock.advance(Duration.ofMinutes(10));

        shop.orders().place(PlaceOrder.by(ann).line(mug, 10));

        assertThat(shop.orders().get(bob, forgotten.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    }

    @Test
    @Tag("J1")
    void the_job_expires_what_is_overdue_in_chunks_and_nothing_else() {
        List<OrderId> overdue = IntStream.range(0, 6)
                .mapToObj(n ->
                        shop.orders().place(PlaceOrder.by(bob).line(mug, 1)).id())
                .toList();
        clock.advance(Duration.ofMinutes(5));
        Order young = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        clock.advance(Duration.ofMinutes(5));

        assertThat(shop.jobs().expireOverdueOrders().inChunksOf(4).call().expired())
                .isEqualTo(6);

        assertThat(overdue).allMatch(id -> shop.orders().get(bob, id).status() == OrderStatus.EXPIRED);
        assertThat(shop.orders().get(ann, young.id()).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isZero();
    }
}
