package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.EXPIRED_COUPON;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.coupon.CouponId;
import io.github.embeddedcommerce.coupon.CouponStatus;
import io.github.embeddedcommerce.coupon.DiscountRule;
import io.github.embeddedcommerce.coupon.NewCoupon;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.stock.AdjustStock;
import io.github.embeddedcommerce.stock.ReceiveStock;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.user.AdjustBalance;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceQuery;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hosts on one database whose clocks differ, now the one ahead and now the other; a clock that is set back is both,
 * one after the other. No time of a thing is before the time of what happened to it before, and the audit is clean.
 */
@Tag("T7")
@Tag("J5")
class TwoClocksTest extends ShopTest {
    private static final List<Duration> DIFFERENCES = List.of(Duration.ofMillis(1), Duration.ofSeconds(2));

    /** What is counted here has an earlier time than what happened to it before. */
    private static final List<String> BACKWARDS = List.of("""
            select count(*) from <commerce>orders
            where paid_at < placed_at or closed_at < placed_at or closed_at < paid_at
            """, """
            select count(*) from <commerce>order_events e join <commerce>orders o on o.id = e.order_id
            where e.happened_at < o.placed_at or (e.number = 2 and e.happened_at < o.paid_at)
              or (e.status <> 'WAITING' and e.status_at < e.happened_at)
            """, """
            select count(*) from <commerce>balance_changes c
            join <commerce>balance_changes p on p.user_id = c.user_id and p.number = c.number - 1
            where c.changed_at < p.changed_at
            """, """
            select count(*) from <commerce>stock_changes c
            join <commerce>stock_changes p on p.option_id = c.option_id and p.id < c.id
            where c.changed_at < p.changed_at
            """, """
            select count(*) from <commerce>user_coupons u join <commerce>coupons c on c.id = u.coupon_id
            where u.issued_at < c.created_at or u.used_at < u.issued_at
            """);

    private final TestClock aheadClock = new TestClock();
    private CommerceFacade ahead = nothing();
    private OptionId mug = new OptionId(1);
    private UserId ann = new UserId("ann");

    /** What is done by one host after the other. */
    private interface Story {
        void told(CommerceFacade first, CommerceFacade second);
    }

    @BeforeEach
    void another_host() {
        mug = product("MUG", 100, 1_000).option("MUG").id();
        ann = user("ann", 100_000);
        ahead = JdbcCommerce.using(pool).clock(aheadClock).build();
    }

    /** With each difference, and in both directions. */
    private void each(Story story) {
        for (Duration difference : DIFFERENCES) {
            aheadClock.advance(difference);
            for (List<CommerceFacade> hosts : List.of(List.of(ahead, shop), List.of(shop, ahead))) {
                story.told(hosts.get(0), hosts.get(1));
                nothingRunsBackwards();
                advance(Duration.ofMinutes(30));
            }
            aheadClock.advance(difference.negated());
        }
    }

    private void advance(Duration by) {
        clock.advance(by);
        aheadClock.advance(by);
    }

    private void nothingRunsBackwards() {
        assertThat(violations()).isEmpty();
        for (String backwards : BACKWARDS) {
            assertThat(count(backwards)).as(backwards).isZero();
        }
    }

    private long count(String query) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(own(query))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    private Order place(CommerceFacade host) {
        return host.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    private Order paid(CommerceFacade placing, CommerceFacade paying) {
        Order order = place(placing);
        return paying.orders().pay(PayOrder.by(ann, order.id())).order();
    }

    private static Order cancelled(CommerceFacade host, Order order) {
        return host.orders().cancel(CancelOrder.by(order.user(), order.id())).order();
    }

    @Test
    @Tag("O2")
    @Tag("O5")
    void an_order_is_placed_paid_and_refunded_by_either_host() {
        each((first, second) -> {
            for (List<CommerceFacade> hosts : List.of(
                    List.of(first, second, first), List.of(first, second, second), List.of(first, first, second))) {
                Order closed = cancelled(hosts.get(2), paid(hosts.get(0), hosts.get(1)));

                assertThat(closed.paidAt()).isAfterOrEqualTo(closed.placedAt());
                assertThat(closed.closedAt()).isAfterOrEqualTo(closed.paidAt());
                assertThat(shop.orders().get(ann, closed.id())).isEqualTo(closed);
            }
        });
    }

    @Test
    @Tag("O5")
    @Tag("J1")
    void an_order_is_placed_and_cancelled_or_expired_by_either_host() {
        each((first, second) -> {
            Order cancelled = cancelled(second, place(first));
            assertThat(cancelled.closedAt()).isAfterOrEqualTo(cancelled.placedAt());

            place(first);
            advance(Duration.ofMinutes(11));
            assertThat(second.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        });
    }

    @Test
    @Tag("O2")
    @Tag("O5")
    void a_clock_that_was_an_hour_ahead_and_is_set_right_leaves_every_order_to_be_paid_and_refunded() {
        aheadClock.advance(Duration.ofHours(1));
        Order placed = place(ahead);
        Order paid = paid(ahead, ahead);
        CouponId half = shop.coupons().create(coupon(Duration.ofDays(1))).id();
        UserCoupon coupon = ahead.coupons().issue(ann, half);

        shop.orders().pay(PayOrder.by(ann, placed.id()).withCoupon(coupon.id()));
        cancelled(shop, placed);
        cancelled(shop, paid);
        Order again = place(shop);
        shop.orders().pay(PayOrder.by(ann, again.id()).withCoupon(coupon.id()));
        nothingRunsBackwards();
        cancelled(shop, again);

        nothingRunsBackwards();
        assertThat(shop.coupons()
                        .list(ann, CouponStatus.AVAILABLE, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    @Tag("O4")
    @Tag("J1")
    void a_host_that_is_ahead_expires_an_order_early_by_as_much_and_never_one_that_is_paid() {
        Duration difference = Duration.ofSeconds(2);
        aheadClock.advance(difference);
        Order lost = place(shop);
        Order won = place(shop);
        clock.advance(Duration.ofMinutes(10).minus(difference));
        aheadClock.advance(Duration.ofMinutes(10).minus(difference).minusNanos(1_000));

        assertThat(ahead.jobs().expireOverdueOrders().call().expired()).isZero();
        aheadClock.advance(Duration.ofNanos(1_000));
        refused(ORDER_EXPIRED, () -> ahead.orders().pay(PayOrder.by(ann, lost.id())));
        shop.orders().pay(PayOrder.by(ann, won.id()));
        assertThat(ahead.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
        refused(ORDER_EXPIRED, () -> shop.orders().pay(PayOrder.by(ann, lost.id())));

        assertThat(shop.orders().get(ann, won.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(shop.orders().get(ann, lost.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        nothingRunsBackwards();
    }

    @Test
    @Tag("K2")
    @Tag("K4")
    void a_coupon_is_created_issued_used_and_given_back_by_either_host() {
        each((first, second) -> {
            CouponId half = first.coupons().create(coupon(Duration.ofDays(1))).id();
            UserCoupon coupon = second.coupons().issue(ann, half);
            for (CommerceFacade using : List.of(first, second)) {
                Order order = place(first);
                using.orders().pay(PayOrder.by(ann, order.id()).withCoupon(coupon.id()));
                nothingRunsBackwards();
                assertThat(second.orders()
                                .cancel(CancelOrder.by(ann, order.id()))
                                .couponReturned())
                        .isTrue();
            }
        });
    }

    @Test
    @Tag("K4")
    void an_order_that_was_placed_after_a_coupon_expired_is_not_paid_with_it_by_a_host_that_is_behind() {
        aheadClock.advance(Duration.ofMillis(2));
        CouponId half = shop.coupons().create(coupon(Duration.ofMillis(1))).id();
        UserCoupon coupon = shop.coupons().issue(ann, half);
        Order order = place(ahead);

        refused(
                EXPIRED_COUPON,
                () -> shop.orders().pay(PayOrder.by(ann, order.id()).withCoupon(coupon.id())));
        shop.orders().pay(PayOrder.by(ann, order.id()));
    }

    private NewCoupon coupon(Duration valid) {
        return NewCoupon.of(
                        "half",
                        DiscountRule.percent(new BigDecimal("50")),
                        clock.instant().plus(valid))
                .limitedTo(5);
    }

    @Test
    @Tag("B3")
    @Tag("T5")
    void a_balance_is_changed_by_both_hosts_in_turn() {
        each((first, second) -> {
            for (CommerceFacade host : List.of(first, second, first)) {
                host.users().topUp(TopUp.of(ann, won(10)));
                host.users().adjust(AdjustBalance.of(ann, won(-1), "for the example"));
                cancelled(host, paid(host, host));
            }
            IdempotencyKey key = new IdempotencyKey(clock.instant() + " " + first.hashCode());
            BalanceChange change = second.users().topUp(TopUp.of(ann, won(10)).withKey(key));
            assertThat(first.users().topUp(TopUp.of(ann, won(10)).withKey(key))).isEqualTo(change);
            List<Instant> times =
                    shop.users().listBalanceChanges(ann, BalanceQuery.all(), PageRequest.first(100)).items().stream()
                            .map(BalanceChange::at)
                            .toList();
            assertThat(times).contains(change.at()).isSortedAccordingTo(Comparator.reverseOrder());
        });
    }

    @Test
    @Tag("S4")
    @Tag("P5")
    void stock_is_changed_by_both_hosts_in_turn() {
        each((first, second) -> {
            first.products().receiveStock(ReceiveStock.of(mug, 5));
            second.products().adjustStock(AdjustStock.of(mug, -1, "broken"));
            second.products().adjustStock(AdjustStock.of(mug, -1, "broken"));
            cancelled(second, paid(second, first));
            first.products().receiveStock(ReceiveStock.of(mug, 5));
            List<Instant> times = shop.products().listStockChanges(mug, PageRequest.first(100)).items().stream()
                    .map(StockChange::at)
                    .toList();
            assertThat(times).hasSizeGreaterThan(4).isSortedAccordingTo(Comparator.reverseOrder());
        });
    }

    @Test
    @Tag("J3")
    void an_event_of_one_host_is_delivered_set_aside_retried_and_discarded_by_the_other() {
        each((first, second) -> {
            Order retried = paid(first, first);
            Order discarded = paid(first, first);
            advance(Duration.ofSeconds(3));
            assertThat(failing(first).call().deadLetters()).isEqualTo(2);
            assertThat(second.deadLetters().retryAll()).isEqualTo(2);
            advance(Duration.ofSeconds(3));
            assertThat(failing(second).call().deadLetters()).isEqualTo(2);
            nothingRunsBackwards();

            assertThat(first.deadLetters().discard(discarded.id()).at()).isAfterOrEqualTo(discarded.paidAt());
            first.deadLetters().retry(retried.id());
            cancelled(second, retried);
            cancelled(second, discarded);
            advance(Duration.ofSeconds(3));
            assertThat(second.jobs().deliverEvents(event -> {}).call().delivered())
                    .isEqualTo(3);
        });
    }

    private static DeliverEvents failing(CommerceFacade host) {
        return host.jobs()
                .deliverEvents(event -> {
                    throw new IllegalStateException("broker is down");
                })
                .retrying(new DeliveryRetry(1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    }

    @Test
    @Tag("J2")
    @Tag("C1")
    void a_snapshot_and_a_cart_are_made_by_one_host_after_the_other() {
        each((first, second) -> {
            advance(Duration.ofDays(1));
            paid(first, second);
            first.carts().add(AddToCart.of(ann, mug, 1));
            second.carts().add(AddToCart.of(ann, mug, 1));
            assertThat(second.jobs().snapshotPopularProducts().call().made()).isTrue();
            assertThat(first.jobs().snapshotPopularProducts().call().made()).isFalse();
            assertThat(
                            count(
                                    "select count(*) from <commerce>carts c where c.touched_at < (select max(placed_at) from <commerce>orders)"))
                    .isZero();
        });
    }
}
