package io.github.embeddedcommerce.job;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.job.DeliverEvents.Result;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One run of the delivery: what it hands out, in which order, and what stops it. */
@Tag("J3")
class EventRunsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final StockedShop shop = new StockedShop(50, 100);
    private final List<String> taken = new ArrayList<>();
    private final EventSink taking = event -> taken.add(event.id());

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    void one_run_delivers_all_events_of_an_order_in_their_order() {
        Order order = paid();
        shop.door.orders().cancel(ANN, order.id());

        assertThat(deliver(taking).call()).isEqualTo(new Result(2, 0, 0, false));

        assertThat(taken).containsExactly("1-1", "1-2");
    }

    @Test
    void a_run_goes_in_chunks_and_reports_each() {
        paid(3);
        List<Long> told = new ArrayList<>();

        deliver(taking).inChunksOf(1).reporting(told::add).call();

        assertThat(told).startsWith(1L, 2L, 3L).endsWith(3L).isSorted();
        assertThat(taken).containsExactly("1-1", "2-1", "3-1");
    }

    @Test
    void what_is_left_of_a_chunk_when_its_lease_runs_out_is_leased_anew() {
        paid(2);
        EventSink slow = event -> {
            taken.add(event.id());
            shop.memory.clock.advance(MINUTE);
        };

        assertThat(deliver(slow).leasingFor(MINUTE).call()).isEqualTo(new Result(2, 0, 0, false));

        assertThat(taken).containsExactly("1-1", "2-1");
    }

    @Test
    void an_event_whose_host_crashes_each_time_is_set_aside_after_its_last_try() {
        Order order = paid();
        EventSink crashing = event -> {
            taken.add(event.id());
            shop.memory.faults.reachable(false);
        };
        for (int n = 0; n < 2; n++) {
            assertThatThrownBy(() -> twice(deliver(crashing)).call()).isInstanceOf(StorageException.class);
            shop.memory.faults.reachable(true);
            assertThat(twice(deliver(taking)).call()).as("leased").isEqualTo(new Result(0, 0, 0, false));
            shop.memory.clock.advance(MINUTE);
        }

        assertThat(twice(deliver(taking)).call()).isEqualTo(new Result(0, 0, 1, false));

        assertThat(taken).containsExactly("1-1", "1-1");
        assertThat(setAside()).singleElement().satisfies(delivery -> {
            assertThat(delivery.event().order()).isEqualTo(order.id());
            assertThat(delivery.tries()).isEqualTo(2);
            assertThat(delivery.error()).contains("did not come back in time");
        });
    }

    @Test
    void an_interrupt_between_two_events_gives_the_rest_back_at_once() {
        paid(2);
        EventSink interrupted = event -> {
            taken.add(event.id());
            Thread.currentThread().interrupt();
        };

        assertThat(deliver(interrupted).call()).isEqualTo(new Result(1, 0, 0, true));

        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 0, true));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(deliver(taking).call()).isEqualTo(new Result(1, 0, 0, false));
        assertThat(taken).containsExactly("1-1", "2-1");
    }

    @Test
    void a_sink_that_is_interrupted_has_not_failed() {
        paid();
        EventSink interrupted = event -> {
            throw new InterruptedException();
        };

        assertThat(twice(deliver(interrupted)).call()).isEqualTo(new Result(0, 0, 0, true));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(twice(deliver(taking)).call()).isEqualTo(new Result(1, 0, 0, false));
    }

    @Test
    void an_error_of_the_sink_is_a_failed_try_like_any_other() {
        paid(2);
        EventSink broken = event -> {
            if (event.order().value() == 1) {
                throw new NoClassDefFoundError("a class");
            }
            taken.add(event.id());
        };

        assertThat(deliver(broken).call()).isEqualTo(new Result(1, 1, 0, false));

        assertThat(taken).containsExactly("2-1");
    }

    @Test
    void of_an_error_are_kept_its_own_words_as_far_as_they_can_be_stored() {
        assertThat(errorKept(new IllegalStateException("broker\0down \uD83D!")))
                .isEqualTo("java.lang.IllegalStateException: broker?down ?!");
        assertThat(errorKept(new IllegalStateException("x".repeat(2_000))))
                .hasSize(Delivery.MAX_ERROR)
                .startsWith("java.lang.IllegalStateException: xxx");
        assertThat(errorKept(new Unspeakable())).isEqualTo(Unspeakable.class.getName());
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    @Tag("E2")
    void a_delivery_has_bounds() {
        DeliverEvents delivery = deliver(taking);
        malformed(() -> shop.door.jobs().deliverEvents(nothing()));
        for (int chunk : new int[] {0, -1, 10_001}) {
            assertThat(malformed(() -> delivery.inChunksOf(chunk)).values()).containsEntry("field", "chunk");
        }
        Duration shortest = Duration.ofSeconds(1);
        Duration longest = Duration.ofDays(1);
        for (Duration lease : List.of(shortest.minusNanos(1), longest.plusNanos(1), Duration.ZERO)) {
            assertThat(malformed(() -> delivery.leasingFor(lease)).values()).containsEntry("field", "lease");
        }
        malformed(() -> delivery.leasingFor(nothing()));
        malformed(() -> delivery.retrying(nothing()));
        malformed(() -> delivery.reporting(nothing()));
        DeliverEvents atTheBounds =
                delivery.inChunksOf(1).inChunksOf(10_000).leasingFor(shortest).leasingFor(longest);
        paid();
        assertThat(atTheBounds.call().delivered()).isEqualTo(1);
    }

    /** What is kept of this, thrown by a sink on the only try. */
    private String errorKept(RuntimeException failure) {
        Order order = paid();
        DeliverEvents failing = deliver(event -> {
            throw failure;
        });
        failing.retrying(new DeliveryRetry(1, MINUTE, MINUTE)).call();
        String kept = setAside().get(0).error();
        shop.door.events().discard(order.id());
        return kept;
    }

    private List<Delivery> setAside() {
        return shop.door.events().listSetAside(PageRequest.first()).items();
    }

    private DeliverEvents deliver(EventSink sink) {
        return shop.door.jobs().deliverEvents(sink);
    }

    private static DeliverEvents twice(DeliverEvents delivery) {
        return delivery.leasingFor(MINUTE).retrying(new DeliveryRetry(2, MINUTE, MINUTE));
    }

    private void paid(int orders) {
        for (int n = 0; n < orders; n++) {
            paid();
        }
    }

    private Order paid() {
        Order order = shop.door.orders().place(PlaceOrder.by(ANN).line(shop.spoon, 1));
        return shop.door.orders().pay(new PayOrder(ANN, order.id())).order();
    }
}
