package io.github.embeddedcommerce.event;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("O2")
class OrderEventTest {
    @Example
    void the_first_event_of_an_order_is_its_payment_or_its_end() {
        assertThat(event(order(OrderStatus.PAID))).isEqualTo(expected(1, OrderEvent.Type.PAID));
        assertThat(event(order(OrderStatus.CANCELLED))).isEqualTo(expected(1, OrderEvent.Type.CANCELLED));
        assertThat(event(order(OrderStatus.EXPIRED))).isEqualTo(expected(1, OrderEvent.Type.EXPIRED));
    }

    @Example
    @Tag("O5")
    void cancelling_a_paid_order_is_its_second_event() {
        assertThat(event(order(OrderStatus.PAID).cancelled(NOON.plusSeconds(90))))
                .isEqualTo(expected(2, OrderEvent.Type.CANCELLED));
    }

    @Example
    void placing_an_order_is_no_event() {
        assertThatIllegalArgumentException().isThrownBy(() -> event(order(OrderStatus.PENDING)));
    }

    private static OrderEvent event(Order order) {
        return OrderEvent.of(order, NOON.plusSeconds(99));
    }

    private static OrderEvent expected(int number, OrderEvent.Type type) {
        return new OrderEvent(order(OrderStatus.PENDING).id(), number, type, ANN, NOON.plusSeconds(99));
    }
}
