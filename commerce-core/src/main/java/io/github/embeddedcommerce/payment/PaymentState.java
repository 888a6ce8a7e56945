package io.github.embeddedcommerce.payment;

import java.util.Set;

/**
 * The state of a payment from outside. These transitions exist, and no others:
 *
 * <pre>
 * BEGUN ──▶ SETTLED ◀── FAILED
 *    ├────────────────▶ FAILED
 *    └────▶ UNAPPLIED ◀── FAILED
 *              └──▶ CLOSED
 * </pre>
 */
public enum PaymentState {
    /** Under way: the provider has not said how it ended. */
    BEGUN,
    /** The money has come, and counts for the order. */
    SETTLED,
    /** No money came. A settlement that arrives nevertheless is proof of money, and beats it. */
    FAILED,
    /** The money has come, and the order could not take it: it is to be refunded, or closed by the host. */
    UNAPPLIED,
    /** What was unapplied has been refunded, or the host has closed it. */
    CLOSED;

    /** The states that can follow this one. */
    public Set<PaymentState> next() {
        return switch (this) {
            case BEGUN -> Set.of(SETTLED, FAILED, UNAPPLIED);
            case FAILED -> Set.of(SETTLED, UNAPPLIED);
            case UNAPPLIED -> Set.of(CLOSED);
            case SETTLED, CLOSED -> Set.of();
        };
    }
}
