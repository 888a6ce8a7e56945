package io.github.embeddedcommerce.user;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The request to correct a user's balance, up or down. Immutable.
 *
 * <pre>{@code
 * AdjustBalance.of(ann, Money.of(KRW, -500), "charged twice").withKey(key)
 * }</pre>
 *
 * @param user whose balance
 * @param amount the amount to add, or to take out if negative; not 0, in the currency of the shop
 * @param note the reason, 1 to 255 characters
 * @param key the idempotency key; null for none
 */
public record AdjustBalance(
        UserId user, Money amount, String note, @Nullable IdempotencyKey key) {
    /** Refuses null, and a note that is blank or too long (VALIDATION_ERROR). */
    public AdjustBalance {
        Validation.required(user, "user");
        Validation.required(amount, "amount");
        Validation.text(note, "note", 1, 255);
    }

    /** A request without an idempotency key. */
    public static AdjustBalance of(UserId user, Money amount, String note) {
        return new AdjustBalance(user, amount, note, null);
    }

    /** The same with this idempotency key. */
    public AdjustBalance withKey(IdempotencyKey newKey) {
        return new AdjustBalance(user, amount, note, Validation.required(newKey, "key"));
    }
}
