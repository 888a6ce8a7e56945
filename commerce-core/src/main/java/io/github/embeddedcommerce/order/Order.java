package io.github.embeddedcommerce.order;

import static io.github.embeddedcommerce.error.ErrorCode.ALREADY_PAID;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_ORDER_STATUS;
import static io.github.embeddedcommerce.error.ErrorCode.INVALID_QUANTITY;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_EXPIRED;
import static io.github.embeddedcommerce.error.ErrorCode.ORDER_NOT_FOUND;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_UNDER_WAY;
import static io.github.embeddedcommerce.error.ErrorCode.UNAUTHORIZED_ORDER_ACCESS;

import io.github.embeddedcommerce.coupon.Discount;
import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A user's order, as it was when it was read. Immutable.
 *
 * <p>A placed order is PENDING and reserves the units of its lines until {@code expiresAt}. Until then it can be paid,
 * which sells the units, or cancelled, which releases them. From then on it can do neither; the job, or the next order
 * that is short of the same option, makes it EXPIRED and releases the units. A paid order can be cancelled later, which
 * refunds it and returns the units, or be given back in parts; when all of it is given back, it is CANCELLED.
 * {@link OrderStatus} has the picture. Orders are kept for ever, with the names and prices they were placed with.
 *
 * @param id assigned by the shop
 * @param user its owner, the only one who can see, pay or cancel it
 * @param lines at least one
 * @param progress its status, with the times and the discount
 */
public record Order(OrderId id, UserId user, List<OrderLine> lines, OrderProgress progress) {
    /** Copies the lines. Throws IllegalArgumentException if there are none, which means a bug or a damaged database. */
    public Order {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("order " + id + " cannot be without lines");
        }
    }

    /** The status. */
    public OrderStatus status() {
        return progress.status();
    }

    /** When it was placed. */
    public Instant placedAt() {
        return progress.times().placedAt();
    }

    /** Until when it can be paid in any case. */
    public Instant payBy() {
        return progress.times().payBy();
    }

    /**
     * From when on it can no longer be paid or, while pending, cancelled: {@link #payBy}, or later while a payment from
     * outside is under way.
     */
    public Instant expiresAt() {
        return progress.times().expiresAt();
    }

    /** When it was paid; null if it was not. */
    public @Nullable Instant paidAt() {
        return progress.times().paidAt();
    }

    /** When units of it were last given back by a return; null if none were. */
    public @Nullable Instant returnedAt() {
        return progress.times().returnedAt();
    }

    /** When it was cancelled or expired; null if it was not. */
    public @Nullable Instant closedAt() {
        return progress.times().closedAt();
    }

    /** The discount; none before the first payment. */
    public Discount discount() {
        return progress.discount();
    }

    /** What was paid for it, and from where. */
    public PaidAmounts paid() {
        return progress.paid();
    }

    /** Of the final amount, what is neither paid nor under way. */
    public Money due() {
        return finalAmount().minus(paid().covered()).minus(paid().underWay());
    }

    /** The sum of the lines. */
    public Money total() {
        return total(lines);
    }

    /** The sum of these lines. */
    public static Money total(List<OrderLine> lines) {
        return Money.total(lines.stream().map(OrderLine::subtotal).toList());
    }

    /** The amount to pay, or paid: the total less the discount. */
    public Money finalAmount() {
        return total().minus(discount().amount());
    }

    /**
     * Each line's share of the discount, in the order of the lines: in proportion to what the lines cost, in whole
     * minor units that add up to the discount exactly, by the largest remainder.
     */
    public List<Money> discountShares() {
        return DiscountShares.of(
                discount().amount(), lines.stream().map(OrderLine::subtotal).toList());
    }

    /**
     * The amount refunded so far: of a paid order that was cancelled all that was paid, else what returns refunded for
     * the units that were given back.
     */
    public Money refunded() {
        return closedAt() != null && paidAt() != null ? finalAmount() : refundedByReturns();
    }

    /** What returns refunded: for the units that were given back, their price less their share of the discount. */
    Money refundedByReturns() {
        if (returnedAt() == null) {
            return Money.zero(total().getCurrencyUnit());
        }
        List<Money> shares = discountShares();
        return Money.total(lines.stream()
                .map(line -> line.refund(shares.get(line.number() - 1)))
                .toList());
    }

    /**
     * What these units more, which are {@linkplain #requireReturnable returnable}, give back of each line, in the order
     * of the lines.
     */
    public List<ReturnedLine> returning(List<ReturnItem> items) {
        List<Money> shares = discountShares();
        List<ReturnedLine> returned = new ArrayList<>();
        for (ReturnItem item : items) {
            OrderLine before = lines.get(item.line() - 1);
            Money share = shares.get(item.line() - 1);
            Money refund = before.returning(item.quantity()).refund(share).minus(before.refund(share));
            returned.add(new ReturnedLine(item.line(), item.quantity(), refund));
        }
        returned.sort(Comparator.comparing(ReturnedLine::line));
        return returned;
    }

    /** The units of each option, in the order of the option ids. */
    public SortedMap<OptionId, Long> quantities() {
        SortedMap<OptionId, Long> quantities = new TreeMap<>();
        lines.forEach(line -> quantities.merge(line.item().option(), line.quantity(), Long::sum));
        return quantities;
    }

    /** The units of each option that were not given back by returns, in the order of the option ids; none of 0. */
    public SortedMap<OptionId, Long> kept() {
        SortedMap<OptionId, Long> kept = new TreeMap<>();
        lines.stream()
                .filter(line -> line.kept() > 0)
                .forEach(line -> kept.merge(line.item().option(), line.kept(), Long::sum));
        return kept;
    }

    /** Refuses a user who is not the owner (UNAUTHORIZED_ORDER_ACCESS). */
    public void requireOwner(UserId asking) {
        if (!asking.equals(user)) {
            throw new CommerceException(
                    UNAUTHORIZED_ORDER_ACCESS,
                    "order " + id + " belongs to another user than " + asking,
                    Map.of("order", id.value(), "user", asking.value()));
        }
    }

    /**
     * Refuses an order that is paid (ALREADY_PAID), has expired or is overdue (ORDER_EXPIRED), or is cancelled
     * (INVALID_ORDER_STATUS).
     */
    public void requirePayable(Instant now) {
        if (status() == OrderStatus.PAID) {
            throw refusal(ALREADY_PAID, "order " + id + " is paid already");
        }
        if (status() == OrderStatus.EXPIRED || (status() == OrderStatus.PENDING && isOverdue(now))) {
            throw refusal(ORDER_EXPIRED, "order " + id + " expired at " + expiresAt() + ": place a new one");
        }
        if (status() != OrderStatus.PENDING) {
            throw refusal(INVALID_ORDER_STATUS, "order " + id + " is " + status() + " and cannot be paid");
        }
    }

    /** Whether there is something to give back if it closes: money that was paid for it, or a coupon. */
    public boolean hasPayments() {
        return status() == OrderStatus.PAID
                || (status() == OrderStatus.PENDING
                        && (paid().covered().isPositive() || discount().coupon() != null));
    }

    /** Refuses an order for which a payment from outside is under way (PAYMENT_UNDER_WAY). */
    public void requireNothingUnderWay() {
        if (paid().underWay().isPositive()) {
            throw new CommerceException(
                    PAYMENT_UNDER_WAY,
                    "order " + id + " has a payment of " + paid().underWay()
                            + " under way: wait until it is settled, or let it fail",
                    Map.of("order", id.value(), "underWay", paid().underWay().toString()));
        }
    }

    /** Refuses an order that has expired or is overdue (ORDER_EXPIRED), or is cancelled (INVALID_ORDER_STATUS). */
    public void requireCancellable(Instant now) {
        if (status() == OrderStatus.EXPIRED || (status() == OrderStatus.PENDING && isOverdue(now))) {
            throw refusal(ORDER_EXPIRED, "order " + id + " expired at " + expiresAt() + ": there is nothing to cancel");
        }
        if (status() == OrderStatus.CANCELLED) {
            throw refusal(INVALID_ORDER_STATUS, "order " + id + " is cancelled already");
        }
    }

    /**
     * Refuses an order that is not paid, or is cancelled (INVALID_ORDER_STATUS), a line that it does not have
     * (VALIDATION_ERROR), and more units of a line than have not been given back (INVALID_QUANTITY).
     */
    public void requireReturnable(List<ReturnItem> items) {
        if (status() != OrderStatus.PAID) {
            throw refusal(
                    INVALID_ORDER_STATUS, "order " + id + " is " + status() + ": only a paid order can be given back");
        }
        for (int i = 0; i < items.size(); i++) {
            ReturnItem item = items.get(i);
            Validation.range(item.line(), "lines[" + i + "].line", 1, lines.size());
            OrderLine line = lines.get(item.line() - 1);
            if (item.quantity() > line.kept()) {
                throw Validation.refusal(
                        INVALID_QUANTITY,
                        "lines[" + i + "].quantity",
                        "is " + item.quantity() + ", but line " + item.line() + " of order " + id + " has "
                                + line.kept() + " units that were not given back",
                        Map.of("line", item.line(), "asked", item.quantity(), "max", line.kept()));
            }
        }
    }

    /** Whether its time to pay has passed. */
    public boolean isOverdue(Instant now) {
        return !now.isBefore(expiresAt());
    }

    /** The refusal of an unknown order id. */
    public static CommerceException notFound(OrderId id) {
        return new CommerceException(
                ORDER_NOT_FOUND,
                "there is no order " + id + ": use an id that place or list returned",
                Map.of("order", id.value()));
    }

    private CommerceException refusal(ErrorCode code, String message) {
        return new CommerceException(code, message, Map.of("order", id.value(), "status", status().name()));
    }
}
