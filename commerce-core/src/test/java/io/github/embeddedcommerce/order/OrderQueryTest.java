package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.fixture.Given.nothing;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.order.OrderStatus.PAID;
import static io.github.embeddedcommerce.order.OrderStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;

@Tag("R2")
class OrderQueryTest {
    @Example
    void orders_can_be_asked_for_by_several_statuses_which_are_copied() {
        Set<OrderStatus> wanted = new HashSet<>(Set.of(PENDING, PAID));
        OrderQuery query = OrderQuery.all().withStatus(wanted);
        wanted.clear();

        assertThat(query.statuses()).containsExactly(PENDING, PAID);
    }

    @Example
    @Tag("E2")
    void no_status_at_all_and_one_that_is_missing_are_refused() {
        Set<OrderStatus> one = new HashSet<>(Set.of(PAID));
        one.add(nothing());

        assertThat(malformed(() -> OrderQuery.all().withStatus(Set.of())).field())
                .contains("statuses");
        assertThat(malformed(() -> OrderQuery.all().withStatus(one)).field()).contains("statuses");
        assertThat(malformed(() -> OrderQuery.all().withStatus((OrderStatus) nothing()))
                        .field())
                .contains("status");
    }
}
