package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceListener;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.examples.storefront.admin.Figures;
import io.github.embeddedcommerce.examples.storefront.http.Json;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The jobs come round, and events reach who listens. */
class ScheduleTest {
    @Test
    @Tag("J2")
    void midnight_is_the_next_one_in_utc() {
        assertThat(Schedule.untilNext(LocalTime.MIDNIGHT, Instant.parse("2026-03-01T23:59:58Z")))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(Schedule.untilNext(LocalTime.MIDNIGHT, Instant.parse("2026-03-01T00:00:00Z")))
                .isEqualTo(Duration.ofDays(1));
        assertThat(Schedule.untilNext(LocalTime.of(3, 0), Instant.parse("2026-03-01T01:30:00Z")))
                .isEqualTo(Duration.ofMinutes(90));
    }

    /** Keeps what is scheduled, by when, and runs nothing but what is to be done at once. */
    private static final class Plan extends ScheduledThreadPoolExecutor {
        final Map<Duration, Runnable> again = new HashMap<>();
        final Map<Duration, Runnable> once = new HashMap<>();

        Plan() {
            super(1);
        }

        @Override
        public void execute(Runnable job) {
            job.run();
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable job, long first, long pause, TimeUnit unit) {
            assertThat(again.put(Duration.of(pause, unit.toChronoUnit()), job)).isNull();
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable job, long wait, TimeUnit unit) {
            assertThat(once.put(Duration.of(wait, unit.toChronoUnit()), job)).isNull();
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        /** Which use cases a job is made of; those that it has scheduled anew are in {@link #once}. */
        static Set<String> cases(Set<String> called, @Nullable Runnable job) {
            called.clear();
            Objects.requireNonNull(job, "not scheduled").run();
            return Set.copyOf(called);
        }
    }

    @Test
    @Tag("J1")
    @Tag("J2")
    @Tag("J3")
    @Tag("J4")
    void every_job_has_its_time() {
        Set<String> called = new HashSet<>();
        CommerceListener listener = new CommerceListener() {
            @Override
            public void useCaseEnded(UseCaseEnded ended) {
                called.add(ended.useCase());
            }
        };
        Clock tenAtNight = Clock.fixed(Instant.parse("2026-03-01T22:00:00Z"), ZoneOffset.UTC);
        Database database = new Database("jdbc:h2:mem:" + UUID.randomUUID(), null, null);
        Plan plan = new Plan();
        try (CommerceFacade shop = database.open(Duration.ofSeconds(10), tenAtNight, List.of(listener));
                Schedule schedule = new Schedule(tenAtNight, plan)) {
            schedule.begin(shop.jobs(), event -> {}, new Figures(tenAtNight));
            assertThat(called).as("at once").containsExactly("jobs.snapshotPopularProducts");
            assertThat(plan.again.keySet()).containsExactlyInAnyOrder(Duration.ofSeconds(30), Duration.ofSeconds(2));
            Duration midnight = Duration.ofHours(2).plusMillis(1);
            Duration threeInTheMorning = Duration.ofHours(5).plusMillis(1);
            Map<Duration, Runnable> daily = Map.copyOf(plan.once);
            assertThat(daily.keySet()).containsExactlyInAnyOrder(midnight, threeInTheMorning);
            plan.once.clear();
            assertThat(Plan.cases(called, plan.again.get(Duration.ofSeconds(30))))
                    .containsExactly("jobs.expireOverdueOrders");
            assertThat(Plan.cases(called, plan.again.get(Duration.ofSeconds(2))))
                    .containsExactly("jobs.deliverEvents");
            assertThat(Plan.cases(called, daily.get(midnight))).containsExactly("jobs.snapshotPopularProducts");
            assertThat(Plan.cases(called, daily.get(threeInTheMorning))).containsExactly("jobs.purgeHistory");
            assertThat(plan.once.keySet()).as("again tomorrow").isEqualTo(daily.keySet());
        }
    }

    @Test
    @Tag("J3")
    void an_event_waits_while_its_listener_fails_and_is_delivered_once_it_is_well()
            throws IOException, InterruptedException {
        BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        AtomicInteger status = new AtomicInteger(500);
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/events", exchange -> {
            JsonNode event = Json.read(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
            received.add(event);
        });
        listener.start();
        WebhookSink sink = new WebhookSink(
                URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/events"));
        try (TestHost shop = new TestHost(Duration.ofSeconds(10), sink)) {
            long user = shop.user(100);
            long option = shop.option("TOLD", 100, 1);
            long order = shop.order(user, option, 1).expect(201).get("orderId").longValue();
            shop.pay(user, order).expect(200);
            JsonNode failed = received.poll(20, TimeUnit.SECONDS);
            status.set(200);
            JsonNode delivered = null;
            for (int tried = 0; delivered == null && tried < 10; tried++) {
                shop.clock.advance(Duration.ofMinutes(5)); // past the pause, once the failure is written down
                delivered = received.poll(3, TimeUnit.SECONDS);
            }
            assertThat(delivered).isNotNull().isEqualTo(failed);
            assertThat(delivered.get("orderId").longValue()).isEqualTo(order);
            assertThat(delivered.get("type").textValue()).isEqualTo("PAID");
        } finally {
            listener.stop(0);
        }
    }

    @Test
    @Tag("J3")
    void a_listener_that_is_not_there_is_a_failed_delivery() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        WebhookSink sink = new WebhookSink(URI.create("http://127.0.0.1:" + free + "/"));
        OrderEvent event = new OrderEvent(new OrderId(1), 1, OrderEvent.Type.PAID, new UserId("1"), Instant.EPOCH);
        assertThatThrownBy(() -> sink.deliver(event)).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("J1")
    void a_job_that_is_running_at_the_end_comes_to_its_own_end() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch ending = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Schedule schedule = new Schedule(Clock.systemUTC());
        schedule.every(Duration.ofMillis(5), "long", () -> {
            running.countDown();
            try {
                ending.await();
                ended.incrementAndGet();
            } catch (InterruptedException stopped) {
                ended.addAndGet(1_000);
            }
        });
        schedule.every(Duration.ofDays(1), "never", () -> ended.addAndGet(1_000));
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(schedule::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        ending.countDown();
        closing.join();
        assertThat(ended).hasValue(1);
    }

    @Test
    @Tag("J1")
    @Tag("J2")
    void the_jobs_come_round_by_themselves_and_after_a_failure_too() throws InterruptedException {
        CountDownLatch third = new CountDownLatch(3);
        try (Schedule schedule = new Schedule(Clock.systemUTC())) {
            schedule.every(Duration.ofMillis(5), "failing", () -> {
                third.countDown();
                throw new IllegalStateException("on purpose");
            });
            assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
