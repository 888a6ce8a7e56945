package io.github.embeddedcommerce.order;

import io.github.embeddedcommerce.coupon.Discount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an order has come: the part of it that changes. Immutable.
 *
 * @param status where it stands
 * @param times when it got there
 * @param discount what the payment was reduced by; none before paying
 */
public record OrderProgress(OrderStatus status, Times times, Discount discount) {
    /**
     * When things happened to an order, or will.
     *
     * @param placedAt when it was placed
     * @param expiresAt from when on it can no longer be paid
     * @param paidAt when it was paid; null if it never was
     * @param closedAt when it was cancelled or expired; null while it is neither
     */
    public record Times(
            Instant placedAt,
            Instant expiresAt,
            @Nullable Instant paidAt,
            @Nullable Instant closedAt) {
        /** Refuses times that cannot be: it would mean a bug or a damaged database. */
        public Times {
            if (!placedAt.isBefore(expiresAt) || (paidAt != null && !paidAt.isBefore(expiresAt))) {
                throw new IllegalArgumentException("an order placed at " + placedAt + " that expires at " + expiresAt
                        + " cannot have been paid at " + paidAt);
            }
        }
    }

    /** Refuses progress that cannot be: it would mean a bug or a damaged database. */
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
