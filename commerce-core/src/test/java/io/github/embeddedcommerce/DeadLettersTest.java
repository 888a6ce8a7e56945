package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.Delivery.Status;
import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.memory.InMemoryShop;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("J3")
class DeadLettersTest {
    private static final DeliveryRetry ONCE = new DeliveryRetry(1, Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final StockedShop shop = new StockedShop(50, 100);
    private final DeadLetters events = shop.door.events();
    private final List<String> taken = new ArrayList<>();

    @AfterEach
    void the_shop_is_sound() {
        shop.memory.assertSound();
    }

    @Test
    void the_list_is_paged_the_longest_set_aside_first_each_with_its_error() {
        Order first = setAside();
        Order second = setAside();
        Order third = setAside();

        Page<Delivery> page = events.listSetAside(PageRequest.first(2));
        assertThat(page.items())
                .extracting(delivery -> delivery.event().order())
                .containsExactly(first.id(), second.id());
        assertThat(page.items()).allSatisfy(delivery -> {
            assertThat(delivery.status()).isEqualTo(Status.SET_ASIDE);
            assertThat(delivery.error()).isEqualTo("java.lang.IllegalStateException: down");
        });
        Page<Delivery> rest = events.listSetAside(PageRequest.first(2).after(page.next()));
        assertThat(rest.items())
                .extracting(delivery -> delivery.event().order())
                .containsExactly(third.id());
        assertThat(rest.next()).isNull();
        assertThat(events.listSetAside(PageRequest.first(3)).next()).isNull();
    }

    @Test
    void an_event_is_retried_as_if_it_had_never_been_tried() {
        Order order = setAside();

        Delivery retried = events.retry(order.id());

        assertThat(retried.status()).isEqualTo(Status.WAITING);
        assertThat(retried.at()).isEqualTo(shop.memory.clock.instant());
        assertThat(retried.tries()).isZero();
        assertThat(events.listSetAside(PageRequest.first()).items()).isEmpty();
        deliver();
        assertThat(taken).containsExactly(order.id() + "-1");
    }

    @Test
    void when_an_event_is_discarded_the_later_ones_of_its_order_go_on_without_it() {
        Order order = setAside();
        shop.door.orders().cancel(ANN, order.id());
        deliver();
        assertThat(taken).isEmpty();

        Delivery discarded = events.discard(order.id());

        assertThat(discarded.status()).isEqualTo(Status.DISCARDED);
        assertThat(discarded.event().number()).isEqualTo(1);
        deliver();
        assertThat(taken).containsExactly(order.id() + "-2");
    }

    @Test
    @Tag("E2")
    void what_is_not_set_aside_is_refused() {
        Order waiting = paid();
        shop.memory.refused(INVALID_ORDER_STATUS, () -> events.retry(waiting.id()));
        shop.memory.refused(INVALID_ORDER_STATUS, () -> events.discard(waiting.id()));
        shop.memory.refused(ORDER_NOT_FOUND, () -> events.retry(new OrderId(99)));
        shop.memory.refused(ORDER_NOT_FOUND, () -> events.discard(new OrderId(99)));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> events.retry(nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> events.discard(nothing()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> events.listSetAside(nothing()));
        for (long micros : new long[] {-1, Long.MAX_VALUE}) {
            Cursor never = Cursor.behind("events-set-aside", List.of(micros, 1L, 1L));
            shop.memory.refusedAtTheDoor(
                    VALIDATION_ERROR,
                    () -> events.listSetAside(PageRequest.first().after(never)));
        }
    }

    @Test
    void all_are_retried_however_many_a_chunk_a_transaction() {
        InMemoryShop full = new InMemoryShop();
        int many = 2_001;
        full.tamper(rows -> {
            for (int n = 1; n <= many; n++) {
                rows.add(setAside(n, NOON));
            }
        });
        DeadLetters set = full.open().events();

        assertThat(set.retryAll()).isEqualTo(many);

        assertThat(full.journals()).hasSize(3);
        assertThat(set.listSetAside(PageRequest.first()).items()).isEmpty();
        assertThat(set.retryAll()).isZero();
    }

    /** Or a sink that is down could keep it busy for ever. */
    @Test
    void what_is_set_aside_after_all_were_to_be_retried_is_left_for_the_next_time() {
        InMemoryShop full = new InMemoryShop();
        full.tamper(rows -> {
            rows.add(setAside(1, NOON));
            rows.add(setAside(2, NOON.plusNanos(1_000)));
        });

        assertThat(full.open().events().retryAll()).isEqualTo(1);

        assertThat(full.open().events().listSetAside(PageRequest.first()).items())
                .extracting(delivery -> delivery.event().order())
                .containsExactly(new OrderId(2));
    }

    private static Delivery setAside(long order, Instant at) {
        OrderEvent paid = new OrderEvent(new OrderId(order), 1, OrderEvent.Type.PAID, ANN, NOON);
        return new Delivery(paid, Status.SET_ASIDE, at, 1, "down");
    }

    /** An order whose first event is set aside, a second later than that of the one before. */
    private Order setAside() {
        Order order = paid();
        shop.memory.clock.advance(Duration.ofSeconds(1));
        shop.door
                .jobs()
                .deliverEvents(event -> {
                    throw new IllegalStateException("down");
                })
                .retrying(ONCE)
                .call();
        return order;
    }

    private Order paid() {
        Order order = shop.door.orders().place(PlaceOrder.by(ANN).line(shop.spoon, 1));
        return shop.door.orders().pay(new PayOrder(ANN, order.id())).order();
    }

    private void deliver() {
        shop.door.jobs().deliverEvents(event -> taken.add(event.id())).call();
    }
}
