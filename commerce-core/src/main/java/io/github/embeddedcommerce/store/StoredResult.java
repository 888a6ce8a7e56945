package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.order.Cancellation;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.order.Receipt;
import io.github.embeddedcommerce.user.BalanceChange;
import java.time.Instant;
import java.util.Objects;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a request came to: the thing it made or changed, and what cannot be told from the thing as it is later.
 * Immutable.
 *
 * @param order the order that was placed, paid or cancelled; null if a balance was changed
 * @param changeNumber the number of the balance change; null if it was about an order
 * @param balance what the user had left after paying, or after the change; null for placing and cancelling
 * @param couponReturned whether cancelling gave a coupon back
 * @param at when
 */
public record StoredResult(
        @Nullable OrderId order,
        @Nullable Long changeNumber,
        @Nullable Money balance,
        boolean couponReturned,
        Instant at) {
    /** Of placing. */
    public static StoredResult of(Order placed) {
        return new StoredResult(
                placed.id(), null, null, false, placed.progress().times().placedAt());
    }

    /** Of paying. */
    public static StoredResult of(Receipt receipt) {
        Instant paidAt =
                Objects.requireNonNull(receipt.order().progress().times().paidAt());
        return new StoredResult(receipt.order().id(), null, receipt.remainingBalance(), false, paidAt);
    }

    /** Of cancelling. */
    public static StoredResult of(Cancellation cancellation) {
        Order order = cancellation.order();
        Instant closedAt = Objects.requireNonNull(order.progress().times().closedAt());
        return new StoredResult(order.id(), null, null, cancellation.couponReturned(), closedAt);
    }

    /** Of charging and adjusting. */
    public static StoredResult of(BalanceChange change) {
        return new StoredResult(null, change.number(), change.after(), false, change.at());
    }
}
