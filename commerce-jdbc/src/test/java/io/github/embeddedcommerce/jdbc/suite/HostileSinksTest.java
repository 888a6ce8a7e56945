package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.jdbc.fixture.HostileFailures.thrown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.HostileFailures;
import io.github.embeddedcommerce.job.DeliverEvents.Result;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.page.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is thrown while events are delivered, what became of each event is written. */
@Tag("J3")
class HostileSinksTest extends EventsTest {
    @Test
    void an_error_of_the_sink_is_a_failed_try_too() {
        Order bad = paid();
        paid();

        Result result = deliver(event -> {
                    if (isOf(event, bad)) {
                        throw new StackOverflowError("too deep");
                    }
                })
                .call();

        assertThat(result).isEqualTo(new Result(1, 1, 0, false));
    }

    @Test
    @Tag("E2")
    void whatever_a_failure_says_about_itself_can_be_kept() {
        List<RuntimeException> failures = List.of(
                new RuntimeException("nul \0 and half \uD83D"),
                new RuntimeException("x".repeat(Delivery.MAX_ERROR - 28) + "\uD83D\uDE00".repeat(10)),
                new RuntimeException((String) null),
                new RuntimeException() {
                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("not even that");
                    }
                });
        List<Order> orders = paid(failures.size());

        Result result = deliver(event -> {
                    throw failures.get(orders.indexOf(orders.stream()
                            .filter(order -> isOf(event, order))
                            .findFirst()
                            .orElseThrow()));
                })
                .retrying(once())
                .call();

        assertThat(result.deadLetters()).isEqualTo(failures.size());
        assertThat(shop.deadLetters().list(PageRequest.first()).items())
                .extracting(Delivery::error)
                .satisfiesExactly(
                        error -> assertThat(error).isEqualTo("java.lang.RuntimeException: nul ? and half ?"),
                        error -> assertThat(error).hasSize(Delivery.MAX_ERROR),
                        error -> assertThat(error).isEqualTo("java.lang.RuntimeException"),
                        error -> assertThat(error).contains("HostileSinksTest"));
    }

    @Test
    @Tag("E3")
    void whatever_a_sink_throws_is_one_failed_try_and_the_outcomes_of_the_others_are_kept() {
        List<Throwable> failures = HostileFailures.all();
        List<Order> failing = paid(failures.size());
        List<Order> others = paid(2);

        Result result = deliver(event -> {
                    for (int i = 0; i < failures.size(); i++) {
                        if (isOf(event, failing.get(i))) {
                            throw thrown(failures.get(i));
                        }
                    }
                    taken.add(event.id());
                })
                .retrying(once())
                .call();

        assertThat(result).isEqualTo(new Result(2, 0, failures.size(), false));
        assertThat(shop.deadLetters().list(PageRequest.first()).items())
                .hasSize(failures.size())
                .allSatisfy(dead -> assertThat(dead.error()).matches("(?s)[\\w.$]+(: .*)?"));
        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 0, false));
        assertThat(taken).containsExactly(event(others.get(0), 1), event(others.get(1), 1));
    }

    @Test
    @Tag("E3")
    void when_the_jvm_is_broken_the_run_ends_with_its_outcomes_written() {
        List<Order> orders = paid(3);
        InternalError broken = new InternalError("a fault in the machine");

        assertThatThrownBy(() -> deliver(event -> {
                            taken.add(event.id());
                            if (isOf(event, orders.get(1))) {
                                throw broken;
                            }
                        })
                        .call())
                .isSameAs(broken);

        assertThat(deliver(taking).call()).isEqualTo(new Result(1, 0, 0, false));
        clock.advance(PAUSE);
        assertThat(deliver(taking).call()).isEqualTo(new Result(1, 0, 0, false));
        assertThat(taken)
                .containsExactly(
                        event(orders.get(0), 1),
                        event(orders.get(1), 1),
                        event(orders.get(2), 1),
                        event(orders.get(1), 1));
    }

    @Test
    @Tag("E3")
    void when_the_clock_fails_the_run_ends_and_what_the_sink_has_taken_is_not_delivered_again() {
        paid(3);
        AtomicBoolean stopped = new AtomicBoolean();
        Clock failing = new Clock() {
            @Override
            public Instant instant() {
                if (stopped.get()) {
                    throw new IllegalStateException("no time");
                }
                return clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        CommerceFacade opened = JdbcCommerce.using(pool).clock(failing).build();

        assertThatThrownBy(() -> opened.jobs()
                        .deliverEvents(event -> {
                            taken.add(event.id());
                            stopped.set(taken.size() == 2);
                        })
                        .call())
                .hasMessage("no time");

        assertThat(deliver(taking).call()).isEqualTo(new Result(1, 0, 0, false));
        assertThat(taken).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void a_listener_of_the_progress_that_throws_ends_the_run_and_what_was_delivered_stays_so() {
        paid(4);

        assertThatThrownBy(() -> deliver(taking)
                        .inChunksOf(2)
                        .reporting(delivered -> {
                            throw new IllegalStateException("not interested");
                        })
                        .call())
                .hasMessage("not interested");

        assertThat(deliver(taking).call().delivered()).isEqualTo(2);
        assertThat(taken).hasSize(4).doesNotHaveDuplicates();
    }
}
