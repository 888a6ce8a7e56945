package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.coupon.Discount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of an order that changes. Immutable.
 *
 * @param status the status
 * @param times when it was placed, paid and closed
 * @param discount the discount; none before the payment
 */
public record OrderProgress(OrderStatus status, Times times, Discount discount) {
    /**
     * The times of an order.
     *
     * @param placedAt when it was placed
     * @param expiresAt from when on it can no longer be paid
     * @param paidAt when it was paid; null if it was not
     * @param closedAt when it was cancelled or expired; null if it was not
     */
    public record Times(
            Instant placedAt,
            Instant expiresAt,
            @Nullable Instant paidAt,
            @Nullable Instant closedAt) {
        /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
        public Times {
            if (!placedAt.isBefore(expiresAt) || (paidAt != null && !paidAt.isBefore(expiresAt))) {
                throw new IllegalArgumentException("an order placed at " + placedAt + " that expires at " + expiresAt
                        + " cannot have been paid at " + paidAt);
            }
        }
    }

    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public OrderProgress {
        boolean paid = times.paidAt != null;
        boolean closed = times.closedAt != null;
        boolean fits = switch (status) {
            case PENDING -> !paid && !closed;
            case PAID -> paid && !closed;
            case CANCELLED -> closed;
            case EXPIRED -> !paid && closed;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    "a " + status + " order cannot be paid at " + times.paidAt + " and closed at " + times.closedAt);
        }
    }
}
