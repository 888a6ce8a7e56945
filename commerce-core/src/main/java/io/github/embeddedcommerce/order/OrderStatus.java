package io.github.embeddedcommerce.order;

import java.util.Set;

/**
 * Where an order stands. The whole life of an order, and nothing else, ever:
 *
 * <pre>
 * PENDING ──▶ PAID ──▶ CANCELLED
 *    ├─────────────────▶ CANCELLED
 *    └─────────────────▶ EXPIRED
 * </pre>
 */
public enum OrderStatus {
    /** Placed: its stock is reserved until it expires. */
    PENDING,
    /** Paid from the balance: its stock is sold. */
    PAID,
    /** Cancelled by its owner, before or after paying. */
    CANCELLED,
    /** Not paid in time: its stock is released. */
    EXPIRED;

    /** The states an order in this state can go to. */
    public Set<OrderStatus> next() {
        return switch (this) {
            case PENDING -> Set.of(PAID, CANCELLED, EXPIRED);
            case PAID -> Set.of(CANCELLED);
            case CANCELLED, EXPIRED -> Set.of();
        };
    }
}
