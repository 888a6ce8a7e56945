package io.github.embeddedcommerce.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.testkit.CommerceExtension;
import io.github.embeddedcommerce.testkit.Given;
import io.github.embeddedcommerce.testkit.SettableClock;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** events.md. */
@ExtendWith(CommerceExtension.class)
class EventsTest {
    interface Broker {
        void send(String key, String id, String payload);
    }

    static EventSink toBroker(Broker broker) {
        return event -> broker.send(event.order().toString(), event.id(), event.type() + " at " + event.at());
    }

    /** Of the receiving side: each event once, however often it arrives. */
    static final class Once implements EventSink {
        private final Set<String> seen = ConcurrentHashMap.newKeySet(); // a table with a unique key, in earnest
        private final Consumer<OrderEvent> receiver;

        Once(Consumer<OrderEvent> receiver) {
            this.receiver = receiver;
        }

        @Override
        public void deliver(OrderEvent event) {
            if (seen.add(event.id())) {
                receiver.accept(event);
            }
        }
    }

    static long retryDeadLetters(CommerceFacade shop, Consumer<Delivery> log) {
        Page<Delivery> dead = shop.deadLetters().list(PageRequest.first());
        dead.items().forEach(log);
        return shop.deadLetters().retryAll();
    }

    @Test
    void a_paid_order_is_told_to_the_broker_under_its_id(CommerceFacade shop, Given given) {
        UserId ann = given.user("ann").registered();
        String order = given.order(ann)
                .of(given.product("MUG").option(), 1)
                .paid()
                .id()
                .toString();
        List<String> sent = new ArrayList<>();

        DeliverEvents.Result result = shop.jobs()
                .deliverEvents(toBroker((key, id, payload) -> sent.add(key + " " + id + " " + payload)))
                .call();

        assertThat(result.delivered()).isEqualTo(1);
        assertThat(sent).hasSize(1).allMatch(line -> line.startsWith(order + " " + order + "-1 PAID at 2026-"));
    }

    @Test
    void a_duplicate_is_dropped_and_a_dead_letter_is_delivered_when_it_is_retried(
            CommerceFacade shop, Given given, SettableClock clock) {
        given.order(given.user("ann").registered())
                .of(given.product("MUG").option(), 1)
                .paid();
        EventSink broken = event -> {
            throw new IllegalStateException("the broker is away");
        };
        while (shop.deadLetters().list(PageRequest.first()).items().isEmpty()) {
            shop.jobs().deliverEvents(broken).call();
            clock.advance(Duration.ofHours(1));
        }
        List<Delivery> logged = new ArrayList<>();
        assertThat(retryDeadLetters(shop, logged::add)).isEqualTo(1);
        assertThat(logged).hasSize(1);

        List<OrderEvent> received = new ArrayList<>();
        Once once = new Once(received::add);
        shop.jobs()
                .deliverEvents(event -> {
                    once.deliver(event);
                    once.deliver(event);
                })
                .call();

        assertThat(received).hasSize(1);
    }
}
