package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.RETURN_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.jdbc.fixture.ReturnTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnItems;
import io.github.embeddedcommerce.order.ReturnedLine;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Units of paid orders are given back, some or all of them. */
@Tag("M6")
class ReturnsTest extends ReturnTest {
    @Test
    @Tag("B3")
    void some_units_of_a_line_give_back_their_price_and_the_rest_is_kept() {
        Order paid = paid(null, 3, 2);

        Return back = shop.orders()
                .giveBack(ReturnItems.of(paid.id()).line(1, 2).line(2, 1).withNote("too small"));

        assertThat(back.lines()).containsExactly(new ReturnedLine(1, 2, won(2_000)), new ReturnedLine(2, 1, won(333)));
        assertThat(back.refunded()).isEqualTo(won(2_333));
        assertThat(back.order()).isEqualTo(paid.id());
        assertThat(back.note()).isEqualTo("too small");
        assertThat(back.restocked()).isFalse();
        assertThat(back.at()).isEqualTo(clock.instant());
        Order order = shop.orders().get(ann, paid.id());
        assertThat(order.status()).isEqualTo(OrderStatus.PAID);
        assertThat(order.lines()).extracting(OrderLine::returned).containsExactly(2L, 1L);
        assertThat(order.lines()).extracting(OrderLine::kept).containsExactly(1L, 1L);
        assertThat(order.refunded()).isEqualTo(won(2_333));
        assertThat(order.finalAmount()).isEqualTo(paid.finalAmount());
        assertThat(refunds(paid.id())).containsExactly(won(2_333));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(100_000 - 3_666 + 2_333));
    }

    @Test
    @Tag("S4")
    void units_are_in_stock_again_only_if_the_shop_says_so() {
        Order paid = paid(null, 3, 2);

        shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1));
        assertThat(available(mug)).isEqualTo(7);
        assertThat(shop.orders()
                        .giveBack(
                                ReturnItems.of(paid.id()).line(1, 2).line(2, 1).restocked())
                        .restocked())
                .isTrue();

        assertThat(available(mug)).isEqualTo(9);
        assertThat(available(spoon)).isEqualTo(9);
        StockChange change = shop.products()
                .listStockChanges(option(mug), PageRequest.first(1))
                .items()
                .get(0);
        assertThat(change.reason()).isEqualTo(new StockChange.Reason(StockChange.Kind.RETURN, "order " + paid.id()));
        assertThat(change.after() - change.before()).isEqualTo(2);
    }

    @Test
    @Tag("S3")
    void two_lines_of_one_option_go_back_to_it_together() {
        Order order =
                shop.orders().place(PlaceOrder.by(ann).line(option(mug), 2).line(option(mug), 3));
        shop.orders().pay(PayOrder.by(ann, order.id()));

        Return back = shop.orders()
                .giveBack(ReturnItems.of(order.id()).line(2, 2).line(1, 1).restocked());

        assertThat(back.lines())
                .containsExactly(new ReturnedLine(1, 1, won(1_000)), new ReturnedLine(2, 2, won(2_000)));
        assertThat(shop.orders().getReturn(back.id())).isEqualTo(back);
        assertThat(available(mug)).isEqualTo(8);
        assertThat(shop.products()
                        .listStockChanges(option(mug), PageRequest.first(1))
                        .items()
                        .get(0)
                        .after())
                .isEqualTo(8);
    }

    @Test
    @Tag("K5")
    void what_is_refunded_is_the_price_less_the_share_of_the_discount() {
        Order paid = paid(DiscountRule.amount(won(1_000)), 3, 2); // 3,000 and 666: shares of 818.33 and 181.66

        assertThat(paid.discountShares()).containsExactly(won(818), won(182));
        assertThat(giveBack(paid, 1, 1)).isEqualTo(won(727)); // 2,182 / 3 = 727.33
        assertThat(giveBack(paid, 1, 1)).isEqualTo(won(727));
        assertThat(giveBack(paid, 1, 1)).isEqualTo(won(728));
        assertThat(giveBack(paid, 2, 1)).isEqualTo(won(242));
        assertThat(giveBack(paid, 2, 1)).isEqualTo(won(242));

        assertThat(refunds(paid.id())).hasSize(5);
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(100_000));
    }

    @Test
    @Tag("O6")
    @Tag("O5")
    void an_order_of_which_nothing_is_kept_is_cancelled_and_its_coupon_can_be_used_again() {
        Order paid = paid(DiscountRule.percent(10), 3, 0);
        giveBack(paid, 1, 2);
        assertThat(coupons(CouponStatus.USED)).hasSize(1);

        clock.advance(Duration.ofMinutes(1));
        Return last = shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1));

        Order order = shop.orders().get(ann, paid.id());
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.closedAt()).isEqualTo(last.at());
        assertThat(order.refunded()).isEqualTo(won(2_700));
        assertThat(coupons(CouponStatus.AVAILABLE)).hasSize(1);
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(100_000));
        refused(INVALID_ORDER_STATUS, () -> giveBack(paid, 1, 1));
        refused(INVALID_ORDER_STATUS, () -> shop.orders().cancel(CancelOrder.by(ann, paid.id())));
    }

    @Test
    @Tag("O5")
    void a_coupon_that_has_expired_since_stays_used() {
        Order paid = paid(DiscountRule.percent(10), 3, 0);
        clock.advance(Duration.ofDays(1));

        giveBack(paid, 1, 3);

        assertThat(shop.orders().get(ann, paid.id()).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(coupons(CouponStatus.USED)).hasSize(1);
    }

    @Test
    @Tag("O5")
    @Tag("S4")
    void cancelling_an_order_gives_back_what_returns_have_left_of_it() {
        Order paid = paid(DiscountRule.amount(won(1_000)), 3, 2);
        giveBack(paid, 1, 1);
        shop.orders().giveBack(ReturnItems.of(paid.id()).line(2, 2).restocked());

        Cancellation cancellation = shop.orders().cancel(CancelOrder.by(ann, paid.id()));

        assertThat(cancellation.refunded()).isEqualTo(won(2_666 - 727 - 484));
        assertThat(cancellation.couponReturned()).isTrue();
        assertThat(cancellation.order()).isEqualTo(shop.orders().get(ann, paid.id()));
        assertThat(cancellation.order().refunded()).isEqualTo(won(2_666));
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(100_000));
        assertThat(available(mug)).isEqualTo(9);
        assertThat(available(spoon)).isEqualTo(10);
    }

    @Test
    void an_order_that_cost_nothing_is_given_back_without_money() {
        Order paid = paid(DiscountRule.percent(100), 2, 1);

        assertThat(giveBack(paid, 1, 1)).isEqualTo(won(0));
        shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1).line(2, 1).restocked());

        assertThat(shop.orders().get(ann, paid.id()).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(refunds(paid.id())).isEmpty();
        assertThat(coupons(CouponStatus.AVAILABLE)).hasSize(1);
    }

    @Test
    @Tag("J3")
    void the_world_is_told_of_each_return_and_then_of_the_end() throws Exception {
        Order paid = paid(null, 3, 0);
        Return first = shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1));
        Return last = shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 2));

        List<OrderEvent> told = new ArrayList<>();
        shop.jobs().deliverEvents(told::add).call();

        assertThat(told)
                .containsExactly(
                        new OrderEvent(paid.id(), 1, OrderEvent.Type.PAID, ann, first.at()),
                        new OrderEvent(
                                paid.id(),
                                2,
                                OrderEvent.Type.RETURNED,
                                ann,
                                first.at(),
                                first.id().value()),
                        new OrderEvent(
                                paid.id(),
                                3,
                                OrderEvent.Type.RETURNED,
                                ann,
                                last.at(),
                                last.id().value()),
                        new OrderEvent(paid.id(), 4, OrderEvent.Type.CANCELLED, ann, last.at()));
    }

    @Test
    void a_return_is_found_and_the_returns_of_an_order_are_listed() {
        Order paid = paid(null, 3, 2);
        Order other = paid(null, 1, 0);
        List<Return> made = new ArrayList<>();
        for (int n = 1; n <= 3; n++) {
            made.add(
                    0,
                    shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1).withNote("n" + n)));
            clock.advance(Duration.ofSeconds(1));
        }
        made.add(0, shop.orders().giveBack(ReturnItems.of(paid.id()).line(2, 2).restocked()));
        Return others = shop.orders().giveBack(ReturnItems.of(other.id()).line(1, 1));

        assertThat(made)
                .allSatisfy(one -> assertThat(shop.orders().getReturn(one.id())).isEqualTo(one));
        assertThat(shop.orders().findReturn(others.id())).contains(others);
        assertThat(shop.orders().findReturn(new ReturnId(others.id().value() + 1)))
                .isEmpty();
        refused(
                RETURN_NOT_FOUND,
                () -> shop.orders().getReturn(new ReturnId(others.id().value() + 1)));
        assertThat(shop.orders().listReturns(other.id(), PageRequest.first()).items())
                .containsExactly(others);
        assertThat(shop.orders()
                        .listReturns(new OrderId(999_999_999), PageRequest.first())
                        .items())
                .isEmpty();
        List<Return> listed = new ArrayList<>();
        Page<Return> page = shop.orders().listReturns(paid.id(), PageRequest.first(3));
        listed.addAll(page.items());
        assertThat(listed).hasSize(3);
        listed.addAll(shop.orders()
                .listReturns(paid.id(), PageRequest.first(3).after(page.next()))
                .items());
        assertThat(listed).isEqualTo(made);
    }

    @Test
    @Tag("J2")
    void what_is_popular_is_what_was_kept_by_then_and_so_is_a_recount_later() {
        Order returnedBefore = paid(null, 3, 0);
        Order returnedAfter = paid(null, 0, 2);
        clock.advance(Duration.ofSeconds(1));
        giveBack(returnedBefore, 1, 2);

        PopularProducts snapshot =
                shop.jobs().snapshotPopularProducts().call().snapshot().orElseThrow();
        assertThat(snapshot.entries())
                .extracting(entry -> entry.product() + " x " + entry.quantity())
                .containsExactly(spoon.id() + " x 2", mug.id() + " x 1");

        clock.advance(Duration.ofSeconds(1));
        giveBack(returnedAfter, 1, 1);
        assertThat(shop.products().recountPopular(snapshot)).isEqualTo(snapshot);
        giveBack(returnedAfter, 1, 1);
        giveBack(returnedBefore, 1, 1);
        assertThat(shop.products().recountPopular(snapshot)).isEqualTo(snapshot);
        clock.advance(Duration.ofDays(1));
        assertThat(shop.jobs()
                        .snapshotPopularProducts()
                        .call()
                        .snapshot()
                        .orElseThrow()
                        .entries())
                .isEmpty();
    }

    @Test
    @Tag("B6")
    void who_is_removed_and_comes_back_finds_returns_settled() {
        UserId bob = user("bob", 2_000);
        Order order = shop.orders().place(PlaceOrder.by(bob).line(option(mug), 2));
        shop.orders().pay(PayOrder.by(bob, order.id()));
        giveBack(order, 1, 1);
        clock.advance(Duration.ofDays(400));
        shop.jobs().purgeHistory().call();
        assertThat(shop.jobs().audit().call().violations()).isEmpty();
        shop.users().adjust(AdjustBalance.of(bob, won(-1_000), "paid out"));
        shop.users().remove(bob);

        user("bob", 0);

        assertThat(giveBack(order, 1, 1)).isEqualTo(won(1_000));
    }

    @Test
    @Tag("B3")
    void times_of_an_order_never_run_backwards_even_if_the_clock_does() {
        Order paid = paid(null, 3, 0);
        clock.advance(Duration.ofHours(1));
        Return first = shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1));
        clock.advance(Duration.ofHours(-1));

        Return second = shop.orders().giveBack(ReturnItems.of(paid.id()).line(1, 1));
        Cancellation end = shop.orders().cancel(CancelOrder.by(ann, paid.id()));

        assertThat(second.at()).isEqualTo(first.at());
        assertThat(end.order().closedAt()).isEqualTo(first.at());
    }

    private List<UserCoupon> coupons(CouponStatus status) {
        return shop.coupons().list(ann, status, PageRequest.first()).items();
    }

    private List<Money> refunds(OrderId order) {
        BalanceQuery query = BalanceQuery.all().withCode(BalanceCode.REFUND).withReference(order.toString());
        return shop.users().listBalanceChanges(ann, query, PageRequest.first()).items().stream()
                .map(change -> change.movement().amount())
                .toList();
    }

    private long available(Product product) {
        return shop.products().get(product.id()).options().get(0).available();
    }
}
