package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.BOB;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.TIME_TO_PAY;
import static io.github.embeddedcommerce.fixture.Given.order;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

@Tag("O4")
class OrderDecisionsTest {
    private static final Instant EXPIRY = NOON.plus(TIME_TO_PAY);
    private static final Instant LAST_MOMENT = EXPIRY.minusNanos(1);

    @Property
    void a_pending_order_can_be_paid_and_cancelled_until_it_expires(
            @ForAll @LongRange(min = 0, max = 599_999_999_999L) long nanos) {
        Order order = order(OrderStatus.PENDING);
        Instant now = NOON.plusNanos(nanos);
        assertThat(order.isOverdue(now)).isFalse();
        assertThat(order.payable(now)).isSameAs(order);
        assertThat(order.cancellable(now)).isSameAs(order);
    }

    @Property
    void from_the_instant_of_its_expiry_a_pending_order_can_be_neither_paid_nor_cancelled(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 4) long nanosLate) {
        Order order = order(OrderStatus.PENDING);
        Instant now = EXPIRY.plusNanos(nanosLate);
        assertThat(order.isOverdue(now)).isTrue();
        assertRefusal(refused(ORDER_EXPIRED, () -> order.payable(now)), order);
        assertRefusal(refused(ORDER_EXPIRED, () -> order.cancellable(now)), order);
    }

    @Example
    void the_instant_of_expiry_is_the_first_that_is_too_late() {
        Order order = order(OrderStatus.PENDING);
        assertThat(order.expiresAt()).isEqualTo(EXPIRY);
        assertThat(order.isOverdue(LAST_MOMENT)).isFalse();
        assertThat(order.payable(LAST_MOMENT)).isSameAs(order);
        assertThat(order.isOverdue(EXPIRY)).isTrue();
        assertThat(refused(ORDER_EXPIRED, () -> order.payable(EXPIRY)))
                .hasMessage("order 1 expired at 2026-03-01T12:10:00Z: place it anew (O003)");
        assertThat(refused(ORDER_EXPIRED, () -> order.cancellable(EXPIRY)))
                .hasMessage("order 1 expired at 2026-03-01T12:10:00Z: there is nothing to cancel (O003)");
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void only_a_pending_order_can_be_paid(@ForAll OrderStatus status, @ForAll boolean late) {
        Order order = order(status);
        Instant now = late ? EXPIRY : LAST_MOMENT;
        switch (status) {
            case PENDING -> {
                if (!late) {
                    assertThat(order.payable(now)).isSameAs(order);
                }
            }
            case PAID ->
                assertThat(assertRefusal(refused(ALREADY_PAID, () -> order.payable(now)), order))
                        .hasMessage("order 1 is paid already (O004)");
            case CANCELLED ->
                assertThat(assertRefusal(refused(INVALID_ORDER_STATUS, () -> order.payable(now)), order))
                        .hasMessage("order 1 is CANCELLED and cannot be paid (O006)");
            case EXPIRED -> assertRefusal(refused(ORDER_EXPIRED, () -> order.payable(now)), order);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    @Tag("O5")
    void a_paid_order_can_be_cancelled_at_any_time_and_one_that_is_over_at_none(
            @ForAll OrderStatus status, @ForAll boolean late) {
        Order order = order(status);
        Instant now = late ? EXPIRY : LAST_MOMENT;
        switch (status) {
            case PENDING -> {
                if (!late) {
                    assertThat(order.cancellable(now)).isSameAs(order);
                }
            }
            case PAID -> assertThat(order.cancellable(now)).isSameAs(order);
            case CANCELLED ->
                assertThat(assertRefusal(refused(INVALID_ORDER_STATUS, () -> order.cancellable(now)), order))
                        .hasMessage("order 1 is cancelled already (O006)");
            case EXPIRED -> assertRefusal(refused(ORDER_EXPIRED, () -> order.cancellable(now)), order);
        }
    }

    @Example
    void an_order_is_its_owners_alone() {
        Order order = order(OrderStatus.PENDING);
        assertThat(order.ownedBy(ANN)).isSameAs(order);
        CommerceException refusal = refused(UNAUTHORIZED_ORDER_ACCESS, () -> order.ownedBy(BOB));
        assertThat(refusal).hasMessage("order 1 belongs to another user than bob (O005)");
        assertThat(refusal.values()).containsOnly(Map.entry("order", 1L), Map.entry("user", "bob"));
    }

    @Example
    void an_owner_is_known_by_the_exact_id() {
        refused(UNAUTHORIZED_ORDER_ACCESS, () -> order(OrderStatus.PAID).ownedBy(new UserId("Ann")));
        refused(UNAUTHORIZED_ORDER_ACCESS, () -> order(OrderStatus.PAID).ownedBy(new UserId("ann ")));
    }

    @Example
    @Tag("E1")
    void an_unknown_order_is_refused_by_its_id() {
        CommerceException refusal = refused(ORDER_NOT_FOUND, () -> {
            throw Order.notFound(new OrderId(12));
        });
        assertThat(refusal).hasMessage("there is no order 12: use an id that place or list returned (O002)");
        assertThat(refusal.values()).containsOnly(Map.entry("order", 12L));
    }

    private static CommerceException assertRefusal(CommerceException refusal, Order order) {
        assertThat(refusal.values())
                .containsOnly(
                        Map.entry("order", 1L),
                        Map.entry("status", order.status().name()));
        return refusal;
    }
}
