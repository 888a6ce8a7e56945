package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.CommerceSettings.TransactionRetry;
import io.github.embeddedcommerce.error.StorageException;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.job.DeliverEvents.Result;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.page.PageRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many hosts deliver at once, and some of them hang or crash. */
@Tag("J3")
@Tag("T7")
class EventLeasesTest extends EventsTest {
    private final ExecutorService otherHost = Executors.newSingleThreadExecutor();
    private final CountDownLatch handedOver = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop_the_other_host() {
        otherHost.shutdownNow();
    }

    @Test
    void while_a_slow_sink_has_an_event_nobody_else_gets_it_and_others_go_on() throws Exception {
        Order slow = refunded();
        Future<Result> hanging = deliverSlowly();
        Order other = paid();

        assertThat(deliver(taking).call().delivered()).isEqualTo(1);
        clock.advance(LEASE.minusNanos(1_000));
        assertThat(deliver(taking).call().delivered()).isZero();
        assertThat(taken).containsExactly(event(other, 1));

        goOn.countDown();
        assertThat(hanging.get()).isEqualTo(new Result(2, 0, 0, false));
        assertThat(taken).containsExactly(event(other, 1), event(slow, 1), event(slow, 2));
    }

    @Test
    void when_the_lease_of_a_hanging_host_runs_out_another_delivers_and_the_late_outcome_counts_for_nothing()
            throws Exception {
        Order order = refunded();
        Future<Result> hanging = deliverSlowly();

        clock.advance(LEASE);
        assertThat(deliver(taking).call()).isEqualTo(new Result(2, 0, 0, false));
        assertThat(taken).containsExactly(event(order, 1), event(order, 2));

        goOn.countDown();
        assertThat(hanging.get()).isEqualTo(new Result(0, 0, 0, false));
        assertThat(deliver(taking).call().delivered()).isZero();
    }

    @Test
    void what_a_crashed_host_had_leased_is_delivered_when_the_lease_runs_out() {
        paid(3);
        crashAfterHandingOver();

        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 0, false));
        clock.advance(LEASE);
        assertThat(deliver(taking).call()).isEqualTo(new Result(3, 0, 0, false));
        assertThat(taken).hasSize(6);
    }

    @Test
    void an_event_whose_hosts_crash_each_time_becomes_a_dead_letter_and_not_tried_for_ever() {
        Order order = paid();
        for (int n = 0; n < 3; n++) {
            crashAfterHandingOver();
            clock.advance(LEASE);
        }

        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 1, false));
        assertThat(taken).hasSize(3);
        Delivery deadLetter =
                shop.deadLetters().list(PageRequest.first()).items().get(0);
        assertThat(deadLetter.event().order()).isEqualTo(order.id());
        assertThat(deadLetter.tries()).isEqualTo(3);
        assertThat(deadLetter.error()).contains("did not come back");
    }

    @Test
    void events_a_chunk_has_no_time_left_for_are_given_back_and_delivered_with_a_new_lease() {
        paid(3);

        Result result = deliver(event -> {
                    taken.add(event.id());
                    clock.advance(LEASE);
                })
                .call();

        assertThat(result).isEqualTo(new Result(3, 0, 0, false));
        assertThat(taken).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    @Tag("T1")
    void many_hosts_share_the_work_and_each_order_is_told_in_order() {
        List<Order> orders = IntStream.range(0, 40).mapToObj(n -> refunded()).toList();
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        Set<String> beingDelivered = ConcurrentHashMap.newKeySet();
        Map<Long, List<Integer>> told = new ConcurrentHashMap<>();
        AtomicBoolean twiceAtOnce = new AtomicBoolean();

        for (int round = 0; round < 4; round++) {
            Together.each(
                    IntStream.range(0, 6).boxed().toList(),
                    n -> deliver(event -> {
                                twiceAtOnce.compareAndSet(false, !beingDelivered.add(event.id()));
                                boolean failing = event.order().value() % 3 == 0 && failedOnce.add(event.id());
                                if (!failing) {
                                    told(told, event);
                                }
                                beingDelivered.remove(event.id());
                                if (failing) {
                                    throw new IllegalStateException("not the first time");
                                }
                            })
                            .inChunksOf(7)
                            .call());
            clock.advance(PAUSE);
        }

        assertThat(twiceAtOnce).isFalse();
        assertThat(told).hasSize(orders.size());
        assertThat(told.values()).allSatisfy(numbers -> assertThat(numbers).containsExactly(1, 2));
    }

    @Test
    @Tag("T1")
    void a_chunk_of_any_size_takes_the_same_round_trips() {
        List<String> trips = new ArrayList<>();
        CommerceFacade watched = watched((trip, connection) -> trips.add(trip));
        List<Integer> counts = new ArrayList<>();
        for (int events : new int[] {1, 30}) {
            paid(events);
            trips.clear();
            assertThat(watched.jobs().deliverEvents(taking).call().delivered()).isEqualTo(events);
            counts.add(trips.size());
        }

        assertThat(counts.get(1)).isEqualTo(counts.get(0));
    }

    private static void told(Map<Long, List<Integer>> told, OrderEvent event) {
        told.computeIfAbsent(event.order().value(), order -> new ArrayList<>()).add(event.number());
    }

    /** Another host has handed its first event to a sink that does not return until it is told to. */
    private Future<Result> deliverSlowly() throws InterruptedException {
        Future<Result> hanging = otherHost.submit(() -> deliver(event -> {
                    handedOver.countDown();
                    goOn.await();
                    taken.add(event.id());
                })
                .call());
        handedOver.await();
        return hanging;
    }

    /** A host takes every event that is due and is gone before it can write what became of them. */
    private void crashAfterHandingOver() {
        AtomicBoolean crashed = new AtomicBoolean();
        CommerceFacade crashing = watched((trip, connection) -> {
            if (crashed.get()) {
                throw new SQLException("the host is gone", "08006");
            }
        });
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> crashing.jobs()
                        .deliverEvents(event -> {
                            taken.add(event.id());
                            crashed.set(true);
                        })
                        .leasingFor(LEASE)
                        .call());
    }

    private CommerceFacade watched(Before before) {
        WatchedDataSource source = new WatchedDataSource(pool::getConnection);
        CommerceFacade opened = JdbcCommerce.using(source)
                .settings(CommerceSettings.defaults()
                        .withTransactionRetry(new TransactionRetry(Duration.ofSeconds(5), 1, Duration.ofSeconds(30))))
                .clock(clock)
                .build();
        source.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) throws SQLException {
                before.happens(trip, connection);
            }
        });
        return opened;
    }

    private interface Before {
        void happens(String trip, Connection connection) throws SQLException;
    }
}
