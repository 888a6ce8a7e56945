package io.github.embeddedcommerce;

import static io.github.embeddedcommerce.fixture.Given.ANN;
import static io.github.embeddedcommerce.fixture.Given.KITCHENWARE;
import static io.github.embeddedcommerce.fixture.Given.MUG;
import static io.github.embeddedcommerce.fixture.Given.NOON;
import static io.github.embeddedcommerce.fixture.Given.SPOON;
import static io.github.embeddedcommerce.fixture.Given.line;
import static io.github.embeddedcommerce.fixture.Given.order;
import static io.github.embeddedcommerce.fixture.Given.won;
import static io.github.embeddedcommerce.order.OrderStatus.CANCELLED;
import static io.github.embeddedcommerce.order.OrderStatus.EXPIRED;
import static io.github.embeddedcommerce.order.OrderStatus.PAID;
import static io.github.embeddedcommerce.order.OrderStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.coupon.IssueLimit;
import io.github.embeddedcommerce.coupon.UserCoupon;
import io.github.embeddedcommerce.event.Delivery;
import io.github.embeddedcommerce.event.OrderEvent;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.OrderLine;
import io.github.embeddedcommerce.order.OrderProgress;
import io.github.embeddedcommerce.order.OrderProgress.Times;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.order.PaidAmounts;
import io.github.embeddedcommerce.order.Return;
import io.github.embeddedcommerce.order.ReturnId;
import io.github.embeddedcommerce.order.ReturnedLine;
import io.github.embeddedcommerce.payment.Payment;
import io.github.embeddedcommerce.payment.PaymentId;
import io.github.embeddedcommerce.payment.PaymentProgress;
import io.github.embeddedcommerce.payment.PaymentState;
import io.github.embeddedcommerce.payment.Refund;
import io.github.embeddedcommerce.payment.RefundId;
import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.PopularProducts;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.OpeningBalance;
import io.github.embeddedcommerce.store.StockMovement;
import io.github.embeddedcommerce.store.StoredResult;
import io.github.embeddedcommerce.user.BalanceChange;
import io.github.embeddedcommerce.user.BalanceCode;
import io.github.embeddedcommerce.user.BalanceMovement;
import io.github.embeddedcommerce.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

/** Records refuse what can only come from a bug or a damaged database, and say what it was. */
@Tag("E2")
class ImpossibleRecordsTest {
    private static final Instant LATER = NOON.plusSeconds(1);
    private static final StockChange.Reason RECEIPT = new StockChange.Reason(StockChange.Kind.RECEIPT, "");

    @Example
    void an_order_has_lines_with_units_at_a_price() {
        impossible(() -> line(0, MUG, 1, 1), "line 0");
        impossible(() -> line(1, MUG, 1, 0), "0 units");
        impossible(() -> new OrderLine(1, line(1, MUG, 1, 1).item(), won(-1), 1), "KRW -1");
        impossible(
                () -> new Order(new OrderId(7), ANN, List.of(), order(PENDING).progress()), "order 7");
        impossible(() -> new Discount(won(-1), null), "KRW -1");
    }

    @Example
    void stock_is_at_least_what_is_reserved_of_it_and_no_more_than_the_most() {
        assertThat(new StockLevel(MUG, 0, 0, NOON).available()).isZero();
        assertThat(new StockLevel(MUG, NewOption.MAX_STOCK, NewOption.MAX_STOCK, NOON).available())
                .isZero();
        impossible(() -> new StockLevel(MUG, 2, 3, NOON), "2 on hand and 3 reserved");
        impossible(() -> new StockLevel(MUG, 2, -1, NOON), "-1 reserved");
        impossible(() -> new StockLevel(MUG, NewOption.MAX_STOCK + 1, 0, NOON), "0 reserved");
    }

    @Property
    void an_order_has_the_times_of_its_status(
            @ForAll OrderStatus status, @ForAll boolean isPaid, @ForAll boolean isClosed) {
        Times times = new Times(NOON, LATER, LATER, isPaid ? NOON : null, null, isClosed ? LATER : null);
        boolean possible = (status == PENDING && !isPaid && !isClosed)
                || (status == PAID && isPaid && !isClosed)
                || (status == CANCELLED && isClosed)
                || (status == EXPIRED && !isPaid && isClosed);
        if (possible) {
            assertThat(progress(status, times).times()).isEqualTo(times);
        } else {
            impossible(() -> progress(status, times), status.name());
        }
    }

    @Example
    void an_order_is_paid_before_it_expires_and_expires_after_it_was_placed() {
        impossible(() -> times(NOON, NOON, null), "expires at");
        impossible(() -> times(LATER, NOON, null), "expires at");
        impossible(() -> new Times(NOON, LATER, NOON, null, null, null), "expires at");
        impossible(() -> times(NOON, LATER, LATER), "paid at");
        impossible(() -> new Times(NOON, LATER, LATER, null, LATER, null), "returned at");
        impossible(() -> new Times(NOON, LATER, LATER, NOON, NOON.minusNanos(1_000), null), "returned at");
    }

    @Example
    @Tag("M6")
    void no_more_comes_back_than_was_ordered() {
        OrderLine two = line(1, MUG, 1, 2);
        impossible(() -> new OrderLine(1, two.item(), two.unitPrice(), 2, 3), "3 of them returned");
        impossible(() -> new OrderLine(1, two.item(), two.unitPrice(), 2, -1), "-1 of them returned");
        impossible(() -> new ReturnedLine(0, 1, won(1)), "line 0");
        impossible(() -> new ReturnedLine(1, 0, won(1)), "0 units");
        impossible(() -> new ReturnedLine(1, 1, won(-1)), "KRW -1");
        impossible(() -> new Return(new ReturnId(7), new OrderId(1), List.of(), false, "", NOON), "return 7");
    }

    @Example
    void money_is_never_below_zero() {
        impossible(() -> new User(ANN, won(-1), 1, NOON, NOON), "ann", "KRW -1");
        impossible(() -> new User(ANN, won(1), -1, NOON, NOON), "-1 changes");
        impossible(() -> change(0, 5, 1), "change 0");
        impossible(() -> change(1, -1, 2), "KRW -1");
        impossible(() -> change(1, 4, -5), "KRW -5");
        impossible(() -> new PaidAmounts(won(1), won(0), won(0), won(0), won(2)), "KRW 2 refunded");
        impossible(() -> new PaidAmounts(won(-1), won(0), won(0), won(0), won(0)), "KRW -1 from the balance");
        impossible(() -> new PaidAmounts(won(1), won(-1), won(0), won(0), won(0)), "KRW -1 from outside");
        impossible(() -> new PaidAmounts(won(0), won(0), won(-1), won(0), won(0)), "KRW -1 under way");
        impossible(() -> new PaidAmounts(won(0), won(0), won(0), won(-1), won(0)), "KRW -1 given back");
        impossible(() -> new PaidAmounts(won(0), won(0), won(0), won(0), won(-1)), "KRW -1 refunded");
        impossible(() -> new OpeningBalance(ANN, -1, won(0), won(0), won(0)), "change -1");
        impossible(() -> new OpeningBalance(ANN, 1, won(-1), won(0), won(0)), "KRW -1");
        impossible(() -> new OpeningBalance(ANN, 1, won(0), won(-1), won(0)), "KRW -1 paid");
        impossible(() -> new OpeningBalance(ANN, 1, won(0), won(1), won(-1)), "KRW -1 refunded");
    }

    @Example
    void stock_is_never_below_zero_and_every_change_changes_it() {
        impossible(() -> new StockChange(MUG, -1, 2, RECEIPT, NOON), "from -1 to 2");
        impossible(() -> new StockChange(MUG, 2, -1, RECEIPT, NOON), "from 2 to -1");
        impossible(() -> new StockChange(MUG, 2, 2, RECEIPT, NOON), "from 2 to 2");
        impossible(() -> new ProductOption(MUG, "MUG", Map.of(), -1), "-1 available");
        impossible(() -> new PopularProducts.Sales(KITCHENWARE, 0, NOON), "sold 0");
    }

    @Example
    void an_event_has_a_number_and_a_bounded_error() {
        impossible(() -> event(0), "event 0");
        impossible(() -> new OrderEvent(new OrderId(1), 3, OrderEvent.Type.PAID, ANN, NOON, 7), "event 3", "PAID of 7");
        impossible(() -> new OrderEvent(new OrderId(1), 3, OrderEvent.Type.REFUND_DUE, ANN, NOON), "REFUND_DUE of 0");
        impossible(() -> delivery(-1, ""), "-1 times");
        impossible(() -> delivery(1, "x".repeat(Delivery.MAX_ERROR + 1)), "xxx");
        impossible(() -> new UserCoupon.Use(0, NOON), "order 0");
        assertThat(new UserCoupon.Use(1, NOON).order()).isEqualTo(1);
        impossible(() -> new OrderEvent(new OrderId(1), 3, OrderEvent.Type.RETURNED, ANN, NOON, -1), "RETURNED of -1");
        impossible(() -> OrderEvent.of(order(PENDING), 1), "placing an order");
    }

    @Example
    void no_more_coupons_are_issued_than_there_are() {
        impossible(() -> new IssueLimit(5, -1), "-1 of 5");
        impossible(() -> new IssueLimit(5, 6), "6 of 5");
        assertThat(new IssueLimit(5, 5).remaining()).isZero();
    }

    @Example
    @Tag("M1")
    void a_payment_is_of_something_and_no_more_of_it_is_refunded() {
        impossible(() -> payment(0, 0), "KRW 0");
        impossible(() -> payment(5, 6), "KRW 5 with KRW 6 refunded");
        assertThat(payment(5, 5).refundable()).isEqualTo(won(0));
        impossible(() -> new PaymentProgress.Times(LATER, NOON, null), "hold until");
        impossible(() -> new PaymentProgress.Times(LATER, LATER, NOON), "decided at");
    }

    @Property
    @Tag("M1")
    void a_payment_is_decided_unless_it_is_under_way_and_has_a_reference_if_money_has_come(
            @ForAll PaymentState state, @ForAll boolean isDecided, @ForAll boolean hasReference) {
        boolean hasCome = state != PaymentState.BEGUN && state != PaymentState.FAILED;
        boolean possible = isDecided == (state != PaymentState.BEGUN) && (hasReference || !hasCome);
        String reference = hasReference ? "pi_1" : null;
        Instant decidedAt = isDecided ? LATER : null;
        if (possible) {
            assertThat(progress(state, reference, decidedAt, 0, 0).state()).isEqualTo(state);
            impossible(() -> progress(state, reference, decidedAt, -1, 0), "KRW -1 from the balance");
            impossible(() -> progress(state, reference, decidedAt, 0, -1), "KRW -1 refunded");
        } else {
            impossible(() -> progress(state, reference, decidedAt, 0, 0), state.name());
        }
        if (possible && !hasCome) {
            impossible(() -> progress(state, reference, decidedAt, 0, 1), "KRW 1 refunded");
        }
    }

    @Example
    @Tag("M5")
    void a_refund_is_of_something_and_settled_under_a_reference_after_it_was_due() {
        Refund.Progress due = new Refund.Progress(null, "", NOON, null);
        impossible(
                () -> new Refund(new RefundId(7), new PaymentId(1), new OrderId(1), "card", won(0), due), "refund 7");
        impossible(() -> new Refund.Progress("re_1", "", NOON, null), "re_1");
        impossible(() -> new Refund.Progress(null, "", NOON, LATER), "settled at");
        impossible(() -> new Refund.Progress("re_1", "", LATER, NOON), "settled at");
        assertThat(new Refund.Progress("re_1", "", NOON, NOON).settledAt()).isEqualTo(NOON);
    }

    @Example
    void units_that_move_are_of_one_option_and_at_least_one() {
        impossible(() -> StockMovement.reserve(MUG, 0), "not 0");
        impossible(() -> StockMovement.confirm(MUG, 0), "not 0");
        impossible(() -> StockMovement.release(MUG, -1), "not -1");
        impossible(() -> StockMovement.reserve(MUG, 1).plus(StockMovement.reserve(SPOON, 1)), "option 1", "option=2");
        impossible(() -> new StoredResult(1, List.of(1L, 2L, 3L), NOON), "[1, 2, 3]");
    }

    private static void impossible(Runnable making, String... told) {
        assertThatIllegalArgumentException()
                .isThrownBy(making::run)
                .satisfies(failure -> assertThat(failure).hasMessageContainingAll(told));
    }

    private static OrderProgress progress(OrderStatus status, Times times) {
        return new OrderProgress(status, times, Discount.none(won(0)), PaidAmounts.none(won(0)));
    }

    private static Times times(Instant placedAt, Instant expiresAt, @Nullable Instant paidAt) {
        return new Times(placedAt, expiresAt, expiresAt, paidAt, null, null);
    }

    private static BalanceChange change(long number, long before, long amount) {
        return new BalanceChange(
                ANN, number, won(before), new BalanceMovement(won(amount), BalanceCode.ADJUST, "", ""), NOON);
    }

    private static Payment payment(long amount, long refunded) {
        PaymentProgress progress = progress(PaymentState.UNAPPLIED, "pi_1", LATER, 0, refunded);
        return new Payment(new PaymentId(1), new OrderId(1), ANN, "card", won(amount), progress);
    }

    private static PaymentProgress progress(
            PaymentState state, @Nullable String reference, @Nullable Instant decidedAt, long balance, long refunded) {
        PaymentProgress.Times times = new PaymentProgress.Times(NOON, LATER, decidedAt);
        return new PaymentProgress(state, reference, times, won(balance), won(refunded), "");
    }

    private static OrderEvent event(int number) {
        return new OrderEvent(new OrderId(1), number, OrderEvent.Type.CANCELLED, ANN, NOON);
    }

    private static Delivery delivery(int tries, String error) {
        return new Delivery(event(1), Delivery.Status.WAITING, NOON, tries, error);
    }
}
