package io.github.embeddedcommerce.user;

import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The request to add money to a user's balance. Immutable.
 *
 * <pre>{@code
 * TopUp.of(ann, Money.of(KRW, 50_000)).withNote("bank transfer").withKey(key)
 * }</pre>
 *
 * @param user whose balance
 * @param amount more than 0, in the currency of the shop
 * @param note free text, such as where the money came from, up to 255 characters, may be empty
 * @param key the idempotency key; null for none
 */
public record TopUp(
        UserId user, Money amount, String note, @Nullable IdempotencyKey key) {
    /** Refuses null, an amount that is not positive or too large, and a note that is too long (VALIDATION_ERROR). */
    public TopUp {
        Validation.required(user, "user");
        Validation.amount(amount, "amount", 1);
        Validation.text(note, "note", 0, 255);
    }

    /** A request without a note. */
    public static TopUp of(UserId user, Money amount) {
        return new TopUp(user, amount, "", null);
    }

    /** The same with this note. */
    public TopUp withNote(String newNote) {
        return new TopUp(user, amount, newNote, key);
    }

    /** The same with this idempotency key. */
    public TopUp withKey(IdempotencyKey newKey) {
        return new TopUp(user, amount, note, Validation.required(newKey, "key"));
    }
}
