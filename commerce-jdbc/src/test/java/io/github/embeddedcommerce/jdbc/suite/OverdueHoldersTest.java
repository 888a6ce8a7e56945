package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.WatchedDataSource;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reservations past their time, at the moment when somebody is short of what they hold. */
class OverdueHoldersTest extends ShopTest {
    @Test
    @Tag("S5")
    @Tag("J1")
    void stock_that_another_host_releases_between_the_refusal_and_the_look_for_it_is_sold() {
        OptionId mug = product("MUG", 1_000, 5).option("MUG").id();
        UserId ann = user("ann", 0);
        shop.orders().place(PlaceOrder.by(user("bob", 0)).line(mug, 5));
        clock.advance(Duration.ofMinutes(10));
        WatchedDataSource watched = new WatchedDataSource(pool::getConnection);
        CommerceFacade buyers = JdbcCommerce.using(watched).clock(clock).build();
        List<Long> expired = new ArrayList<>();
        watched.tell(new WatchedDataSource.Watcher() {
            @Override
            public void after(String trip, Connection connection) {
                if (trip.equals("rollback") && expired.isEmpty()) {
                    expired.add(shop.jobs().expireOverdueOrders().call().expired());
                }
            }
        });

        assertThat(buyers.orders().place(PlaceOrder.by(ann).line(mug, 5)).status())
                .isEqualTo(OrderStatus.PENDING);
        assertThat(expired).containsExactly(1L);
    }

    @Test
    @Tag("S5")
    @Tag("J1")
    void an_overdue_order_that_cannot_be_expired_costs_no_other_sale() {
        OptionId mug = product("MUG", 1_000, 5).option("MUG").id();
        UserId ann = user("ann", 0);
        UserId bob = user("bob", 0);
        OrderId bad = shop.orders().place(PlaceOrder.by(bob).line(mug, 1)).id();
        shop.orders().place(PlaceOrder.by(bob).line(mug, 4));
        clock.advance(Duration.ofMinutes(10));
        sql("insert into <commerce>order_events (order_id, number, type, user_id,"
                + " happened_at, status, status_at, tries, error)"
                + " select id, 1, 'EXPIRED', user_id, placed_at, 'WAITING', placed_at, 0, ''"
                + " from <commerce>orders where id = " + bad);

        assertThat(shop.orders().place(PlaceOrder.by(ann).line(mug, 4)).status())
                .isEqualTo(OrderStatus.PENDING);
        refused(INSUFFICIENT_STOCK, () -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1)));

        sql("delete from <commerce>order_events where order_id = " + bad);
    }
}
