package io.github.embeddedcommerce.payment;

import io.github.embeddedcommerce.coupon.UserCouponId;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.order.OrderId;
import io.github.embeddedcommerce.user.UserId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The request to begin a payment from outside. Immutable.
 *
 * <pre>{@code
 * BeginPayment.by(ann, order.id(), "card")
 * BeginPayment.by(ann, order.id(), "card").withBalance(won(5_000)).withCoupon(coupon.id()).withKey(key)
 * }</pre>
 *
 * @param user who pays, the owner of the order
 * @param order which order
 * @param method the host's name for the way in which it is paid, 1 to 32 characters, not {@code BALANCE}
 * @param terms how much, with which coupon, for how long
 * @param key the idempotency key; null for none
 */
public record BeginPayment(
        UserId user,
        OrderId order,
        String method,
        Terms terms,
        @Nullable IdempotencyKey key) {
    /**
     * What can be said of a payment besides.
     *
     * @param amount how much is paid from outside, more than 0; null for all that is not covered yet
     * @param balance how much is taken from the owner's balance together with it, more than 0; null for nothing
     * @param coupon the coupon to pay with, one of the owner's; null for none, or the one that the first payment of the
     *     order began with
     * @param reference the provider's name for the payment, 1 to 255 characters; null if it is not known yet
     * @param heldFor for how long the order is held, at least 1 second, truncated to microseconds; null for the
     *     settings' bound, which is the longest in any case
     */
    public record Terms(
            @Nullable Money amount,
            @Nullable Money balance,
            @Nullable UserCouponId coupon,
            @Nullable String reference,
            @Nullable Duration heldFor) {
        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofDays(365);

        /** Refuses amounts, references and durations out of range (VALIDATION_ERROR). */
        public Terms {
            if (amount != null) {
                Validation.amount(amount, "amount", 1);
            }
            if (balance != null) {
                Validation.amount(balance, "balance", 1);
            }
            if (reference != null) {
                Validation.text(reference, "reference", 1, Payment.MAX_REFERENCE);
            }
            if (heldFor != null) {
                heldFor =
                        Validation.range(heldFor, "heldFor", SHORTEST, LONGEST).truncatedTo(ChronoUnit.MICROS);
            }
        }
    }

    /** Refuses null, and a method that is blank, too long or {@code BALANCE} (VALIDATION_ERROR). */
    public BeginPayment {
        Validation.required(user, "user");
        Validation.required(order, "order");
        Validation.text(method, "method", 1, Payment.MAX_METHOD);
        if (method.equals(Payment.BALANCE)) {
            throw Validation.refusal(
                    "method",
                    "must be a way to pay from outside, not BALANCE: use orders().pay",
                    Map.of("value", method));
        }
        Validation.required(terms, "terms");
    }

    /** To pay all that is not covered yet. */
    public static BeginPayment by(UserId user, OrderId order, String method) {
        return new BeginPayment(user, order, method, new Terms(null, null, null, null, null), null);
    }

    /** The same over this amount from outside. */
    public BeginPayment withAmount(Money amount) {
        Validation.required(amount, "amount");
        return with(new Terms(amount, terms.balance, terms.coupon, terms.reference, terms.heldFor));
    }

    /** The same with this amount from the owner's balance. */
    public BeginPayment withBalance(Money balance) {
        Validation.required(balance, "balance");
        return with(new Terms(terms.amount, balance, terms.coupon, terms.reference, terms.heldFor));
    }

    /** The same with this coupon. */
    public BeginPayment withCoupon(UserCouponId coupon) {
        Validation.required(coupon, "coupon");
        return with(new Terms(terms.amount, terms.balance, coupon, terms.reference, terms.heldFor));
    }

    /** The same under this reference of the provider's. */
    public BeginPayment withReference(String reference) {
        Validation.required(reference, "reference");
        return with(new Terms(terms.amount, terms.balance, terms.coupon, reference, terms.heldFor));
    }

    /** The same with the order held for this long. */
    public BeginPayment heldFor(Duration heldFor) {
        Validation.required(heldFor, "heldFor");
        return with(new Terms(terms.amount, terms.balance, terms.coupon, terms.reference, heldFor));
    }

    /** The same with this idempotency key. */
    public BeginPayment withKey(IdempotencyKey newKey) {
        return new BeginPayment(user, order, method, terms, Validation.required(newKey, "key"));
    }

    private BeginPayment with(Terms changed) {
        return new BeginPayment(user, order, method, changed, key);
    }
}
