package io.github.embeddedcommerce.jdbc.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.TestClock;
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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two hosts on one database whose clocks differ, now the one ahead and now the other; a clock that is set back is both,
 * one after the other. No time of a thing is before the time of what happened to it before, and the audit is clean.
 */
abstract class ClocksTest extends ShopTest {
    static final List<Duration> DIFFERENCES = List.of(Duration.ofMillis(1), Duration.ofSeconds(2));

    /** What is counted here has an earlier time than what happened to it before. */
    static final List<String> BACKWARDS = List.of("""
            select count(*) from <commerce>orders
            where paid_at < placed_at or closed_at < placed_at or closed_at < paid_at
            """, """
            select count(*) from <commerce>order_events e join <commerce>orders o on o.id = e.order_id
            where e.happened_at < o.placed_at or (e.number = 2 and e.happened_at < o.paid_at)
              or (e.status <> 'WAITING' and e.status_at < e.happened_at)
            """, """
            select count(*) from <commerce>balance_changes c
            join <commerce>balance_changes p on p.user_id = c.user_id and p.number = c.number - 1
            where c.changed_at < p.changed_at
            """, """
            select count(*) from <commerce>stock_changes c
            join <commerce>stock_changes p on p.option_id = c.option_id and p.id < c.id
            where c.changed_at < p.changed_at
            """, """
            select count(*) from <commerce>user_coupons u join <commerce>coupons c on c.id = u.coupon_id
            where u.issued_at < c.created_at or u.used_at < u.issued_at
            """);

    final TestClock aheadClock = new TestClock();
    CommerceFacade ahead = nothing();
    OptionId mug = new OptionId(1);
    UserId ann = new UserId("ann");

    /** What is done by one host after the other. */
    interface Story {
        void told(CommerceFacade first, CommerceFacade second);
    }

    @BeforeEach
    void another_host() {
        mug = product("MUG", 100, 1_000).option("MUG").id();
        ann = user("ann", 100_000);
        ahead = JdbcCommerce.using(pool).clock(aheadClock).build();
    }

    /** With each difference, and in both directions. */
    void each(Story story) {
        for (Duration difference : DIFFERENCES) {
            aheadClock.advance(difference);
            for (List<CommerceFacade> hosts : List.of(List.of(ahead, shop), List.of(shop, ahead))) {
                story.told(hosts.get(0), hosts.get(1));
                nothingRunsBackwards();
                advance(Duration.ofMinutes(30));
            }
            aheadClock.advance(difference.negated());
        }
    }

    void advance(Duration by) {
        clock.advance(by);
        aheadClock.advance(by);
    }

    void nothingRunsBackwards() {
        assertThat(violations()).isEmpty();
        for (String backwards : BACKWARDS) {
            assertThat(count(backwards)).as(backwards).isZero();
        }
    }

    long count(String query) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(own(query))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    Order place(CommerceFacade host) {
        return host.orders().place(PlaceOrder.by(ann).line(mug, 1));
    }

    Order paid(CommerceFacade placing, CommerceFacade paying) {
        Order order = place(placing);
        return paying.orders().pay(PayOrder.by(ann, order.id())).order();
    }

    static Order cancelled(CommerceFacade host, Order order) {
        return host.orders().cancel(CancelOrder.by(order.user(), order.id())).order();
    }
}
