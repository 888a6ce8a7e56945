package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.coupon.Discount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of an order that changes. Immutable.
 *
 * @param status the status
 * @param times when it was placed, paid and closed
 * @param discount the discount; none before the first payment
 * @param paid what was paid for it, and from where
 */
public record OrderProgress(OrderStatus status, Times times, Discount discount, PaidAmounts paid) {
    /**
     * The times of an order.
     *
     * @param placedAt when it was placed
     * @param payBy until when it can be paid in any case
     * @param expiresAt from when on it can no longer be paid: {@code payBy}, or later while a payment from outside is
     *     under way
     * @param paidAt when it was paid; null if it was not
     * @param returnedAt when units of it were last given back by a return; null if none were
     * @param closedAt when it was cancelled or expired; null if it was not
     */
    public record Times(
            Instant placedAt,
            Instant payBy,
            Instant expiresAt,
            @Nullable Instant paidAt,
            @Nullable Instant returnedAt,
            @Nullable Instant closedAt) {
        /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
        public Times {
            if (!placedAt.isBefore(payBy)
                    || expiresAt.isBefore(payBy)
                    || (paidAt != null && !paidAt.isBefore(expiresAt))) {
                throw new IllegalArgumentException("an order placed at " + placedAt + ", to be paid by " + payBy
                        + ", that expires at " + expiresAt + " cannot have been paid at " + paidAt);
            }
            if (returnedAt != null && (paidAt == null || returnedAt.isBefore(paidAt))) {
                throw new IllegalArgumentException(
                        "units of an order paid at " + paidAt + " cannot have been returned at " + returnedAt);
            }
        }
    }

    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public OrderProgress {
        boolean isPaid = times.paidAt != null;
        boolean isClosed = times.closedAt != null;
        boolean fits = switch (status) {
            case PENDING -> !isPaid && !isClosed;
            case PAID -> isPaid && !isClosed;
            case CANCELLED -> isClosed;
            case EXPIRED -> !isPaid && isClosed;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    "a " + status + " order cannot be paid at " + times.paidAt + " and closed at " + times.closedAt);
        }
    }
}
