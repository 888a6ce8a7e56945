package io.github.embeddedcommerce.payment;

import static io.github.embeddedcommerce.error.ErrorCode.INVALID_PAYMENT_STATE;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_MISMATCH;
import static io.github.embeddedcommerce.error.ErrorCode.PAYMENT_NOT_FOUND;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.ErrorCode;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment from outside, as it was when it was read. Immutable. {@link PaymentState} has the picture.
 *
 * @param id assigned by the shop
 * @param order the order it pays for
 * @param user the owner of the order
 * @param method the host's name for the way in which it is paid, such as {@code card}
 * @param amount more than 0
 * @param progress its state, with the times and the provider's reference
 */
public record Payment(PaymentId id, OrderId order, UserId user, String method, Money amount, PaymentProgress progress) {
    /** The longest method, in characters. */
    public static final int MAX_METHOD = 32;

    /** The longest reference of a provider, in characters. */
    public static final int MAX_REFERENCE = 255;

    /** The longest reason or note, in characters. */
    public static final int MAX_NOTE = 255;

    /** The method of what is taken from the balance, which no payment from outside can have. */
    public static final String BALANCE = "BALANCE";

    /** Throws IllegalArgumentException for an impossible value, which means a bug or a damaged database. */
    public Payment {
        if (!amount.isPositive() || progress.refunded().isGreaterThan(amount)) {
            throw new IllegalArgumentException(
                    "payment " + id + " cannot be of " + amount + " with " + progress.refunded() + " refunded");
        }
    }

    /** The state. */
    public PaymentState state() {
        return progress.state();
    }

    /** The provider's name for it; null as long as it is not known. */
    public @Nullable String reference() {
        return progress.reference();
    }

    /** What can still be refunded. */
    public Money refundable() {
        return amount.minus(progress.refunded());
    }

    /** Refuses a settlement over another amount, or under another reference than is known (PAYMENT_MISMATCH). */
    public void requireSettlement(Money settled, String underReference) {
        if (!settled.equals(amount)) {
            throw mismatch(
                    "is of " + amount + ", not of " + settled,
                    Map.of("asked", settled.toString(), "amount", amount.toString()));
        }
        requireReference(underReference);
    }

    /** Refuses another reference than is known (PAYMENT_MISMATCH). */
    public void requireReference(String other) {
        String known = progress.reference();
        if (known != null && !known.equals(other)) {
            throw mismatch("has the reference " + known + ", not " + other, Map.of("reference", other));
        }
    }

    /** The refusal of a new payment under the reference of this one. */
    public CommerceException referenceTaken(String taken) {
        return mismatch("of " + method + " has the reference " + taken + " already", Map.of("reference", taken));
    }

    /** The refusal of a reference that belongs to another payment of the same method. */
    public CommerceException referenceTaken(String reference, PaymentId owner) {
        return mismatch(
                "cannot have the reference " + reference + ", which belongs to payment " + owner + " of " + method,
                Map.of("reference", reference, "otherPayment", owner.value()));
    }

    /** Refuses what is not unapplied, or is being refunded (INVALID_PAYMENT_STATE). */
    public void requireClosable() {
        if (state() != PaymentState.UNAPPLIED || progress.refunded().isPositive()) {
            throw notUnapplied("closed");
        }
    }

    /** The refusal to refund or close a payment that is not unapplied, or is being refunded already. */
    public CommerceException notUnapplied(String what) {
        String why = progress.refunded().isPositive() ? " and is being refunded" : "";
        return refusal(
                INVALID_PAYMENT_STATE,
                "is " + state() + why + " and cannot be " + what + ": only unapplied money can",
                Map.of("state", state().name()));
    }

    /** The refusal of an unknown payment id. */
    public static CommerceException notFound(PaymentId id) {
        return new CommerceException(
                PAYMENT_NOT_FOUND,
                "there is no payment " + id + ": use an id that begin or list returned",
                Map.of("payment", id.value()));
    }

    private CommerceException mismatch(String problem, Map<String, ?> values) {
        return refusal(PAYMENT_MISMATCH, problem + ": compare it with what the provider says", values);
    }

    private CommerceException refusal(ErrorCode code, String problem, Map<String, ?> values) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("payment", id.value());
        return new CommerceException(code, "payment " + id + " " + problem, all);
    }
}
