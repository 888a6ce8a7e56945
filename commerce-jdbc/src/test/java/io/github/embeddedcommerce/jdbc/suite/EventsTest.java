package io.github.embeddedcommerce.jdbc.suite;

import io.github.embeddedcommerce.event.DeliveryRetry;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.job.DeliverEvents;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** What tests of events start from: a buyer, a mug, and a sink that remembers what it was told. */
abstract class EventsTest extends ShopTest {
    static final Duration LEASE = Duration.ofMinutes(5);

    /** No pause is longer than this. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** The ids of the events that were taken, in the order in which they came. */
    final List<String> taken = Collections.synchronizedList(new ArrayList<>());

    final EventSink taking = event -> taken.add(event.id());
    UserId ann = new UserId("ann");
    OptionId mug = new OptionId(1);

    @BeforeEach
    void a_buyer_and_a_mug() {
        user("ann", 1_000_000);
        mug = product("MUG", 100, 1_000).option("MUG").id();
    }

    DeliverEvents deliver(EventSink sink) {
        return shop.jobs().deliverEvents(sink).leasingFor(LEASE).retrying(new DeliveryRetry(3, PAUSE, PAUSE));
    }

    /** No second try. */
    static DeliveryRetry once() {
        return new DeliveryRetry(1, PAUSE, PAUSE);
    }

    Order paid() {
        return paid(ann);
    }

    Order paid(UserId user) {
        Order order = shop.orders().place(PlaceOrder.by(user).line(mug, 1));
        return shop.orders().pay(PayOrder.by(user, order.id())).order();
    }

    List<Order> paid(int orders) {
        return IntStream.range(0, orders).mapToObj(n -> paid()).toList();
    }

    /** An order with two events. */
    Order refunded() {
        Order order = paid();
        shop.orders().cancel(CancelOrder.by(ann, order.id()));
        return order;
    }

    static String event(Order order, int number) {
        return order.id() + "-" + number;
    }

    /** A sink that fails on events of this order and takes the others. */
    EventSink failingOn(Order order) {
        return event -> {
            if (isOf(event, order)) {
                throw new IllegalStateException("broker is down");
            }
            taken.add(event.id());
        };
    }

    /** The one column of what this query finds; {@code <commerce>} stands before a table's name. */
    List<Integer> numbers(String query) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(own(query))) {
            List<Integer> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    static boolean isOf(OrderEvent event, Order order) {
        return event.order().equals(order.id());
    }
}
