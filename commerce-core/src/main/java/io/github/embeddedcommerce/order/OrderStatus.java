package io.github.embeddedcommerce.order;

import java.util.Set;

/**
 * The status of an order. These transitions exist, and no others:
 *
 * <pre>
 * PENDING ──▶ PAID ──▶ CANCELLED
 *    ├─────────────────▶ CANCELLED
 *    └─────────────────▶ EXPIRED
 * </pre>
 */
public enum OrderStatus {
    /** Placed, not paid: its units are reserved. */
    PENDING,
    /** Paid: its units are sold. */
    PAID,
    /** Cancelled by its owner, or paid and given back as a whole: nothing of it is reserved or kept. */
    CANCELLED,
    /** Not paid in time: its units are released. */
    EXPIRED;

    /** The statuses that can follow this one. */
    public Set<OrderStatus> next() {
        return switch (this) {
            case PENDING -> Set.of(PAID, CANCELLED, EXPIRED);
            case PAID -> Set.of(CANCELLED);
            case CANCELLED, EXPIRED -> Set.of();
        };
    }
}
