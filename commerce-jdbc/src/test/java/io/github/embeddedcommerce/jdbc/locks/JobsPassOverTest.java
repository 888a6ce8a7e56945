package io.github.embeddedcommerce.jdbc.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener.LockWait;
import io.github.embeddedcommerce.LockWaitAlert;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.job.ExpireOverdueOrders;
import io.github.embeddedcommerce.job.PurgeHistory;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.TopUp;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs wait for nobody: a row that somebody else is at they pass over, do the rest, and find it the next time. */
class JobsPassOverTest extends ShopTest {
    private UserId ann = new UserId("ann");
    private UserId bob = new UserId("bob");
    private OptionId mug = new OptionId(1);
    private CommerceFacade impatient = nothing();

    @BeforeEach
    void two_buyers_and_no_patience() {
        ann = user("ann", 1_000);
        bob = user("bob", 1_000);
        mug = product("MUG", 100, 10).option("MUG").id();
        impatient = open(IMPATIENT.withRetention(Retention.defaults().withBalanceHistory(Duration.ofDays(30))));
    }

    @Test
    @Tag("J1")
    void an_order_that_somebody_is_at_does_not_hold_up_the_expiry_of_the_others() {
        Order locked = pending(ann);
        Order other = pending(bob);
        clock.advance(Duration.ofMinutes(10));

        whileLocked(
                row(locked),
                () -> assertThat(impatient.jobs().expireOverdueOrders().call())
                        .isEqualTo(new ExpireOverdueOrders.Result(1, Map.of(), false)));

        assertThat(shop.orders().get(ann, locked.id()).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(shop.orders().get(bob, other.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isEqualTo(1);
    }

    @Test
    @Tag("J3")
    void an_event_that_somebody_is_at_does_not_hold_up_the_delivery_of_the_others() {
        Order locked = paid(ann);
        Order other = paid(bob);
        List<OrderId> taken = new ArrayList<>();
        DeliverEvents delivery = impatient.jobs().deliverEvents(event -> taken.add(event.order()));

        whileLocked("order_events where order_id = " + locked.id(), delivery::call);

        assertThat(taken).containsExactly(other.id());
        assertThat(delivery.call().delivered()).isEqualTo(1);
    }

    @Test
    @Tag("J3")
    void an_event_whose_outcome_is_written_is_locked_no_more_while_the_others_are_delivered() {
        List<OrderId> orders =
                Stream.of(paid(ann), paid(bob), paid(ann)).map(Order::id).toList();
        List<LockWait> waits = new ArrayList<>();
        CommerceFacade told = JdbcCommerce.using(pool)
                .clock(clock)
                .listener(new LockWaitAlert(Duration.ZERO, waits::add))
                .build();

        assertThat(told.jobs().deliverEvents(event -> {}).call().delivered()).isEqualTo(3);

        assertThat(waits)
                .extracting(LockWait::rows)
                .as("all are leased; each is handed over when the outcome of the one before is written")
                .containsExactly(
                        orders.toString(),
                        orders.subList(0, 2).toString(),
                        orders.subList(1, 3).toString(),
                        orders.subList(2, 3).toString());
    }

    @Test
    @Tag("J4")
    @Tag("B6")
    void a_user_whom_somebody_is_at_does_not_hold_up_the_purge_of_others_histories_and_carts() {
        shop.carts().add(AddToCart.of(ann, mug, 1));
        shop.carts().add(AddToCart.of(bob, mug, 1));
        clock.advance(Duration.ofDays(100));

        whileLocked(
                "users where id = 'ann'",
                () -> assertThat(purged(Kind.BALANCE_CHANGES, Kind.CARTS)).containsExactly(1L, 1L));

        assertThat(shop.carts().get(ann).lines()).hasSize(1);
        assertThat(shop.carts().get(bob).lines()).isEmpty();
        assertThat(purged(Kind.BALANCE_CHANGES, Kind.CARTS)).containsExactly(1L, 1L);
    }

    @Test
    @Tag("J4")
    @Tag("B6")
    void a_history_whose_user_somebody_was_at_is_purged_when_the_run_comes_by_again() throws SQLException {
        clock.advance(Duration.ofDays(1));
        shop.users().topUp(TopUp.of(ann, won(1)));
        clock.advance(Duration.ofDays(100));
        List<Long> removed = new ArrayList<>();
        try (Connection other = pool.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(own("select * from <commerce>users where id = 'ann' for update"));

            impatient
                    .jobs()
                    .purgeHistory()
                    .inChunksOf(2)
                    .reporting(rows -> {
                        removed.add(rows);
                        commit(other);
                    })
                    .call();
            other.setAutoCommit(true);
        }

        assertThat(removed)
                .as("the line of bob, and then the two of ann")
                .startsWith(1L)
                .endsWith(3L);
    }

    @Test
    @Tag("J4")
    void an_order_that_somebody_is_at_does_not_hold_up_the_purge_of_the_events_of_others() {
        Order locked = paid(ann);
        paid(bob);
        shop.jobs().deliverEvents(event -> {}).call();
        clock.advance(Duration.ofDays(100));

        whileLocked(row(locked), () -> assertThat(purged(Kind.EVENTS)).containsExactly(1L));

        assertThat(purged(Kind.EVENTS)).containsExactly(1L);
    }

    @Test
    @Tag("J1")
    void an_order_that_another_host_expires_between_finding_and_locking_it_is_not_expired_twice() {
        Order order = pending(ann);
        clock.advance(Duration.ofMinutes(10));
        CommerceFacade slow = overtakenBefore("for update skip locked");

        assertThat(slow.jobs().expireOverdueOrders().call())
                .isEqualTo(new ExpireOverdueOrders.Result(0, Map.of(), false));

        assertThat(shop.orders().get(ann, order.id()).status()).isEqualTo(OrderStatus.EXPIRED);
    }

    @Test
    @Tag("S5")
    void a_reservation_that_another_host_expires_at_the_same_moment_does_not_cost_a_sale_either() {
        shop.orders().place(PlaceOrder.by(ann).line(mug, 10));
        clock.advance(Duration.ofMinutes(10));
        CommerceFacade slow = overtakenBefore("orders where id in");

        Order sale = slow.orders().place(PlaceOrder.by(bob).line(mug, 10));

        assertThat(sale.status()).isEqualTo(OrderStatus.PENDING);
    }

    @Test
    @Tag("J4")
    void a_cart_that_its_owner_touches_between_finding_and_locking_it_is_not_purged() {
        shop.carts().add(AddToCart.of(ann, mug, 1));
        clock.advance(Duration.ofDays(100));
        CommerceFacade slow =
                overtakenBefore("for update skip locked", () -> shop.carts().add(AddToCart.of(ann, mug, 1)));

        assertThat(slow.jobs().purgeHistory().call().removed(Kind.CARTS)).isZero();

        assertThat(shop.carts().get(ann).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.item().quantity()).isEqualTo(2));
    }

    /** A host that finds overdue orders, and then is overtaken by another one that expires them. */
    private CommerceFacade overtakenBefore(String statement) {
        return overtakenBefore(
                statement, () -> shop.jobs().expireOverdueOrders().call());
    }

    /** A host that finds something to do, and then is overtaken by another one. It tries nothing twice. */
    private CommerceFacade overtakenBefore(String statement, Runnable other) {
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        CommerceFacade overtaken =
                JdbcCommerce.using(watched).settings(IMPATIENT).clock(clock).build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                if (trip.contains(statement)) {
                    other.run();
                }
            }
        });
        return overtaken;
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<Long> purged(Kind... kinds) {
        PurgeHistory.Result result = impatient.jobs().purgeHistory().call();
        return Stream.of(kinds).map(result::removed).toList();
    }

    private static String row(Order order) {
        return "orders where id = " + order.id();
    }

    private Order pending(UserId user) {
        return shop.orders().place(PlaceOrder.by(user).line(mug, 1));
    }

    private Order paid(UserId user) {
        return shop.orders().pay(PayOrder.by(user, pending(user).id())).order();
    }
}
