package io.github.embeddedcommerce.payment;

import java.time.Instant;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The part of a payment that changes. Immutable.
 *
 * @param state the state
 * @param reference the provider's name for it; null as long as it is not known
 * @param times when it began and was decided, and until when it holds its order
 * @param balancePart what was taken from the owner's balance together with it; 0 once it failed and that was given back
 * @param refunded the sum of its refunds, those that are due included
 * @param note why it failed, or was closed; empty otherwise
 */
public record PaymentProgress(
        PaymentState state, @Nullable String reference, Times times, Money balancePart, Money refunded, String note) {
    /**
     * The times of a payment.
     *
     * @param begunAt when it began
     * @param heldUntil until when it holds its order
     * @param decidedAt when it got its state; null of one that is under way
     */
    public record Times(
            Instant begunAt, Instant heldUntil, @Nullable Instant decidedAt) {
        /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
        public Times {
            if (heldUntil.isBefore(begunAt) || (decidedAt != null && decidedAt.isBefore(begunAt))) {
                throw new IllegalArgumentException("a payment that began at " + begunAt + " cannot hold until "
                        + heldUntil + " or have been decided at " + decidedAt);
            }
        }
    }

    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public PaymentProgress {
        boolean hasCome = state != PaymentState.BEGUN && state != PaymentState.FAILED;
        boolean isDecided = times.decidedAt != null;
        if ((hasCome && reference == null)
                || isDecided == (state == PaymentState.BEGUN)
                || balancePart.isNegative()
                || refunded.isNegative()
                || (refunded.isPositive() && !hasCome)) {
            throw new IllegalArgumentException("a payment cannot be " + state + " under the reference " + reference
                    + " at " + times + " with " + balancePart + " from the balance and " + refunded + " refunded");
        }
    }
}
