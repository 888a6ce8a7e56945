package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.memory.StockedShop;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.user.UserId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("O7")
class ListingOrdersTest {
    private final StockedShop shop = new StockedShop(50, 100);
    private final Orders orders = shop.door.orders();

    @Test
    void a_users_orders_come_newest_first_page_by_page() {
        Order first = shop.mugsFor(ANN, 1);
        shop.mugsFor(BOB, 1);
        Order second = shop.mugsFor(ANN, 2);
        Order third = shop.mugsFor(ANN, 3);
        Page<Order> page = orders.list(ANN, PageRequest.first(2));
        assertThat(page.items()).containsExactly(third, second);
        Page<Order> rest = orders.list(ANN, PageRequest.first(2).after(page.next()));
        assertThat(rest).isEqualTo(new Page<>(List.of(first), null));
        assertThat(orders.list(new UserId("stranger"), PageRequest.first()).items())
                .isEmpty();
    }

    @Test
    void orders_are_listed_by_status() {
        Order pending = shop.mugsFor(ANN, 1);
        Order paid = orders.pay(new PayOrder(ANN, shop.mugsFor(ANN, 1).id())).order();
        assertThat(orders.list(ANN, OrderStatus.PENDING, PageRequest.first()).items())
                .containsExactly(pending);
        assertThat(orders.list(ANN, OrderStatus.PAID, PageRequest.first()).items())
                .containsExactly(paid);
        assertThat(orders.list(ANN, OrderStatus.EXPIRED, PageRequest.first()).items())
                .isEmpty();
    }

    @Test
    @Tag("E2")
    void a_malformed_request_is_refused_at_the_door() {
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.list(nothing(), PageRequest.first()));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.list(ANN, nothing()));
        shop.memory.refusedAtTheDoor(
                VALIDATION_ERROR, () -> orders.list(ANN, Given.<OrderStatus>nothing(), PageRequest.first()));
        PageRequest foreign = PageRequest.first().after(Cursor.behind("products", List.of(1L)));
        shop.memory.refusedAtTheDoor(VALIDATION_ERROR, () -> orders.list(ANN, foreign));
    }
}
