package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.audit.Invariant;
import io.github.embeddedcommerce.audit.Violation;
import io.github.embeddedcommerce.cart.AddToCart;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.job.PurgeHistory;
import io.github.embeddedcommerce.job.PurgeHistory.Kind;
import io.github.embeddedcommerce.job.Retention;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Delivered events go after a while; the audit still knows what there must have been. */
@Tag("J4")
class EventPurgeTest extends EventsTest {
    private static final Duration MONTH = Duration.ofDays(30);

    boolean damaged;

    @Override
    public List<Violation> violations() {
        return damaged ? List.of() : super.violations();
    }

    @Test
    void delivered_events_go_after_thirty_days_and_undelivered_ones_never() {
        refunded();
        paid();
        deliver(taking).call();
        Order stuck = refunded();
        deliver(failingOn(stuck)).retrying(once()).call();
        Order waiting = paid();

        clock.advance(MONTH);
        assertThat(purge()).isZero();
        clock.advance(Duration.ofNanos(1_000));
        assertThat(purge()).isEqualTo(3);
        clock.advance(MONTH.multipliedBy(100));
        assertThat(purge()).isZero();

        assertThat(super.violations()).isEmpty();
        shop.deadLetters().retryAll();
        taken.clear();
        deliver(taking).call();
        assertThat(taken).containsExactlyInAnyOrder(event(stuck, 1), event(stuck, 2), event(waiting, 1));
    }

    @Test
    void discarded_events_go_too_and_an_order_goes_on_after_its_first_event_is_gone() {
        Order order = paid();
        deliver(failingOn(order)).retrying(once()).call();
        shop.deadLetters().discard(order.id());
        clock.advance(MONTH.plusDays(1));

        assertThat(purge()).isEqualTo(1);
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        assertThat(super.violations()).isEmpty();
        deliver(taking).call();
        assertThat(taken).containsExactly(event(order, 2));
        clock.advance(MONTH.plusDays(1));
        assertThat(purge()).isEqualTo(1);
    }

    @Test
    void events_that_wait_for_an_earlier_one_to_go_do_not_hold_it_up() {
        List<Order> orders = paid(3);
        EventSink failing = event -> {
            throw new IllegalStateException("broker is down");
        };
        deliver(failing).retrying(once()).call();
        for (Order order : orders) {
            shop.deadLetters().discard(order.id());
            shop.orders().cancel(CancelOrder.by(ann, order.id()));
        }
        deliver(taking).call();
        clock.advance(MONTH.plusDays(1));

        assertThat(purge()).isEqualTo(6);

        assertThat(super.violations()).isEmpty();
    }

    @Test
    void events_can_be_kept_for_ever() {
        paid();
        deliver(taking).call();
        clock.advance(MONTH.multipliedBy(100));
        CommerceSettings keeping =
                CommerceSettings.defaults().withRetention(Retention.defaults().withEvents(null));

        assertThat(open(keeping).jobs().purgeHistory().call().removed(Kind.EVENTS))
                .isZero();
    }

    @Test
    @Tag("C3")
    @Tag("J2")
    void abandoned_carts_go_and_snapshots_if_the_host_wants_it() {
        shop.carts().add(AddToCart.of(ann, mug, 1));
        shop.jobs().snapshotPopularProducts().call();
        clock.advance(Duration.ofDays(1));
        shop.jobs().snapshotPopularProducts().call();
        shop.carts().add(AddToCart.of(user("bob", 0), mug, 1));
        clock.advance(Duration.ofDays(90));

        PurgeHistory.Result usual = shop.jobs().purgeHistory().call();
        assertThat(usual.removed(Kind.CARTS)).isEqualTo(1);
        assertThat(usual.removed(Kind.SNAPSHOTS)).isZero();
        assertThat(shop.carts().get(ann).lines()).isEmpty();
        assertThat(shop.carts().get(new UserId("bob")).lines()).hasSize(1);
        CommerceSettings brief =
                CommerceSettings.defaults().withRetention(Retention.defaults().withSnapshots(MONTH));
        assertThat(open(brief).jobs().purgeHistory().call().removed(Kind.SNAPSHOTS))
                .isEqualTo(1);
    }

    @Test
    @Tag("T7")
    void several_hosts_purge_at_once_and_nothing_goes_twice() {
        IntStream.range(0, 20).forEach(n -> refunded());
        deliver(taking).call();
        clock.advance(MONTH.plusDays(1));

        Together<Long> removed = Together.each(
                List.of(1, 2, 3, 4),
                n -> shop.jobs().purgeHistory().inChunksOf(3).call().removed(Kind.EVENTS));

        assertThat(removed.results().stream().mapToLong(Long::longValue).sum() + purge())
                .isEqualTo(40);
    }

    @Test
    @Tag("J5")
    void after_a_purge_an_event_that_went_missing_is_found() {
        paid();
        deliver(taking).call();
        clock.advance(MONTH.plusDays(1));
        purge();
        Order kept = refunded();
        deliver(taking).call();
        assertThat(super.violations()).isEmpty();

        sql("delete from <commerce>order_events where number = 2");
        found(Invariant.EVENTS_MATCH_ORDERS, kept);
        sql("delete from <commerce>order_events");
        found(Invariant.EVENTS_MATCH_ORDERS, kept);
        assertThat(super.violations()).hasSize(1);
    }

    @Test
    @Tag("J5")
    void an_event_delivered_before_an_earlier_one_of_its_order_is_found() {
        Order order = refunded();
        sql("update <commerce>order_events set status = 'DELIVERED', tries = 1 where number = 2");

        found(Invariant.EVENTS_IN_ORDER, order);
    }

    private void found(Invariant invariant, Order order) {
        damaged = true;
        assertThat(super.violations()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.row()).containsEntry("order_id", order.id().toString());
        });
    }

    private long purge() {
        return shop.jobs().purgeHistory().inChunksOf(2).call().removed(Kind.EVENTS);
    }
}
