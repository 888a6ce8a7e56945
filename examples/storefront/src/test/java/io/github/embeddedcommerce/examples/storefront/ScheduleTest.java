package io.github.embeddedcommerce.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.embeddedcommerce.event.OrderEvent;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
