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
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many hosts deliver at once, and some of them hang or crash. */
@Tag("J3")
@Tag("T7")
class EventLeasesTest extends EventsTest {
    private final ExecutorService otherHost = Executors.newSingleThreadExecutor();
    private final ExecutorService hangingHosts = Executors.newCachedThreadPool();
    private final CountDownLatch handedOver = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop_the_other_hosts() throws InterruptedException {
        otherHost.shutdownNow();
        hangingHosts.shutdownNow();
        assertThat(hangingHosts.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
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
        List<Order> orders = paid(3);
        crashAfterHandingOver(1);
        assertThat(tries()).containsExactly(1, 0, 0);

        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 0, false));
        clock.advance(LEASE);
        assertThat(deliver(taking).call()).isEqualTo(new Result(3, 0, 0, false));
        assertThat(taken)
                .containsExactly(
                        event(orders.get(0), 1),
                        event(orders.get(1), 1),
                        event(orders.get(2), 1),
                        event(orders.get(0), 1));
        assertThat(tries()).containsExactly(2, 1, 1);
    }

    @Test
    void a_crash_repeats_the_event_that_the_sink_had_and_no_other() {
        List<Order> orders = paid(4);
        crashAfterHandingOver(3);
        assertThat(tries()).containsExactly(1, 1, 1, 0);

        clock.advance(LEASE);
        taken.clear();
        assertThat(deliver(taking).call()).isEqualTo(new Result(2, 0, 0, false));
        assertThat(taken).containsExactly(event(orders.get(3), 1), event(orders.get(2), 1));
        assertThat(tries()).containsExactly(1, 1, 2, 1);
    }

    @Test
    void an_event_that_hangs_its_sink_each_time_becomes_a_dead_letter_and_takes_no_other_with_it() throws Exception {
        List<Order> orders = paid(3);
        for (int run = 1; run <= 3; run++) {
            hang(event -> isOf(event, orders.get(0)));
            assertThat(tries()).containsExactly(run, run > 1 ? 1 : 0, run > 1 ? 1 : 0);
            clock.advance(LEASE);
        }

        assertThat(deliver(taking).call()).isEqualTo(new Result(0, 0, 1, false));
        assertThat(taken).containsExactly(event(orders.get(1), 1), event(orders.get(2), 1));
        assertThat(shop.deadLetters().list(PageRequest.first()).items())
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.event().order()).isEqualTo(orders.get(0).id());
                    assertThat(dead.tries()).isEqualTo(3);
                    assertThat(dead.error()).contains("did not come back");
                });
    }

    @Test
    void a_sink_that_hangs_at_every_event_has_each_of_them_once_before_any_twice() throws Exception {
        paid(3);

        for (List<Integer> counted :
                List.of(List.of(1, 0, 0), List.of(1, 1, 0), List.of(1, 1, 1), List.of(2, 1, 1), List.of(2, 2, 1))) {
            hang(event -> true);
            assertThat(tries()).isEqualTo(counted);
            clock.advance(LEASE);
        }
    }

    @Test
    void a_host_whose_clock_is_slow_hands_nothing_over_that_another_has_leased_by_then() throws Exception {
        List<Order> orders = paid(3);
        TestClock slow = new TestClock();
        CommerceFacade behind = JdbcCommerce.using(pool).clock(slow).build();
        Future<Result> hanging = otherHost.submit(() -> behind.jobs()
                .deliverEvents(event -> {
                    handedOver.countDown();
                    goOn.await();
                    taken.add("late " + event.id());
                })
                .leasingFor(LEASE)
                .call());
        handedOver.await();
        clock.advance(LEASE);
        AtomicBoolean late = new AtomicBoolean();

        deliver(event -> {
                    taken.add(event.id());
                    if (late.compareAndSet(false, true)) {
                        goOn.countDown();
                        assertThat(hanging.get()).isEqualTo(new Result(0, 0, 0, false));
                    }
                })
                .call();

        assertThat(taken)
                .containsExactly(
                        event(orders.get(1), 1),
                        "late " + event(orders.get(0), 1),
                        event(orders.get(2), 1),
                        event(orders.get(0), 1));
    }

    @Test
    void an_event_whose_hosts_crash_each_time_becomes_a_dead_letter_and_not_tried_for_ever() {
        Order order = paid();
        for (int n = 0; n < 3; n++) {
            crashAfterHandingOver(1);
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
    void each_further_event_of_a_chunk_takes_the_same_few_round_trips() {
        List<String> trips = new ArrayList<>();
        CommerceFacade watched = watched((trip, connection) -> trips.add(trip));
        List<Integer> counts = new ArrayList<>();
        for (int events : new int[] {1, 2, 30}) {
            paid(events);
            trips.clear();
            assertThat(watched.jobs().deliverEvents(taking).call().delivered()).isEqualTo(events);
            counts.add(trips.size());
        }

        int further = counts.get(1) - counts.get(0);
        assertThat(further).as("one transaction instead of two").isLessThan(counts.get(0));
        assertThat(counts.get(2)).isEqualTo(counts.get(0) + 29 * further);
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

    /** Another host runs the job in a thread whose sink does not return from the first of these events. */
    private void hang(Predicate<OrderEvent> events) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        hangingHosts.execute(() -> deliver(event -> {
                    if (events.test(event)) {
                        reached.countDown();
                        never.await();
                    }
                    taken.add(event.id());
                })
                .call());
        reached.await();
    }

    /** How often each event was handed over, in the order of the orders. */
    private List<Integer> tries() {
        return numbers("select tries from <commerce>order_events order by order_id, number");
    }

    /** A host leases every event that is due and is gone when it has handed over this many, before it can write so. */
    private void crashAfterHandingOver(int events) {
        AtomicBoolean crashed = new AtomicBoolean();
        AtomicInteger left = new AtomicInteger(events);
        CommerceFacade crashing = watched((trip, connection) -> {
            if (crashed.get()) {
                throw new SQLException("the host is gone", "08006");
            }
        });
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> crashing.jobs()
                        .deliverEvents(event -> {
                            taken.add(event.id());
                            crashed.set(left.decrementAndGet() == 0);
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
