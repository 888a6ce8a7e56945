package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.SPOON;
import static io.github.embeddedcommerce.fixture.Given.line;
import static io.github.embeddedcommerce.fixture.Given.order;
import static io.github.embeddedcommerce.fixture.Given.pending;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.usecase.OrderTransitions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.joda.money.Money;

/** Units of a paid order go back one after the other, or many at once. */
@Tag("M6")
class ReturningTest {
    private static final UserCouponId COUPON = new UserCouponId(9);

    @Property
    void whatever_goes_back_in_whatever_order_everything_gives_back_exactly_what_was_paid(
            @ForAll("paid") Order paid, @ForAll Random random) {
        Order rest = paid;
        Money refunded = won(0);
        while (rest.status() == OrderStatus.PAID) {
            List<ReturnItem> items = some(rest, random);
            rest.requireReturnable(items);
            List<ReturnedLine> lines = rest.returning(items);
            refunded = refunded.plus(
                    Money.total(lines.stream().map(ReturnedLine::refund).toList()));
            rest = OrderTransitions.returned(rest, items, NOON.plusSeconds(90));

            assertThat(rest.refunded()).isEqualTo(refunded);
            assertThat(rest.refunded()).isBetween(won(0), paid.finalAmount());
        }

        assertThat(refunded).isEqualTo(paid.finalAmount());
        assertThat(rest.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(rest.closedAt()).isEqualTo(rest.returnedAt());
        assertThat(rest.kept()).isEmpty();
        assertThat(rest.quantities()).isEqualTo(paid.quantities());
    }

    @Property
    void units_give_back_their_price_less_their_part_of_the_share_rounded_down(
            @ForAll("paid") Order paid, @ForAll Random random) {
        List<ReturnItem> items = some(paid, random);

        List<ReturnedLine> lines = paid.returning(items);

        for (ReturnedLine returned : lines) {
            OrderLine line = paid.lines().get(returned.line() - 1);
            Money net = line.subtotal().minus(paid.discountShares().get(returned.line() - 1));
            long exact = net.getAmountMinorLong() * returned.quantity() / line.quantity();
            assertThat(returned.refund()).isEqualTo(won(exact));
        }
        assertThat(lines).extracting(ReturnedLine::line).containsExactlyElementsOf(numbers(items));
    }

    private static List<Integer> numbers(List<ReturnItem> items) {
        return items.stream().map(ReturnItem::line).sorted().toList();
    }

    @Example
    void a_refund_makes_good_what_the_ones_before_it_lost_by_rounding() {
        Order rest = paid(1, line(1, MUG, 1, 3), line(2, SPOON, 4, 2));

        List<Money> refunds = new ArrayList<>();
        for (int unit = 0; unit < 3; unit++) {
            List<ReturnItem> one = List.of(new ReturnItem(1, 1));
            refunds.add(rest.returning(one).get(0).refund());
            rest = OrderTransitions.returned(rest, one, NOON);
        }

        assertThat(rest.discountShares()).containsExactly(won(0), won(1));
        assertThat(refunds).containsExactly(won(1), won(1), won(1));
        List<ReturnItem> one = List.of(new ReturnItem(2, 1));
        assertThat(rest.returning(one).get(0).refund()).isEqualTo(won(3));
        Order last = OrderTransitions.returned(rest, one, NOON);
        assertThat(last.returning(one).get(0).refund()).isEqualTo(won(4));
        assertThat(last.refunded()).isEqualTo(won(6));
    }

    @Example
    @Tag("E2")
    void only_a_paid_order_has_lines_and_units_to_give_back() {
        List<ReturnItem> one = List.of(new ReturnItem(1, 1));
        for (OrderStatus status : List.of(OrderStatus.PENDING, OrderStatus.CANCELLED, OrderStatus.EXPIRED)) {
            assertThat(refused(INVALID_ORDER_STATUS, () -> order(status).requireReturnable(one))
                            .values())
                    .containsEntry("status", status.name());
        }
        Order paid = order(OrderStatus.PAID);
        paid.requireReturnable(List.of(new ReturnItem(1, 2)));
        assertThat(malformed(() -> paid.requireReturnable(List.of(new ReturnItem(2, 1))))
                        .values())
                .containsEntry("field", "lines[0].line");
        assertThat(refused(INVALID_QUANTITY, () -> paid.requireReturnable(List.of(new ReturnItem(1, 3))))
                        .values())
                .isEqualTo(Map.of("field", "lines[0].quantity", "line", 1, "asked", 3L, "max", 2L));
        Order less = OrderTransitions.returned(paid, one, NOON);
        refused(INVALID_QUANTITY, () -> less.requireReturnable(List.of(new ReturnItem(1, 2))));
    }

    @Example
    void a_return_is_no_earlier_than_the_payment_and_nothing_is_earlier_than_a_return() {
        Order returned =
                OrderTransitions.returned(order(OrderStatus.PAID), List.of(new ReturnItem(1, 1)), NOON.minusSeconds(5));
        assertThat(returned.status()).isEqualTo(OrderStatus.PAID);
        assertThat(returned.returnedAt()).isEqualTo(NOON.plusSeconds(60));
        Order later =
                OrderTransitions.returned(order(OrderStatus.PAID), List.of(new ReturnItem(1, 1)), NOON.plusSeconds(99));
        assertThat(OrderTransitions.cancelled(later, NOON).closedAt()).isEqualTo(NOON.plusSeconds(99));
        assertThat(OrderTransitions.cancelled(later, NOON).refunded()).isEqualTo(won(2_000));
    }

    /** Some units of some lines of which any are kept. */
    private static List<ReturnItem> some(Order order, Random random) {
        List<OrderLine> kept = new ArrayList<>(
                order.lines().stream().filter(line -> line.kept() > 0).toList());
        Collections.shuffle(kept, random);
        return kept.subList(0, 1 + random.nextInt(kept.size())).stream()
                .map(line -> new ReturnItem(line.number(), 1 + random.nextInt((int) line.kept())))
                .toList();
    }

    private static Order paid(long discount, OrderLine... lines) {
        Discount off = new Discount(won(discount), discount == 0 ? null : COUPON);
        return OrderTransitions.paid(pending(lines), off, NOON.plusSeconds(60));
    }

    @Provide
    Arbitrary<Order> paid() {
        Arbitrary<Long> prices = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 9), Arbitraries.longs().between(0, 1_000_000));
        Arbitrary<OrderLine> lines = Combinators.combine(
                        prices, Arbitraries.longs().between(1, 12))
                .as((price, quantity) -> line(1, price % 2 == 0 ? MUG : SPOON, price, quantity));
        return lines.list().ofMinSize(1).ofMaxSize(6).flatMap(some -> {
            OrderLine[] numbered = IntStream.range(0, some.size())
                    .mapToObj(i -> new OrderLine(
                            i + 1,
                            some.get(i).item(),
                            some.get(i).unitPrice(),
                            some.get(i).quantity()))
                    .toArray(OrderLine[]::new);
            long total = Order.total(List.of(numbered)).getAmountMinorLong();
            return Arbitraries.longs().between(0, total).map(discount -> paid(discount, numbered));
        });
    }
}
