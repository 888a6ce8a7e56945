package io.github.embeddedcommerce.usecase;

import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.order.OrderStatus.CANCELLED;
import static io.github.embeddedcommerce.order.OrderStatus.EXPIRED;
import static io.github.embeddedcommerce.order.OrderStatus.PAID;
import static io.github.embeddedcommerce.order.OrderStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.fixture.Given;
import io.github.embeddedcommerce.fixture.OrderTimes;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** The life of an order, said a second time as a table and held against the code for each pair of states. */
@Tag("O6")
class OrderStatesTest {
    private static final Map<OrderStatus, Set<OrderStatus>> LIFE = Map.of(
            PENDING, Set.of(PAID, CANCELLED, EXPIRED),
            PAID, Set.of(CANCELLED),
            CANCELLED, Set.of(),
            EXPIRED, Set.of());

    private static final Instant LATE = NOON.plusSeconds(3_600);
    private static final Discount SOME_OFF = new Discount(won(50), new UserCouponId(9));

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void an_order_goes_where_the_table_says_and_nowhere_else(@ForAll OrderStatus from, @ForAll OrderStatus to) {
        boolean allowed = LIFE.getOrDefault(from, Set.of()).contains(to);
        assertThat(from.next().contains(to)).isEqualTo(allowed);
        if (to == PENDING) {
            assertThat(allowed).isFalse(); // no step leads back
        } else if (allowed) {
            Order gone = go(Given.order(from), to);
            assertThat(gone.status()).isEqualTo(to);
            assertThat(OrderTimes.fit(gone)).as(gone.toString()).isTrue();
        } else {
            assertThatIllegalStateException()
                    .isThrownBy(() -> go(Given.order(from), to))
                    .withMessage("an order cannot go from " + from + " to " + to);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void every_step_keeps_all_that_it_does_not_change(@ForAll OrderStatus from, @ForAll OrderStatus to) {
        if (LIFE.getOrDefault(from, Set.of()).contains(to)) {
            Order before = Given.order(from);
            Order after = go(before, to);
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.user()).isEqualTo(before.user());
            assertThat(after.lines()).isEqualTo(before.lines());
            assertThat(after.expiresAt()).isEqualTo(before.expiresAt());
            assertThat(after.placedAt()).isEqualTo(before.placedAt());
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void an_order_that_is_over_has_nowhere_to_go(@ForAll OrderStatus status) {
        assertThat(status.next().isEmpty()).isEqualTo(OrderTimes.isOver(status));
    }

    @Example
    void paying_writes_down_the_time_and_the_discount() {
        OrderProgress paid = go(Given.order(PENDING), PAID).progress();
        assertThat(paid.times().paidAt()).isEqualTo(Given.NOON.plusSeconds(60));
        assertThat(paid.times().closedAt()).isNull();
        assertThat(paid.discount()).isEqualTo(SOME_OFF);
    }

    @Example
    void cancelling_a_paid_order_keeps_when_and_for_how_much_it_was_paid() {
        Order paid = go(Given.order(PENDING), PAID);
        OrderProgress cancelled = OrderTransitions.cancelled(paid, LATE).progress();
        assertThat(cancelled.times().paidAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(cancelled.times().closedAt()).isEqualTo(LATE);
        assertThat(cancelled.discount()).isEqualTo(SOME_OFF);
    }

    @Example
    void an_order_closed_before_it_was_paid_has_no_time_of_payment() {
        assertThat(go(Given.order(PENDING), CANCELLED).progress().times())
                .isEqualTo(new OrderProgress.Times(
                        NOON,
                        NOON.plus(Given.TIME_TO_PAY),
                        NOON.plus(Given.TIME_TO_PAY),
                        null,
                        null,
                        NOON.plusSeconds(60)));
        assertThat(go(Given.order(PENDING), EXPIRED).paidAt()).isNull();
    }

    @Example
    void times_never_run_backwards_even_if_the_clock_does() {
        Instant early = NOON.minusSeconds(5);
        Order paid = OrderTransitions.paid(Given.order(PENDING), SOME_OFF, early);
        assertThat(paid.paidAt()).isEqualTo(NOON);
        assertThat(OrderTransitions.cancelled(paid, early).closedAt()).isEqualTo(NOON);
        assertThat(OrderTransitions.cancelled(go(Given.order(PENDING), PAID), early)
                        .closedAt())
                .isEqualTo(NOON.plusSeconds(60));
    }

    private static Order go(Order order, OrderStatus to) {
        Instant inTime = NOON.plusSeconds(60);
        return switch (to) {
            case PENDING -> order;
            case PAID -> OrderTransitions.paid(order, SOME_OFF, inTime);
            case CANCELLED -> OrderTransitions.cancelled(order, inTime);
            case EXPIRED -> OrderTransitions.expired(order, LATE);
        };
    }
}
