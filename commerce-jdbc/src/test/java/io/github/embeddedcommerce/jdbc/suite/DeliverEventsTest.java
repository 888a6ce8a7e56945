package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.job.DeliverEvents.Result;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.user.TopUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events reach the sink, whatever the sink does. */
@Tag("J3")
class DeliverEventsTest extends EventsTest {
    @Test
    @Tag("O2")
    void every_change_of_an_order_is_told_once_with_what_happened() {
        Order refunded = refunded();
        Order cancelled = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        shop.orders().cancel(CancelOrder.by(ann, cancelled.id()));
        Order expired = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));
        clock.advance(Duration.ofMinutes(10));
        shop.jobs().expireOverdueOrders().call();
        List<OrderEvent> told = new ArrayList<>();

        assertThat(deliver(told::add).call()).isEqualTo(new Result(4, 0, 0, false));
        assertThat(deliver(told::add).call()).isEqualTo(new Result(0, 0, 0, false));

        assertThat(told)
                .extracting(OrderEvent::id)
                .containsExactlyInAnyOrder(
                        event(refunded, 1), event(refunded, 2), event(cancelled, 1), event(expired, 1));
        assertThat(told)
                .filteredOn(event -> isOf(event, refunded))
                .extracting(OrderEvent::type)
                .containsExactly(OrderEvent.Type.PAID, OrderEvent.Type.CANCELLED);
        assertThat(told)
                .filteredOn(event -> isOf(event, expired))
                .containsExactly(new OrderEvent(expired.id(), 1, OrderEvent.Type.EXPIRED, ann, clock.instant()));
    }

    @Test
    void the_sink_is_called_outside_of_any_transaction_and_can_use_the_shop() {
        paid();

        Result result = deliver(event -> {
                    assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                            .isZero();
                    shop.users().topUp(TopUp.of(event.user(), won(1)));
                })
                .call();

        assertThat(result.delivered()).isEqualTo(1);
    }

    @Test
    void an_order_the_sink_fails_on_holds_up_no_other_and_its_later_events_wait() {
        Order bad = refunded();
        List<Order> good = List.of(refunded(), paid());

        assertThat(deliver(failingOn(bad)).call()).isEqualTo(new Result(3, 1, 0, false));
        assertThat(taken)
                .containsExactlyInAnyOrder(event(good.get(0), 1), event(good.get(0), 2), event(good.get(1), 1));

        clock.advance(PAUSE);
        taken.clear();
        assertThat(deliver(taking).call()).isEqualTo(new Result(2, 0, 0, false));
        assertThat(taken).containsExactly(event(bad, 1), event(bad, 2));
    }

    @Test
    void an_event_that_failed_is_not_tried_again_at_once_but_within_the_longest_pause() {
        Order order = paid();
        deliver(failingOn(order)).call();

        assertThat(deliver(taking).call().delivered()).isZero();
        clock.advance(PAUSE);
        assertThat(deliver(taking).call().delivered()).isEqualTo(1);
    }

    @Test
    void an_interrupt_stops_the_run_and_gives_back_what_was_not_handed_over() {
        paid(5);
        DeliverEvents interrupting = deliver(event -> {
            taken.add(event.id());
            if (taken.size() == 2) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(interrupting.call()).isEqualTo(new Result(2, 0, 0, true));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(deliver(taking).call()).isEqualTo(new Result(3, 0, 0, false));
        assertThat(taken).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void a_sink_that_is_interrupted_while_it_waits_has_not_failed() {
        paid(2);

        Result stopped = deliver(event -> {
                    throw new InterruptedException("told to stop");
                })
                .retrying(once())
                .call();

        assertThat(stopped).isEqualTo(new Result(0, 0, 0, true));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(deliver(taking).call().delivered()).isEqualTo(2);
    }

    @Test
    void an_interrupt_before_the_run_leaves_everything_as_it_is() {
        paid();
        Thread.currentThread().interrupt();

        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 0, true));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(taken).isEmpty();
    }

    @Test
    void a_run_goes_in_chunks_and_reports_each() {
        paid(5);
        List<Long> progress = new ArrayList<>();

        deliver(taking).inChunksOf(2).reporting(progress::add).call();

        assertThat(progress).startsWith(2L, 4L, 5L).allMatch(delivered -> delivered <= 5);
        assertThat(taken).hasSize(5);
    }

    @Test
    void a_run_tries_each_event_once_and_leaves_what_came_after_it_began_to_the_next() {
        Order first = paid();
        DeliverEvents job = deliver(event -> {
            taken.add(event.id());
            clock.advance(Duration.ofSeconds(1));
            paid();
        });

        assertThat(job.call().delivered()).isEqualTo(1);
        assertThat(taken).containsExactly(event(first, 1));
        assertThat(job.call().delivered()).isEqualTo(1);
        assertThat(deliver(failingOn(first)).call().delivered()).isEqualTo(1);
    }

    @Test
    @Tag("E2")
    @SuppressWarnings("NullAway")
    void malformed_input_is_refused() {
        refused(VALIDATION_ERROR, () -> shop.jobs().deliverEvents(null));
        refused(VALIDATION_ERROR, () -> deliver(taking).inChunksOf(0));
        refused(VALIDATION_ERROR, () -> deliver(taking).inChunksOf(10_001));
        refused(VALIDATION_ERROR, () -> deliver(taking).leasingFor(null));
        refused(VALIDATION_ERROR, () -> deliver(taking).leasingFor(Duration.ofMillis(999)));
        refused(
                VALIDATION_ERROR,
                () -> deliver(taking).leasingFor(Duration.ofDays(1).plusNanos(1)));
        refused(VALIDATION_ERROR, () -> deliver(taking).retrying(null));
        refused(VALIDATION_ERROR, () -> deliver(taking).reporting(null));
    }
}
