package io.github.embeddedcommerce.idempotency;

import io.github.embeddedcommerce.error.Validation;
import java.util.UUID;

/**
 * A key that the caller chooses for one call, so that the call can be repeated if its answer was lost: it is performed
 * once, and each repetition returns the first result. The rules follow the IETF draft "The Idempotency-Key HTTP Header
 * Field".
 *
 * <p>A key belongs to one user; two users may use the same one. The keys of stock changes belong to the shop. Store the
 * key before the first attempt, and use a new one for each new call. Compared exactly, case included. Immutable.
 *
 * @param value 1 to 64 characters
 */
public record IdempotencyKey(String value) {
    /** Refuses an empty or too long key (VALIDATION_ERROR). */
    public IdempotencyKey {
        Validation.text(value, "idempotencyKey", 1, 64);
    }

    /** A new random key. */
    public static IdempotencyKey random() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
