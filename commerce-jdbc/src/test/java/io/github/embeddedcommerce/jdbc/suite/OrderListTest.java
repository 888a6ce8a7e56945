package io.github.embeddedcommerce.jdbc.suite;

import static io.github.embeddedcommerce.error.ErrorCode.VALIDATION_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.jdbc.fixture.ShopTest;
import io.github.embeddedcommerce.order.CancelOrder;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PayOrder;
import io.github.embeddedcommerce.order.PlaceOrder;
import io.github.embeddedcommerce.page.Cursor;
import io.github.embeddedcommerce.page.Page;
import io.github.embeddedcommerce.page.PageRequest;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A user's orders, newest first. */
@Tag("O7")
class OrderListTest extends ShopTest {
    UserId ann;
    List<Order> placed;

    @BeforeEach
    void five_orders_of_two_lines() {
        OptionId mug = product("MUG", 1_000, 100).option("MUG").id();
        OptionId spoon = product("SPOON", 500, 100).option("SPOON").id();
        ann = user("ann", 100_000);
        UserId bob = user("bob", 0);
        placed = IntStream.range(0, 5)
                .mapToObj(n -> {
                    shop.orders().place(PlaceOrder.by(bob).line(mug, 1));
                    return shop.orders()
                            .place(PlaceOrder.by(ann).line(spoon, n + 1).line(mug, 1));
                })
                .toList();
    }

    @Test
    void the_newest_comes_first_page_by_page() {
        List<Order> listed = new ArrayList<>();
        Cursor next = null;
        do {
            Page<Order> page = shop.orders().list(ann, PageRequest.first(2).after(next));
            assertThat(page.items()).hasSizeBetween(1, 2);
            listed.addAll(page.items());
            next = page.next();
        } while (next != null);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(placed);
        assertThat(listed.stream().map(Order::id)).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void a_page_does_not_shift_when_new_orders_come_in() {
        Page<Order> first = shop.orders().list(ann, PageRequest.first(2));
        OptionId mug = placed.get(0).quantities().firstKey();
        shop.orders().place(PlaceOrder.by(ann).line(mug, 1));

        Page<Order> second = shop.orders().list(ann, PageRequest.first(3).after(first.next()));

        assertThat(second.items()).containsExactly(placed.get(2), placed.get(1), placed.get(0));
        assertThat(second.next()).isNull();
    }

    @Test
    void orders_are_listed_by_their_status() {
        OrderId paid = placed.get(1).id();
        OrderId cancelled = placed.get(3).id();
        shop.orders().pay(PayOrder.by(ann, paid));
        shop.orders().cancel(CancelOrder.by(ann, cancelled));

        assertThat(listed(OrderStatus.PAID)).containsExactly(paid);
        assertThat(listed(OrderStatus.CANCELLED)).containsExactly(cancelled);
        assertThat(listed(OrderStatus.PENDING))
                .containsExactly(
                        placed.get(4).id(), placed.get(2).id(), placed.get(0).id());
        assertThat(listed(OrderStatus.EXPIRED)).isEmpty();
    }

    @Test
    @Tag("E2")
    void a_list_that_cannot_be_is_refused() {
        Cursor other = Cursor.behind("coupons", List.of(3L));
        refused(VALIDATION_ERROR, () -> shop.orders().list(nothing(), PageRequest.first()));
        refused(VALIDATION_ERROR, () -> shop.orders().list(ann, nothing()));
        refused(VALIDATION_ERROR, () -> shop.orders().list(ann, ShopTest.<OrderStatus>nothing(), PageRequest.first()));
        refused(
                VALIDATION_ERROR,
                () -> shop.orders().list(ann, PageRequest.first().after(other)));
        refused(
                VALIDATION_ERROR,
                () -> shop.orders().list(ann, PageRequest.first().after(new Cursor("?!"))));
        assertThat(shop.orders().list(new UserId("nobody"), PageRequest.first()).items())
                .isEmpty();
    }

    private List<OrderId> listed(OrderStatus status) {
        return shop.orders().list(ann, status, PageRequest.first()).items().stream()
                .map(Order::id)
                .toList();
    }
}
