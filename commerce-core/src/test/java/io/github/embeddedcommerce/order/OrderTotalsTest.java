package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.PRODUCT_OPTION_NOT_FOUND;
import static io.github.embeddedcommerce.error.Validation.MAX_AMOUNT_MINOR;
import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.KITCHENWARE;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.SPOON;
import static io.github.embeddedcommerce.fixture.Given.TIME_TO_PAY;
import static io.github.embeddedcommerce.fixture.Given.line;
import static io.github.embeddedcommerce.fixture.Given.offer;
import static io.github.embeddedcommerce.fixture.Given.pending;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.fixture.Refusals.malformed;
import static io.github.embeddedcommerce.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.product.Offer;
import io.github.embeddedcommerce.product.OptionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import org.joda.money.Money;

@Tag("O1")
class OrderTotalsTest {
    private static final Instant EXPIRY = NOON.plus(TIME_TO_PAY);

    @Property
    @Tag("S3")
    void lines_of_one_option_add_up(@ForAll("requests") PlaceOrder request) {
        Map<OptionId, Long> expected = request.items().stream()
                .collect(Collectors.groupingBy(OrderItem::option, Collectors.summingLong(OrderItem::quantity)));
        assertThat(request.quantities()).isEqualTo(expected);
        assertThat(placed(request).quantities()).isEqualTo(expected);
        assertThat(List.copyOf(request.quantities().keySet())).isSorted();
        assertThat(List.copyOf(placed(request).quantities().keySet())).isSorted();
    }

    @Property
    void an_order_costs_what_its_lines_cost(@ForAll("requests") PlaceOrder request) {
        long expected = request.items().stream()
                .mapToLong(item -> priceOf(item.option()) * item.quantity())
                .sum();
        Order order = placed(request);
        assertThat(order.total()).isEqualTo(won(expected));
        assertThat(order.finalAmount()).isEqualTo(won(expected));
        assertThat(order.lines())
                .extracting(line -> line.subtotal().getAmountMinorLong())
                .containsExactlyElementsOf(request.items().stream()
                        .map(item -> priceOf(item.option()) * item.quantity())
                        .toList());
    }

    @Property
    void an_order_keeps_names_and_prices_of_its_offers_line_by_line(@ForAll("requests") PlaceOrder request) {
        Order order = placed(request);
        assertThat(order.lines()).hasSameSizeAs(request.items());
        for (int i = 0; i < order.lines().size(); i++) {
            OrderItem item = request.items().get(i);
            assertThat(order.lines().get(i))
                    .isEqualTo(new OrderLine(
                            i + 1,
                            new OrderedItem(
                                    item.option(), "SKU-" + item.option(), KITCHENWARE, "Thing " + item.option()),
                            won(priceOf(item.option())),
                            item.quantity()));
        }
    }

    @Example
    void an_order_is_placed_pending_with_its_times_and_no_discount() {
        Order order = placed(PlaceOrder.by(ANN).line(MUG, 2));
        assertThat(order.id()).isEqualTo(new OrderId(5));
        assertThat(order.user()).isEqualTo(ANN);
        assertThat(order.progress())
                .isEqualTo(new OrderProgress(
                        OrderStatus.PENDING,
                        new OrderProgress.Times(NOON, EXPIRY, null, null),
                        new Discount(won(0), null)));
    }

    @Example
    @Tag("E1")
    void an_option_that_is_not_offered_is_refused() {
        PlaceOrder request = PlaceOrder.by(ANN).line(MUG, 1).line(SPOON, 1);
        assertThat(refused(PRODUCT_OPTION_NOT_FOUND, () -> request.draft(Map.of(MUG, offer(MUG, 5)), NOON, EXPIRY))
                        .values())
                .containsOnly(Map.entry("option", 2L));
    }

    @Example
    @Tag("P1")
    @Tag("E1")
    void an_option_whose_product_is_not_on_sale_is_refused() {
        Offer hidden =
                new Offer(MUG, "MUG", KITCHENWARE, offer(MUG, 5).details().withOnSale(false));
        PlaceOrder request = PlaceOrder.by(ANN).line(MUG, 1);
        CommerceException refusal =
                refused(PRODUCT_OPTION_NOT_FOUND, () -> request.draft(Map.of(MUG, hidden), NOON, EXPIRY));
        assertThat(refusal).hasMessage("option 1 (Thing 1) is not on sale (P004)");
        assertThat(refusal.values()).containsOnly(Map.entry("option", 1L), Map.entry("product", 7L));
        assertThat(offer(MUG, 5).onSale()).isEqualTo(offer(MUG, 5));
    }

    @Property
    @Tag("E2")
    void a_total_above_the_limit_is_refused(@ForAll @LongRange(min = 1, max = 1_000_000) long quantity) {
        OrderLine most = line(1, MUG, MAX_AMOUNT_MINOR / 1_000_000, 1_000_000);
        assertThat(pending(most).total()).isEqualTo(won(MAX_AMOUNT_MINOR));
        assertThat(pending(most, line(2, SPOON, 0, quantity)).total()).isEqualTo(won(MAX_AMOUNT_MINOR));
        assertThat(malformed(() -> pending(most, line(2, SPOON, 1, quantity))).values())
                .containsEntry("field", "order total")
                .containsEntry("value", "KRW " + (MAX_AMOUNT_MINOR + quantity));
        malformed(() -> pending(line(1, MUG, MAX_AMOUNT_MINOR, 1_000_000)));
    }

    @Property
    void what_is_to_be_paid_is_the_total_less_the_discount(
            @ForAll @LongRange(min = 0, max = 10_000) long off, @ForAll @LongRange(min = 1, max = 5) long quantity) {
        Order order = pending(line(1, MUG, 10_000, quantity));
        Order paid = order.paid(new Discount(won(off), new UserCouponId(3)), NOON);
        Money expected = won(10_000 * quantity - off);
        assertThat(paid.finalAmount()).isEqualTo(expected);
        assertThat(paid.total()).isEqualTo(order.total());
        assertThat(new Receipt(paid, won(1)).paidAmount()).isEqualTo(expected);
    }

    private static Order placed(PlaceOrder request) {
        Map<OptionId, Offer> offers = request.quantities().keySet().stream()
                .collect(Collectors.toMap(option -> option, option -> offer(option, priceOf(option))));
        OrderDraft draft = request.draft(offers, NOON, EXPIRY);
        Order order = draft.numbered(new OrderId(5));
        assertThat(order.total()).isEqualTo(draft.total());
        return order;
    }

    private static long priceOf(OptionId option) {
        return option.value() * 100 - 100;
    }

    @Provide
    Arbitrary<PlaceOrder> requests() {
        Arbitrary<OrderItem> items = Combinators.combine(
                        Arbitraries.longs().between(1, 5).map(OptionId::new),
                        Arbitraries.longs().between(1, OrderItem.MAX_QUANTITY))
                .as(OrderItem::new);
        return items.list().ofMinSize(1).ofMaxSize(12).map(list -> new PlaceOrder(ANN, list));
    }
}
