package io.github.embeddedcommerce.store;

import io.github.embeddedcommerce.error.CommerceException;
import io.github.embeddedcommerce.error.Validation;
import io.github.embeddedcommerce.idempotency.IdempotencyKey;
import io.github.embeddedcommerce.user.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;

/**
 * A call that is made under an idempotency key, and what makes it the same call as another. Immutable; ordered by owner
 * and key.
 *
 * @param owner whose key it is: the id of a user, or empty for a call that no user makes, such as receiving stock
 * @param key its key
 * @param useCase the name of the use case, such as {@code orders.pay}
 * @param fingerprint SHA-256 of the request, in hexadecimal: equal for equal requests only
 */
public record IdempotentCall(String owner, IdempotencyKey key, String useCase, String fingerprint)
        implements Comparable<IdempotentCall> {
    private static final Comparator<IdempotentCall> BY_KEY = Comparator.comparing(IdempotentCall::owner)
            .thenComparing(call -> call.key().value());

    /** The call of a user. Each part of the request goes into the fingerprint with its length. */
    public static IdempotentCall of(UserId user, IdempotencyKey key, String useCase, Object... parts) {
        return new IdempotentCall(user.value(), key, useCase, fingerprint(useCase, parts));
    }

    /** A call that no user makes. */
    public static IdempotentCall ofShop(IdempotencyKey key, String useCase, Object... parts) {
        return new IdempotentCall("", key, useCase, fingerprint(useCase, parts));
    }

    /** The refusal of this call, because its key was used for another request (VALIDATION_ERROR). */
    public CommerceException usedFor(IdempotentCall other) {
        return Validation.refusal(
                "key",
                key + " was used for another request, " + other.useCase
                        + ": repeat that request, or use a new key for this one",
                Map.of("key", key.value(), "owner", owner, "usedFor", other.useCase));
    }

    @Override
    public int compareTo(IdempotentCall other) {
        return BY_KEY.compare(this, other);
    }

    private static String fingerprint(String useCase, Object... parts) {
        StringBuilder text = new StringBuilder(useCase);
        for (Object part : parts) {
            String written = part.toString();
            text.append('\n').append(written.length()).append(':').append(written);
        }
        return sha256(text.toString());
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
