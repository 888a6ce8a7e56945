package io.github.embeddedcommerce.jdbc.locks;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INSUFFICIENT_STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.jdbc.fixture.Together;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many buyers at once. */
public class ConcurrentOrdersTest extends ShopTest {
    @Test
    @Tag("S1")
    @Tag("S2")
    @Tag("T1")
    @Tag("B5")
    void more_buyers_than_stock_buy_exactly_the_stock() {
        OptionId mug = product("MUG", 1_000, 50).option("MUG").id();
        List<UserId> buyers = IntStream.range(0, 120)
                .mapToObj(n -> user("buyer-" + n % 10 + "-" + n, 1_000))
                .toList();

        Together<Order> placed = Together.each(buyers, buyer -> {
            Order order = shop.orders().place(PlaceOrder.by(buyer).line(mug, 1));
            return shop.orders().pay(PayOrder.by(buyer, order.id())).order();
        });

        assertThat(placed.results()).hasSize(50).allMatch(order -> order.status() == OrderStatus.PAID);
        assertThat(placed.refusals()).hasSize(70).containsOnly(INSUFFICIENT_STOCK);
        assertThat(buyers.stream().filter(buyer -> balance(buyer) == 0)).hasSize(50);
        assertThat(buyers.stream().filter(buyer -> balance(buyer) == 1_000)).hasSize(70);
    }

    @Test
    @Tag("T2")
    @Tag("S3")
    void orders_of_the_same_options_in_every_order_never_deadlock_or_oversell() {
        List<OptionId> options = IntStream.range(0, 4)
                .mapToObj(n -> product("P" + n, 10, 40).option("P" + n).id())
                .toList();
        UserId ann = user("ann", 0);
        List<Integer> turns = IntStream.range(0, 100).boxed().toList();

        Together<Order> placed = Together.each(turns, turn -> {
            PlaceOrder request = PlaceOrder.by(ann);
            for (int i = 0; i < options.size(); i++) {
                int step = turn % 2 == 0 ? i : options.size() - 1 - i;
                request = request.line(options.get((step + turn) % options.size()), 1);
            }
            return shop.orders().place(request);
        });

        assertThat(placed.results()).hasSize(40);
        assertThat(placed.refusals()).hasSize(60).containsOnly(INSUFFICIENT_STOCK);
    }

    @Test
    @Tag("O4")
    @Tag("B5")
    void one_order_paid_from_many_places_at_once_is_paid_once() {
        OptionId mug = product("MUG", 1_000, 1).option("MUG").id();
        UserId ann = user("ann", 100_000);
        Order order = shop.orders().place(PlaceOrder.by(ann).line(mug, 1));

        Together<Order> paid = Together.each(
                IntStream.range(0, 16).boxed().toList(),
                n -> shop.orders().pay(PayOrder.by(ann, order.id())).order());

        assertThat(paid.results()).hasSize(1);
        assertThat(paid.refusals()).hasSize(15).containsOnly(ALREADY_PAID);
        assertThat(balance(ann)).isEqualTo(99_000);
    }

    @Test
    @Tag("J1")
    @Tag("T7")
    void several_expiry_jobs_share_the_work_and_do_nothing_twice() {
        OptionId mug = product("MUG", 1_000, 300).option("MUG").id();
        UserId ann = user("ann", 0);
        IntStream.range(0, 300)
                .forEach(n -> shop.orders().place(PlaceOrder.by(ann).line(mug, 1)));
        clock.advance(Duration.ofMinutes(10));

        Together<Long> expired = Together.each(
                List.of(1, 2, 3, 4),
                n -> shop.jobs().expireOverdueOrders().inChunksOf(25).call().expired());

        assertThat(expired.results().stream().mapToLong(Long::longValue).sum()).isEqualTo(300);
    }

    private long balance(UserId user) {
        return shop.users().get(user).balance().getAmountMinorLong();
    }
}
