package io.github.embeddedcommerce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.CommerceSettings;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.Payment;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a use case costs in round trips to the database, commit included, as docs/round-trips.md promises. */
@Tag("T1")
class RoundTripsTest extends ShopTest {
    private final List<String> trips = new ArrayList<>();
    private List<OptionId> options = List.of();
    private UserId ann = new UserId("ann");

    @Override
    CommerceFacade open(CommerceSettings settings) {
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        CommerceFacade opened =
                JdbcCommerce.using(watched).settings(settings).clock(clock).build();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void before(String trip, Connection connection) {
                if (!isSetup(trip)) {
                    trips.add(trip);
                }
            }
        });
        return opened;
    }

    @BeforeEach
    void a_few_options_and_a_user() {
        options = IntStream.range(0, 20)
                .mapToObj(n -> product("P" + n, 1, 1_000).option("P" + n).id())
                .toList();
        user("ann", 1_000_000);
        trips.clear();
    }

    @Test
    void placing_an_order_of_any_number_of_lines_takes_6() {
        place(1);
        assertThat(trips).hasSize(6);
        trips.clear();
        place(20);
        assertThat(trips).hasSize(6);
    }

    @Test
    void paying_takes_9() {
        Order order = place(20);
        trips.clear();

        shop.orders().pay(new Payment(ann, order.id()));

        assertThat(trips).hasSize(9);
    }

    @Test
    void cancelling_a_pending_order_takes_6() {
        Order order = place(20);
        trips.clear();

        shop.orders().cancel(ann, order.id());

        assertThat(trips).hasSize(6);
    }

    @Test
    void charging_takes_4() {
        shop.users().charge(ann, won(1));

        assertThat(trips).hasSize(4);
    }

    @Test
    void expiring_a_chunk_of_any_size_takes_6() {
        IntStream.range(0, 30).forEach(n -> place(3));
        clock.advance(Duration.ofMinutes(10));
        trips.clear();

        assertThat(shop.jobs().expireOverdueOrders().call().expired()).isEqualTo(30);

        assertThat(trips).hasSize(6 + LOOKING_FOR_MORE);
    }

    /** What a pool of ours does when a connection is opened, and a pool of the host's costs a transaction. */
    private static boolean isSetup(String trip) {
        return trip.contains("lock_timeout") || trip.contains("lock_wait_timeout") || trip.contains("isolation");
    }

    /** After the last chunk the job looks once more, finds nothing, and ends its transaction. */
    private static final int LOOKING_FOR_MORE = 2;

    private Order place(int lines) {
        PlaceOrder request = PlaceOrder.by(ann);
        for (OptionId option : options.subList(0, lines)) {
            request = request.line(option, 1);
        }
        return shop.orders().place(request);
    }
}
