package io.github.embeddedcommerce.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.error.StorageError;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.jdbc.fixture.Contents;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.payment.BeginPayment;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.SettlePayment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The connection breaks at the n-th round trip of a job, before it or after, for every n: the next runs do what was
 * left, and then there is nothing to do.
 */
@Tag("E3")
@Tag("T3")
class CutJobsTest extends CutTest {
    private final List<OrderId> told = new ArrayList<>();

    @Test
    @Tag("J1")
    void expiring_orders() {
        everywhere(
                () -> {
                    place();
                    place();
                    clock.advance(Duration.ofMinutes(10));
                },
                shop -> assertThat(shop.jobs().expireOverdueOrders().call().failed())
                        .isEmpty());
        assertThat(shop.orders()
                        .list(ann, OrderStatus.PENDING, PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    @Tag("J1")
    @Tag("M4")
    void expiring_orders_that_were_paid_in_part() {
        everywhere(
                () -> {
                    payInPart(place());
                    place();
                    clock.advance(Duration.ofHours(1));
                },
                shop -> assertThat(shop.jobs().expireOverdueOrders().call().failed())
                        .isEmpty());
        assertThat(shop.users().getBalance(ann)).isEqualTo(won(1_000_000));
    }

    private void payInPart(Order order) {
        BeginPayment part =
                BeginPayment.by(ann, order.id(), "card").withAmount(won(10)).withBalance(won(100));
        Payment begun = shop.payments().begin(part);
        shop.payments().settle(SettlePayment.of(begun.id(), "ref-" + begun.id(), begun.amount()));
    }

    @Test
    @Tag("J2")
    void making_a_snapshot_of_popular_products() {
        pay(place());
        everywhere(
                () -> clock.advance(Duration.ofDays(1)),
                shop -> assertThat(shop.jobs().snapshotPopularProducts().call().snapshot())
                        .isPresent());
    }

    @Test
    @Tag("J3")
    void delivering_events() {
        List<OrderId> paid = new ArrayList<>();
        everywhere(
                () -> {
                    clock.advance(Duration.ofDays(1)); // what was leased and not delivered is due again
                    Order order = place();
                    pay(order);
                    paid.add(order.id());
                },
                shop -> shop.jobs()
                        .deliverEvents(event -> told.add(event.order()))
                        .call());
        clock.advance(Duration.ofDays(1));
        shop.jobs().deliverEvents(event -> told.add(event.order())).call();
        assertThat(told).containsAll(paid);
    }

    @Test
    @Tag("J4")
    void purging_history() {
        everywhere(
                () -> {
                    pay(place());
                    shop.jobs().deliverEvents(event -> {}).call();
                    shop.carts().add(AddToCart.of(ann, mug, 1));
                    clock.advance(Duration.ofDays(100));
                },
                shop -> shop.jobs().purgeHistory().call());
    }

    private Order place() {
        return shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    private void pay(Order order) {
        shop.orders().pay(PayOrder.by(ann, order.id()));
    }

    private void everywhere(Runnable prepare, Consumer<CommerceFacade> job) {
        CommerceFacade once = cutOnce();
        for (boolean before : new boolean[] {true, false}) {
            int trip = 1;
            boolean cut = true;
            while (cut) {
                prepare.run();
                scissors.cut(trip++, before);
                try {
                    job.accept(once);
                } catch (StorageException lost) {
                    assertThat(lost.error()).isEqualTo(StorageError.CONNECTION_LOST);
                }
                cut = !scissors.isArmed();
                scissors.rest();
                job.accept(once); // passes over what a connection that is still being broken off has locked
                assertThat(violations()).isEmpty();
            }
            assertThat(trip).isGreaterThan(5);
        }
        job.accept(once);
        Contents done = Contents.of(pool);
        job.accept(once);
        assertThat(Contents.of(pool)).isEqualTo(done);
    }
}
