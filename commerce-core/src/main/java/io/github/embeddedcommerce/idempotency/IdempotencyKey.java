package io.github.embeddedcommerce.idempotency;

import io.github.embeddedcommerce.error.Validation;
import java.util.UUID;

/**
 * A name for one call, chosen by the caller, so that the call can be made again if its answer was lost: whatever has
 * been done under the key is not done again, and answered as it was the first time. The idea, and most of the rules,
 * are those of the IETF draft "The Idempotency-Key HTTP Header Field".
 *
 * <p>A key belongs to one user; two users may use the same one. A new call needs a new key, and a call that is made
 * again needs the key it had: keep it before the first try. Compared exactly, case included. Immutable.
 *
 * @param value 1 to 64 characters
 */
public record IdempotencyKey(String value) {
    /** Refuses an empty or too long key (VALIDATION_ERROR). */
    public IdempotencyKey {
        Validation.text(value, "idempotencyKey", 1, 64);
    }

    /** A key that nobody has used before. */
    public static IdempotencyKey random() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
