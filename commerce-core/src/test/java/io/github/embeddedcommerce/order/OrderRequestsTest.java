package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.SPOON;
import static io.github.embeddedcommerce.fixture.Given.line;
import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Given.order;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.embeddedcommerce.fixture.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

class OrderRequestsTest {
    @Property
    @Tag("O1")
    void a_quantity_is_at_least_1_and_at_most_a_million(@ForAll @LongRange(min = 1, max = 1_000_000) long quantity) {
        assertThat(new OrderItem(MUG, quantity).quantity()).isEqualTo(quantity);
    }

    @Property
    @Tag("E1")
    @Tag("E2")
    void a_quantity_of_less_than_1_is_refused(@ForAll @LongRange(min = Long.MIN_VALUE, max = 0) long quantity) {
        assertQuantityRefused(quantity);
    }

    @Property
    @Tag("E1")
    @Tag("E2")
    void a_quantity_of_more_than_a_million_is_refused(
            @ForAll @LongRange(min = 1_000_001, max = Long.MAX_VALUE) long quantity) {
        assertQuantityRefused(quantity);
    }

    @Example
    @Tag("E2")
    void a_request_needs_a_user_options_and_lines() {
        assertThat(malformed(() -> PlaceOrder.by(nothing())).values()).containsOnly(Map.entry("field", "user"));
        assertThat(malformed(() -> new PlaceOrder(ANN, nothing())).values())
                .containsOnly(Map.entry("field", "order lines"));
        assertThat(malformed(() -> new PlaceOrder(ANN, Arrays.asList(new OrderItem(MUG, 1), nothing())))
                        .values())
                .containsOnly(Map.entry("field", "an entry of order lines"));
        assertThat(malformed(() -> PlaceOrder.by(ANN).line(nothing(), 1)).values())
                .containsOnly(Map.entry("field", "option"));
        assertThat(malformed(() -> PlaceOrder.by(ANN).complete()))
                .hasMessage("the number of order lines must be from 1 to 200, it is 0 (VALIDATION_ERROR)");
    }

    @Example
    @Tag("E2")
    void an_order_has_at_most_200_lines() {
        PlaceOrder most = new PlaceOrder(ANN, Collections.nCopies(200, new OrderItem(MUG, 1)));
        assertThat(most.complete()).isSameAs(most);
        assertThat(malformed(() -> most.line(MUG, 1)).values())
                .containsEntry("value", 201L)
                .containsEntry("max", 200L);
    }

    @Example
    @Tag("O1")
    void lines_are_added_one_by_one_in_their_order() {
        assertThat(PlaceOrder.by(ANN).line(MUG, 2).line(SPOON, 6).line(MUG, 1))
                .isEqualTo(new PlaceOrder(
                        ANN, List.of(new OrderItem(MUG, 2), new OrderItem(SPOON, 6), new OrderItem(MUG, 1))));
    }

    @Example
    @Tag("E2")
    void a_payment_needs_a_user_and_an_order() {
        assertThat(malformed(() -> new PayOrder(nothing(), new OrderId(1))).values())
                .containsOnly(Map.entry("field", "user"));
        assertThat(malformed(() -> new PayOrder(ANN, nothing())).values()).containsOnly(Map.entry("field", "order"));
    }

    @Example
    @Tag("E2")
    void a_request_keeps_its_lines_whatever_happens_to_the_list_it_was_made_from() {
        List<OrderItem> items = new ArrayList<>(List.of(new OrderItem(MUG, 1)));
        PlaceOrder request = new PlaceOrder(ANN, items);
        items.clear();
        assertThat(request.items()).containsExactly(new OrderItem(MUG, 1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> request.items().clear());
    }

    @Example
    @Tag("O1")
    void an_order_keeps_its_lines_whatever_happens_to_the_list_it_was_made_from() {
        List<OrderLine> lines = new ArrayList<>(List.of(line(1, MUG, 100, 2)));
        OrderDraft draft = new OrderDraft(ANN, lines, NOON, NOON.plusSeconds(1));
        Order order =
                new Order(new OrderId(1), ANN, lines, order(OrderStatus.PENDING).progress());
        lines.clear();
        assertThat(draft.lines()).containsExactly(line(1, MUG, 100, 2));
        assertThat(order.lines()).containsExactly(line(1, MUG, 100, 2));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> order.lines().clear());
    }

    @Example
    @Tag("E2")
    void the_id_of_an_order_is_a_number_from_1() {
        Ids.assertNumbers("order id", OrderId::new);
    }

    private static void assertQuantityRefused(long quantity) {
        assertThat(refused(INVALID_QUANTITY, () -> new OrderItem(MUG, quantity)))
                .hasMessage("quantity must be from 1 to 1000000, it is " + quantity + " (O001)")
                .satisfies(refusal -> assertThat(refusal.values())
                        .containsOnly(
                                Map.entry("option", 1L), Map.entry("asked", quantity), Map.entry("max", 1_000_000L)));
    }
}
