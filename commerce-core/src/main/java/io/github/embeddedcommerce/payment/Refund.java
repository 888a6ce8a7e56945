package io.github.embeddedcommerce.payment;

import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_MISMATCH;
import static io.github.embeddedcommerce.error.ErrorCode.REFUND_NOT_FOUND;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.order.OrderId;
import java.time.Instant;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The refund of a payment from outside, or of a part of one, as it was when it was read. The shop begins it, the host
 * has its provider carry it out and settles it. Immutable.
 *
 * @param id assigned by the shop
 * @param payment the payment it gives back
 * @param order the order of that payment
 * @param method the method of that payment
 * @param amount more than 0; the refunds of a payment together are never more than the payment
 * @param progress its state, and what the provider said
 */
public record Refund(RefundId id, PaymentId payment, OrderId order, String method, Money amount, Progress progress) {
    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public Refund {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("refund " + id + " cannot be of " + amount);
        }
    }

    /**
     * The part of a refund that changes. Immutable.
     *
     * @param reference the provider's name for it; null as long as it is due
     * @param failure why the latest attempt failed; empty if none did
     * @param begunAt since when it is due
     * @param settledAt when it was settled; null as long as it is due
     */
    public record Progress(
            @Nullable String reference,
            String failure,
            Instant begunAt,
            @Nullable Instant settledAt) {
        /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
        public Progress {
            if ((reference == null) != (settledAt == null) || (settledAt != null && settledAt.isBefore(begunAt))) {
                throw new IllegalArgumentException("a refund due since " + begunAt + " cannot be settled at "
                        + settledAt + " under the reference " + reference);
            }
        }
    }

    /** The state. */
    public RefundState state() {
        return progress.settledAt == null ? RefundState.DUE : RefundState.SETTLED;
    }

    /** Refuses another reference than it was settled under (PAYMENT_MISMATCH). */
    public void requireReference(String reference) {
        String known = progress.reference;
        if (known != null && !known.equals(reference)) {
            throw mismatch("was settled under the reference " + known + ", not " + reference, reference);
        }
    }

    /** The refusal of a reference that belongs to another refund of the same method. */
    public CommerceException referenceTaken(String reference, RefundId owner) {
        return mismatch("cannot have the reference " + reference + ", which belongs to refund " + owner, reference);
    }

    /** The refusal of an unknown refund id. */
    public static CommerceException notFound(RefundId id) {
        return new CommerceException(
                REFUND_NOT_FOUND,
                "there is no refund " + id + ": use an id that listRefunds returned",
                Map.of("refund", id.value()));
    }

    private CommerceException mismatch(String problem, String reference) {
        return new CommerceException(
                PAYMENT_MISMATCH,
                "refund " + id + " " + problem + ": compare it with what the provider says",
                Map.of("refund", id.value(), "reference", reference));
    }
}
