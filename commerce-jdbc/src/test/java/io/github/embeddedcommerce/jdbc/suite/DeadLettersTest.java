package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.Delivery.Status;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.job.DeliverEvents.Result;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of events that could not be delivered. */
@Tag("J3")
class DeadLettersTest extends EventsTest {
    @Test
    void after_the_last_try_an_event_is_a_dead_letter_with_its_error() {
        Order order = paid();
        assertThat(deliver(failingOn(order)).call()).isEqualTo(new Result(0, 1, 0, false));
        clock.advance(PAUSE);
        assertThat(deliver(failingOn(order)).call()).isEqualTo(new Result(0, 1, 0, false));
        clock.advance(PAUSE);
        assertThat(deadLetters()).isEmpty();
        assertThat(deliver(failingOn(order)).call()).isEqualTo(new Result(0, 0, 1, false));

        Delivery found = deadLetters().get(0);
        assertThat(found.event().id()).isEqualTo(event(order, 1));
        assertThat(found.status()).isEqualTo(Status.DEAD);
        assertThat(found.tries()).isEqualTo(3);
        assertThat(found.at()).isEqualTo(clock.instant());
        assertThat(found.error()).isEqualTo("java.lang.IllegalStateException: broker is down");
        clock.advance(PAUSE);
        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 0, false));
    }

    @Test
    void later_events_of_the_order_wait_until_it_is_retried() {
        Order order = refunded();
        makeDeadLetter(order);
        clock.advance(PAUSE);
        assertThat(deliver(taking).call().delivered()).isZero();

        Delivery retried = shop.deadLetters().retry(order.id());

        assertThat(retried.status()).isEqualTo(Status.WAITING);
        assertThat(retried.tries()).isZero();
        assertThat(deadLetters()).isEmpty();
        assertThat(deliver(taking).call().delivered()).isEqualTo(2);
        assertThat(taken).containsExactly(event(order, 1), event(order, 2));
    }

    @Test
    void a_retried_event_has_all_its_tries_again() {
        Order order = paid();
        makeDeadLetter(order);
        shop.deadLetters().retry(order.id());

        assertThat(deliver(failingOn(order)).call()).isEqualTo(new Result(0, 1, 0, false));
    }

    @Test
    void when_it_is_discarded_the_later_events_go_on_without_it() {
        Order order = refunded();
        makeDeadLetter(order);

        assertThat(shop.deadLetters().discard(order.id()).status()).isEqualTo(Status.DISCARDED);

        assertThat(deliver(taking).call().delivered()).isEqualTo(1);
        assertThat(taken).containsExactly(event(order, 2));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void the_list_is_paged_the_oldest_dead_letter_first() {
        List<Order> orders = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            Order order = paid();
            orders.add(order);
            makeDeadLetter(order);
            if (n % 2 == 0) {
                clock.advance(PAUSE);
            }
        }

        List<OrderId> listed = new ArrayList<>();
        Cursor next = null;
        do {
            Page<Delivery> page = shop.deadLetters().list(PageRequest.first(2).after(next));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            page.items().forEach(delivery -> listed.add(delivery.event().order()));
            next = page.next();
        } while (next != null);

        assertThat(listed)
                .containsExactlyElementsOf(orders.stream().map(Order::id).toList());
    }

    @Test
    @Tag("T7")
    void all_are_retried_at_once_each_by_one_of_several_who_ask() {
        List<Order> orders = paid(30);
        deliver(event -> {
                    throw new IllegalStateException("down");
                })
                .retrying(once())
                .call();
        assertThat(deadLetters()).hasSize(20);

        Together<Long> asked = Together.each(
                IntStream.range(0, 4).boxed().toList(), n -> shop.deadLetters().retryAll());

        assertThat(asked.results()).contains(30L);
        assertThat(deliver(taking).call().delivered()).isEqualTo(orders.size());
        assertThat(shop.deadLetters().retryAll()).isZero();
    }

    @Test
    void more_than_a_chunk_of_them_are_retried_too_and_none_that_comes_meanwhile() {
        OptionId cup = product("CUP", 100, 1_000).option("CUP").id();
        Together.each(
                IntStream.range(0, 1_000).boxed().toList(),
                n -> shop.orders().place(PlaceOrder.by(ann).line(cup, 1)));
        clock.advance(Duration.ofMinutes(10));
        shop.jobs().expireOverdueOrders().call();
        sql("update <commerce>order_events set status = 'DEAD', tries = 1");
        clock.advance(PAUSE);
        makeDeadLetter(paid());
        clock.advance(PAUSE);
        List<OrderId> late = new ArrayList<>();
        OrderId first = deadLetters().get(0).event().order();
        CommerceFacade told = JdbcCommerce.using(pool)
                .clock(clock)
                .listener(new CommerceListener() {
                    @Override
                    public void useCaseEnded(UseCaseEnded ended) {
                        if (late.isEmpty()) {
                            clock.advance(PAUSE);
                            late.add(first);
                            late.add(paid().id());
                            sql("update <commerce>order_events set status = 'DEAD', status_at = happened_at, tries = 1"
                                    + " where order_id in (" + first + ", " + late.get(1) + ")");
                        }
                    }
                })
                .build();

        assertThat(told.deadLetters().retryAll()).isEqualTo(1_001);

        assertThat(deadLetters())
                .extracting(dead -> dead.event().order())
                .as("one that a host whose clock is behind has given up again, and one that is new")
                .isEqualTo(late);
    }

    @Test
    @Tag("E2")
    @SuppressWarnings("NullAway")
    void what_is_not_a_dead_letter_is_refused() {
        Order order = paid();

        refused(INVALID_ORDER_STATUS, () -> shop.deadLetters().retry(order.id()));
        refused(INVALID_ORDER_STATUS, () -> shop.deadLetters().discard(order.id()));
        refused(ORDER_NOT_FOUND, () -> shop.deadLetters().retry(new OrderId(Long.MAX_VALUE)));
        refused(ORDER_NOT_FOUND, () -> shop.deadLetters().discard(new OrderId(Long.MAX_VALUE)));
        refused(VALIDATION_ERROR, () -> shop.deadLetters().retry(null));
        refused(VALIDATION_ERROR, () -> shop.deadLetters().discard(null));
        refused(VALIDATION_ERROR, () -> shop.deadLetters().list(null));
        for (Cursor wrong : List.of(
                Cursor.behind("balance", List.of(1L, 1L, 1L)),
                Cursor.behind("dead-letters", List.of(-1L, 1L, 1L)),
                Cursor.behind("dead-letters", List.of(Long.MAX_VALUE, 1L, 1L)),
                Cursor.behind("dead-letters", List.of(1L, 0L, 1L)))) {
            refused(
                    VALIDATION_ERROR,
                    () -> shop.deadLetters().list(PageRequest.first().after(wrong)));
        }

        assertThat(deliver(taking).call().delivered()).isEqualTo(1);
    }

    private void makeDeadLetter(Order order) {
        deliver(failingOn(order)).retrying(once()).call();
    }

    private List<Delivery> deadLetters() {
        return shop.deadLetters().list(PageRequest.first()).items();
    }
}
